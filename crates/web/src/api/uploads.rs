//! `POST /api/v1/uploads`: one file, multipart field `file`.

use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
};
use redress_app::{AppError, Uploaded};

use crate::{
    Site,
    http::{ApiError, Asker, Form, Taken},
};

pub(crate) async fn post(
    State(site): State<Site>,
    asker: Asker,
    request: Request,
) -> Result<(StatusCode, Json<Uploaded>), ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let uploaded = store(&site, &asker, request).await.map_err(fault)?;
    Ok((StatusCode::CREATED, Json(uploaded)))
}

async fn store(site: &Site, asker: &Asker, request: Request) -> Result<Uploaded, AppError> {
    let mut form = Form::read(site, request).await?;
    while let Some(part) = form.next().await? {
        if part.name() != "file" {
            continue;
        }
        return match part.store(site, &asker.owner()).await? {
            Taken::Kept(uploaded) => Ok(uploaded),
            Taken::Nothing => Err(AppError::EmptyFile),
            Taken::Fault(error) => Err(error),
        };
    }
    Err(AppError::Malformed { detail: "no field `file`".to_owned() })
}
