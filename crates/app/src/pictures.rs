//! Pictures as people see them: decoded and encoded anew, so that no metadata and no second
//! format hidden in the bytes survives. Originals stay sealed.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::{App, AppError, uploads::blocking};

/// Longest side of a shown picture in pixels.
const SIDE_MAX: u32 = 1600;
/// Most pixels on a side that are decoded at all; a pixel flood is refused.
const DECODED_SIDE_MAX: u32 = 20_000;
/// Most memory one decoding may take, in bytes.
const DECODED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Which media types are shown as pictures.
pub(crate) fn is_shown(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png" | "image/webp")
}

impl App {
    /// A picture as people see it: a JPEG without metadata, at most 1600 pixels a side.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when the bytes are no picture we show.
    pub async fn picture(&self, digest: &str) -> Result<Vec<u8>, AppError> {
        let shown = self.folder.join("shown").join(format!("{digest}.jpg"));
        let original = self.file_path(digest);
        let _turn = self.turn.acquire().await.map_err(AppError::broken)?;
        blocking(move || {
            if let Ok(bytes) = std::fs::read(&shown) {
                return Ok(bytes);
            }
            let bytes = encode_anew(&std::fs::read(original)?)?;
            if let Some(folder) = shown.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&shown, &bytes)?;
            Ok(bytes)
        })
        .await
        .map_err(|error| {
            let no_picture =
                matches!(&error, AppError::Io(io) if io.kind() == std::io::ErrorKind::InvalidData);
            if no_picture { AppError::NotFound } else { error }
        })
    }
}

fn encode_anew(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let no_picture =
        |error: image::ImageError| std::io::Error::new(std::io::ErrorKind::InvalidData, error);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(DECODED_SIDE_MAX);
    limits.max_image_height = Some(DECODED_SIDE_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(no_picture)?;
    let turn = decoder.orientation().map_err(no_picture)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(no_picture)?;
    picture.apply_orientation(turn);
    if picture.width() > SIDE_MAX || picture.height() > SIDE_MAX {
        picture = picture.thumbnail(SIDE_MAX, SIDE_MAX);
    }
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.to_rgb8())
        .write_to(&mut out, ImageFormat::Jpeg)
        .map_err(no_picture)?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_comes_out_as_a_small_jpeg() {
        let mut png = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgb8(image::RgbImage::new(3200, 10));
        picture.write_to(&mut png, ImageFormat::Png).expect("a picture can be encoded");
        let shown = encode_anew(&png.into_inner()).expect("a picture can be shown");
        let shown = image::load_from_memory(&shown).expect("a picture can be read back");
        assert_eq!(shown.width(), SIDE_MAX);
    }

    #[test]
    fn what_is_no_picture_is_not_shown() {
        for bytes in [&b"MZ\x90\0"[..], b"", b"<svg/>", b"\xff\xd8\xff\xe0 truncated"] {
            assert!(encode_anew(bytes).is_err());
        }
    }
}
