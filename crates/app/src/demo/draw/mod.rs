//! The demo's pictures, drawn by the program itself: plain shapes that stand for photographs.
//! Must not read a picture from anywhere.

mod canvas;
mod scenes;

use std::io::{Cursor, Error, ErrorKind};

use image::{DynamicImage, ImageFormat};
use serde::Deserialize;

use canvas::Canvas;

/// What is to be drawn.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    /// Which scene.
    pub(super) draw: Scene,
    /// A figure on it: millimetres, decibels, a floor, a row.
    #[serde(default)]
    pub(super) value: u32,
    /// The name of the file.
    pub(super) name: String,
}

/// The scenes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Scene {
    /// The edges of car and landing at different heights, with a ruler; the figure in millimetres.
    Level,
    /// Landing doors that stay apart; the gap in millimetres.
    Doors,
    /// A panel of buttons, one of them dead; its floor.
    Panel,
    /// A display with a fault code.
    Display,
    /// Scratches on a steel wall, so many.
    Scratches,
    /// A ceiling with dark lamps, so many.
    Ceiling,
    /// Water in the pit; its height in millimetres.
    Pit,
    /// A sound meter; its figure in decibels.
    Meter,
    /// A sheet of figures with one row marked; which.
    Sheet,
    /// A signed and stamped letter.
    Letter,
    /// A wall with a scrape beside the door frame.
    Wall,
    /// A new part with its serial number beside an old one.
    Parts,
    /// Two tones of gold side by side.
    Finish,
}

#[cfg(test)]
impl Scene {
    /// Every scene.
    pub(super) const ALL: [Self; 13] = [
        Self::Level,
        Self::Doors,
        Self::Panel,
        Self::Display,
        Self::Scratches,
        Self::Ceiling,
        Self::Pit,
        Self::Meter,
        Self::Sheet,
        Self::Letter,
        Self::Wall,
        Self::Parts,
        Self::Finish,
    ];
}

/// Draws a picture: PNG for a name that ends so, else JPEG.
///
/// # Errors
///
/// What the encoder says.
pub(super) fn bytes(picture: &Picture) -> std::io::Result<Vec<u8>> {
    let mut canvas = Canvas::new();
    scenes::draw(&mut canvas, picture.draw, picture.value);
    let is_png = picture.name.rsplit('.').next() == Some("png");
    let format = if is_png { ImageFormat::Png } else { ImageFormat::Jpeg };
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(canvas.into_image())
        .write_to(&mut out, format)
        .map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
    Ok(out.into_inner())
}
