//! Machines: `/api/v1/…`, `/log/…`, `/healthz`, `/readyz`. Handlers translate and nothing else.

mod commands;
mod complaints;
mod health;
mod log;
mod openapi;
mod persons;
mod uploads;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::Site;

pub(crate) use log::receipt_file;

/// The routes of machines; `files` bounds the body of an upload in bytes.
pub(crate) fn routes(files: usize) -> Router<Site> {
    Router::new()
        .route("/api/v1/complaints", post(complaints::post).get(complaints::list))
        .route("/api/v1/complaints/{reference}", get(complaints::get))
        .route("/api/v1/complaints/{reference}/receipt", get(log::receipt))
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
        .route("/log/checkpoint", get(log::checkpoint))
        .route("/log/keys", get(log::keys))
        .route("/log/tile/{*path}", get(log::tile))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
}
