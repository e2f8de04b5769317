//! `/log/…`: the signed tree, its hashes, its keys (C2SP tlog-tiles), for whoever checks or mirrors
//! the log. Entries tell when and how much happened, so they are for auditors.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use redress_app::{AppError, LogKey, ReceiptFile, proof::Tile};
use redress_core::kinds::Role;

use crate::{
    Site,
    http::{ApiError, Asker, Path},
};

/// The media type of texts that a machine reads line by line.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
/// What was once said of a tile is so for ever.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_ONE: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
const A_MOMENT: HeaderValue = HeaderValue::from_static("public, max-age=5");

pub(crate) async fn checkpoint(
    State(site): State<Site>,
    asker: Asker,
) -> Result<Response, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    site.admit_reader(asker.address).map_err(fault)?;
    let signed = site.app.signed().await.map_err(fault)?;
    Ok(answer(TEXT, A_MOMENT, signed.note.to_string()))
}

/// Every key there ever was: a line each, the oldest first.
pub(crate) async fn keys(State(site): State<Site>, asker: Asker) -> Result<Response, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    site.admit_reader(asker.address).map_err(fault)?;
    let line = |known: &LogKey| format!("{}\n", known.key);
    Ok(answer(TEXT, A_MOMENT, site.app.log_keys().iter().map(line).collect::<String>()))
}

pub(crate) async fn tile(
    State(site): State<Site>,
    asker: Asker,
    Path(path): Path<String>,
) -> Result<Response, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let path = format!("tile/{path}");
    if let Ok(tile) = Tile::parse_entries(&path) {
        let member = asker.member().map_err(fault)?;
        if member.role != Role::Auditor {
            return Err(fault(AppError::Forbidden));
        }
        return Ok(answer(BYTES, FOR_ONE, site.app.log_entries(tile).await.map_err(fault)?));
    }
    site.admit_reader(asker.address).map_err(fault)?;
    let tile = Tile::parse(&path).map_err(|_| fault(AppError::NotFound))?;
    Ok(answer(BYTES, FOR_EVER, site.app.log_tile(tile).await.map_err(fault)?))
}

/// The receipt of a complaint, for whoever may see it.
pub(crate) async fn receipt(
    State(site): State<Site>,
    asker: Asker,
    Path(reference): Path<String>,
) -> Result<Response, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let (loaded, _) = asker.reach(&site, &reference).await.map_err(fault)?;
    Ok(receipt_file(site.app.receipt_file(&loaded).await.map_err(fault)?))
}

/// A receipt as a download.
pub(crate) fn receipt_file(file: ReceiptFile) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let disposition =
        HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, TEXT),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, file.text).into_response()
}

fn answer(kind: HeaderValue, kept: HeaderValue, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], body).into_response()
}
