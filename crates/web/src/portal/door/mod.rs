//! The portal's routes. Handlers translate: parse, run, answer; views and words stand elsewhere.

mod calendar;
mod form;
mod home;
mod page;
mod picture;
mod receipt;
mod track;
mod typed;
mod verify;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::Site;

pub(crate) use calendar::{calendar, entry_id};
pub(crate) use page::{NotFound, html};
pub(crate) use picture::{attachment, jpeg};
pub(crate) use typed::file_words;

/// The name of the cookie that opens the receipt after a submission.
pub(crate) const RECEIPT_COOKIE: &str = "redress-receipt";

/// The routes of the portal; `form` bounds the body of a form with files, in bytes.
pub(crate) fn routes(form_bytes: usize) -> Router<Site> {
    let posts = Router::new()
        .route("/{lang}/complaints", post(form::post))
        .route("/{lang}/track/{token}/messages", post(track::messages))
        .route("/{lang}/track/{token}/disagreement", post(track::disagreement))
        .layer(DefaultBodyLimit::max(form_bytes));
    let checks = Router::new()
        .route("/{lang}/verify", get(verify::get).post(verify::post))
        .layer(DefaultBodyLimit::max(verify::FORM_BYTES_MAX));
    Router::new()
        .route("/", get(home::root))
        .route("/{lang}", get(home::bare))
        .route("/{lang}/", get(home::get))
        .route("/{lang}/policy/{version}", get(home::version))
        .route("/{lang}/complaints/new", get(form::get))
        .route("/{lang}/complaints/{reference}/receipt", get(receipt::get))
        .route("/{lang}/track", get(track::lookup).post(track::find))
        .route("/{lang}/track/{token}", get(track::get))
        .route("/{lang}/track/{token}/agreement", post(track::agreement))
        .route("/{lang}/track/{token}/rating", post(track::rating))
        .route("/{lang}/track/{token}/pictures/{digest}", get(picture::shown))
        .route("/{lang}/track/{token}/files/{digest}", get(picture::original))
        .route("/{lang}/track/{token}/receipt", get(receipt::file))
        .route("/{lang}/track/{token}/undertakings/{file}", get(calendar::get))
        .merge(posts)
        .merge(checks)
}
