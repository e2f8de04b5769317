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
            // A picture half written must never be read by the next who asks.
            let part = shown.with_extension("part");
            std::fs::write(&part, &bytes)?;
            std::fs::rename(&part, &shown)?;
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
    // The decoder's own limits do not count the picture it fills, only what it needs beside it.
    if decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "a pixel flood"));
    }
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
        }
    }
}
