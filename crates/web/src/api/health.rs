//! Whether the process lives, and whether it can work. No detail for the public.

use axum::{extract::State, http::StatusCode};

use crate::Site;

pub(crate) async fn live() -> &'static str {
    "ok\n"
}

pub(crate) async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    if site.app.is_ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}
