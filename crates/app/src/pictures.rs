//! Pictures as people see them: decoded and encoded anew, so that no metadata and no second
//! format hidden in the bytes survives. Originals stay sealed.

use std::{
    io::{Cursor, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::{App, AppError, uploads::blocking};

/// Longest side of a shown picture in pixels.
const SIDE_MAX: u32 = 1600;
/// Most pixels on a side that are decoded at all; a pixel flood is refused.
const DECODED_SIDE_MAX: u32 = 20_000;
/// Most memory one decoding may take, in bytes, 41 megapixels with three bytes a dot: the whole program
/// lives in 256 MiB, also while others upload.
const DECODED_BYTES_MAX: u64 = 120 * 1024 * 1024;
/// Above this a picture is a flood; a telephone's largest in its ordinary modes is 50.
pub(crate) const MEGAPIXELS_MAX: u32 = 64;
const _: () = assert!(MEGAPIXELS_MAX as u64 * 3_000_000 > DECODED_BYTES_MAX);

/// Which media types are shown as pictures.
pub(crate) fn is_shown(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png" | "image/webp")
}

impl App {
    /// Where the picture that is shown for a file lies.
    pub(crate) fn shown_path(&self, digest: &str) -> PathBuf {
        self.folder.join("shown").join(format!("{digest}.jpg"))
    }

    /// A picture as people see it: a JPEG without metadata, at most 1600 pixels a side.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when the bytes are no picture we show, [`AppError::FileHeld`] while
    /// they may not be shown.
    pub async fn picture(&self, digest: &str) -> Result<Vec<u8>, AppError> {
        self.admit_file(digest).await?;
        let shown = self.shown_path(digest);
        let _turn = self.turn.acquire().await.map_err(AppError::broken)?;
        let kept = shown.clone();
        match blocking(move || std::fs::read(kept)).await {
            // Looked at before, and no picture.
            Ok(bytes) if bytes.is_empty() => return Err(AppError::NotFound),
            Ok(bytes) => return Ok(bytes),
            // Not kept yet, or not to be read: it is made anew.
            Err(AppError::Io(_)) => {}
            Err(error) => return Err(error),
        }
        let original = self.files.read_whole(digest).await?;
        let part = shown.with_extension(format!("{}.part", self.worker));
        let bytes = blocking(move || {
            let bytes = match encode_anew(&original) {
                Err(error) if error.kind() == ErrorKind::InvalidData => Vec::new(),
                encoded => encoded?,
            };
            drop(original);
            // A disk without room keeps nobody from looking.
            if let Err(error) = keep(&part, &shown, &bytes) {
                tracing::warn!(%error, "a picture is encoded anew each time it is asked for");
                drop(std::fs::remove_file(&part));
            }
            Ok(bytes)
        })
        .await?;
        if bytes.is_empty() { Err(AppError::NotFound) } else { Ok(bytes) }
    }
}

/// Keeps what is shown for the next who asks: whole on disk before it has its name, so that nobody
/// reads half of it, not even after a power cut.
fn keep(part: &Path, shown: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = shown.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::File::create(part)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    std::fs::rename(part, shown)
}

/// What a look at the head of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// It can be shown.
    Fits,
    /// It is kept, and too large to be shown: only the original opens.
    Kept,
    /// It is a flood of dots.
    TooLarge,
    /// It only begins like a picture.
    NoPicture,
}

/// Looks at the head of a picture, and decodes nothing.
pub(crate) fn look(bytes: &[u8]) -> Look {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let Some(Ok(decoder)) = reader.ok().map(ImageReader::into_decoder) else {
        return Look::NoPicture;
    };
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > u64::from(MEGAPIXELS_MAX) * 1_000_000 {
        Look::TooLarge
    } else if decoder.total_bytes() > DECODED_BYTES_MAX || width.max(height) > DECODED_SIDE_MAX {
        Look::Kept
    } else {
        Look::Fits
    }
}

fn encode_anew(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let no_picture = |error: image::ImageError| std::io::Error::new(ErrorKind::InvalidData, error);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(DECODED_SIDE_MAX);
    limits.max_image_height = Some(DECODED_SIDE_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(no_picture)?;
    // The decoder's own limits do not count the picture it fills, only what it needs beside it.
    if decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(std::io::Error::new(ErrorKind::InvalidData, "a pixel flood"));
    }
    let turn = decoder.orientation().map_err(no_picture)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(no_picture)?;
    if picture.width() > SIDE_MAX || picture.height() > SIDE_MAX {
        picture = picture.thumbnail(SIDE_MAX, SIDE_MAX);
    }
    // Turned when it is small: turning takes the room of a second picture.
    picture.apply_orientation(turn);
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
        let png = png.into_inner();
        assert_eq!(look(&png), Look::Fits);
        let shown = encode_anew(&png).expect("a picture can be shown");
        let shown = image::load_from_memory(&shown).expect("a picture can be read back");
        assert_eq!(shown.width(), SIDE_MAX);
    }

    #[test]
    fn a_pixel_flood_is_refused_before_it_is_decoded() {
        let mut png = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(image::RgbImage::new(1, 1))
            .write_to(&mut png, ImageFormat::Png)
            .expect("a picture can be encoded");
        let mut bytes = png.into_inner();
        // The header of a PNG: length, `IHDR`, width, height, five bytes, checksum.
        bytes[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&20_000_u32.to_be_bytes());
        let sum = crc(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&sum);
        assert_eq!(look(&bytes), Look::TooLarge);
        let error = encode_anew(&bytes).expect_err("twelve hundred million bytes are too many");
        assert_eq!(error.to_string(), "a pixel flood");
    }

    /// The checksum of a PNG chunk (ISO 3309).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
            })
        })
    }

    #[test]
    fn what_is_no_picture_is_not_shown() {
        for bytes in [&b"MZ\x90\0"[..], b"", b"<svg/>", b"\xff\xd8\xff\xe0 truncated"] {
            assert!(encode_anew(bytes).is_err());
            assert_eq!(look(bytes), Look::NoPicture);
        }
    }
}
