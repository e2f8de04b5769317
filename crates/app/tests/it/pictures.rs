//! Pictures as people see them. Must not test what decoding makes of them.

use std::fs;
use std::io::Cursor;

use redress_app::{AppError, hex, sha256};

use crate::kit::House;

/// A picture, and its digest.
fn png() -> (Vec<u8>, String) {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::DynamicImage::ImageRgb8(image::RgbImage::new(40, 30));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("it can be encoded");
    let bytes = bytes.into_inner();
    let digest = hex(&sha256(&bytes));
    (bytes, digest)
}

#[tokio::test]
async fn a_picture_is_shown_though_it_cannot_be_kept() {
    let house = House::open("2026-11-23 08:17").await;
    let (bytes, digest) = png();
    house.app.upload("front", "a.png", &bytes).await.expect("there is room");
    fs::write(house.folder().join("shown"), "no folder").expect("written");
    let shown = house.app.picture(&digest).await.expect("it is shown");
    assert!(shown.starts_with(b"\xff\xd8\xff"), "a JPEG");
}

#[tokio::test]
async fn what_cannot_be_decoded_is_tried_once() {
    let house = House::open("2026-11-23 08:17").await;
    let (mut bytes, _) = png();
    bytes.truncate(bytes.len() - 20);
    let digest = hex(&sha256(&bytes));
    house.app.upload("front", "a.png", &bytes).await.expect("there is room");
    let none = house.app.picture(&digest).await;
    assert!(matches!(none, Err(AppError::NotFound)), "{none:?}");
    // The answer is known without a look at the bytes.
    fs::remove_file(house.folder().join("files").join(&digest[..2]).join(&digest)).expect("gone");
    let none = house.app.picture(&digest).await;
    assert!(matches!(none, Err(AppError::NotFound)), "{none:?}");
    let kept = fs::read_dir(house.folder().join("shown")).expect("listed").count();
    assert_eq!(kept, 1, "and nothing half made lies beside it");
}
