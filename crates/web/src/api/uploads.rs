//! `POST /api/v1/uploads`: one file, multipart field `file`.

use axum::{
    Json,
    extract::{FromRequest, Multipart, Request, State},
    http::StatusCode,
};
use redress_app::{AppError, Uploaded};

use crate::{
    Site,
    http::{ApiError, Asker},
};

pub(crate) async fn post(
    State(site): State<Site>,
    asker: Asker,
    request: Request,
) -> Result<(StatusCode, Json<Uploaded>), ApiError> {
    let lang = asker.lang;
    let max = site.app.pack().policy.limits.file_bytes;
    let fault = |error| ApiError::new(error, lang);
    let mut form = Multipart::from_request(request, &site)
        .await
        .map_err(|error| fault(AppError::Malformed { detail: error.body_text() }))?;
    loop {
        let field = form.next_field().await.map_err(|error| fault(spoilt(&error, max)))?;
        let Some(field) = field else {
            return Err(fault(AppError::Malformed { detail: "no field `file`".to_owned() }));
        };
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| fault(spoilt(&error, max)))?;
        let uploaded =
            site.app.upload(&asker.owner(), &name, bytes.to_vec()).await.map_err(fault)?;
        return Ok((StatusCode::CREATED, Json(uploaded)));
    }
}

/// A body over the bound breaks off inside the multipart reader.
pub(crate) fn spoilt(error: &axum::extract::multipart::MultipartError, max: u64) -> AppError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        AppError::TooLarge { max }
    } else {
        AppError::Malformed { detail: error.body_text() }
    }
}
