//! Files of a complaint for its complainant: pictures re-encoded, originals as attachments only.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use redress_app::{AppError, FileStream, Loaded, Secret, view::Viewer};

use super::page::{NotFound, lang_of, problem};
use crate::{
    Site,
    http::{Path, Speaks},
};

type Place = Path<(String, String, String)>;

pub(super) async fn shown(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path((lang, token, digest)): Place,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    match open(&site, &token, &digest).await {
        Ok(_) => match site.app.picture(&digest).await {
            Ok(bytes) => jpeg(bytes),
            Err(error) => problem(&site, lang, error),
        },
        Err(error) => problem(&site, lang, error),
    }
}

pub(super) async fn original(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path((lang, token, digest)): Place,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    match open(&site, &token, &digest).await {
        Ok(name) => match site.app.file_stream(&digest).await {
            Ok(file) => attachment(&name, file),
            Err(error) => problem(&site, lang, error),
        },
        Err(error) => problem(&site, lang, error),
    }
}

/// The name of a file the complainant may open.
async fn open(site: &Site, token: &str, digest: &str) -> Result<String, AppError> {
    let loaded: Loaded = site.app.load_tracked(&Secret::received(token)).await?;
    let detail = site.app.detail(&loaded, Viewer::Complainant).await?;
    let file = detail.files.into_iter().find(|file| file.sha256 == digest);
    Ok(file.ok_or(AppError::NotFound)?.name)
}

/// A re-encoded picture, kept by the browser of whoever may see it.
pub(crate) fn jpeg(bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}

/// A file as it came: downloaded, never shown, whatever it is (RFC 6266).
pub(crate) fn attachment(name: &str, file: FileStream) -> Response {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b".-_".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let disposition =
        HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_LENGTH, HeaderValue::from(file.bytes)),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, Body::from_stream(file.pieces)).into_response()
}
