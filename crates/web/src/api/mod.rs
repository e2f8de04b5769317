//! Machines: `/api/v1/…`, `/healthz`, `/readyz`. Handlers translate and nothing else.

mod commands;
mod complaints;
mod health;
mod openapi;
mod persons;
mod uploads;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::Site;

/// The routes of machines; `files` bounds the body of an upload in bytes.
pub(crate) fn routes(files: usize) -> Router<Site> {
    Router::new()
        .route("/api/v1/complaints", post(complaints::post).get(complaints::list))
        .route("/api/v1/complaints/{reference}", get(complaints::get))
        .route("/api/v1/complaints/{reference}/events", get(complaints::events))
        .route(
            "/api/v1/complaints/{reference}/promises/{promise}/{round}",
            get(complaints::promise),
        )
        .route("/api/v1/complaints/{reference}/{command}", post(commands::post))
        .route("/api/v1/persons/{id}", get(persons::get))
        .route("/api/v1/persons/{id}/erasure", post(persons::post))
        .route("/api/v1/uploads", post(uploads::post).layer(DefaultBodyLimit::max(files)))
        .route("/api/openapi.json", get(openapi::get))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
}
