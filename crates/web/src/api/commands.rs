//! `POST /api/v1/complaints/{ref}/{command}`: one resource per command of the registry.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use redress_app::{AppError, Asked};
use serde_json::{Value, json};

use super::complaints::etag;
use crate::{
    Site,
    http::{ApiError, Asker, Path, RawBody},
};

pub(crate) async fn post(
    State(site): State<Site>,
    asker: Asker,
    Path((reference, command)): Path<(String, String)>,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Result<Response, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let (loaded, actor) = asker.reach(&site, &reference).await.map_err(fault)?;
    let body: Value = if body.trim().is_empty() {
        json!({})
    } else {
        serde_json::from_str(&body)
            .map_err(|error| fault(AppError::Malformed { detail: error.to_string() }))?
    };
    let if_match = if_match(&headers).map_err(fault)?;
    let owner = asker.owner();
    let asked = Asked { name: &command, body: &body, actor: &actor, owner: &owner, if_match };
    let key = headers.get("idempotency-key").map(HeaderValue::to_str).transpose();
    let key = key.map_err(|_| fault(AppError::KeyUnfit))?;
    let ran = site.app.run_once(loaded, asked, key).await.map_err(fault)?;
    let events = site.app.event_views(&ran.events).await.map_err(fault)?;
    let answer = Json(json!({"version": ran.version, "events": events}));
    Ok(([(header::ETAG, etag(ran.version))], answer).into_response())
}

/// The version of an `If-Match` header; `*` is none in particular.
fn if_match(headers: &HeaderMap) -> Result<Option<u64>, AppError> {
    let Some(value) = headers.get(header::IF_MATCH).map(HeaderValue::to_str) else {
        return Ok(None);
    };
    let bad = || AppError::Malformed { detail: "If-Match holds a version, \"12\"".to_owned() };
    let text = value.map_err(|_| bad())?.trim();
    if text == "*" {
        return Ok(None);
    }
    text.trim_start_matches("W/").trim_matches('"').parse().map(Some).map_err(|_| bad())
}
