//! The desk's routes. Handlers translate: parse, run, answer; views and words stand elsewhere.
//! GET shows; POST changes, carries the session's form token, and answers 303.

mod accounts;
mod case;
mod command;
mod director;
mod duty;
mod entry;
mod erasure;
mod files;
mod gate;
mod page;
mod queue;
mod session;
mod typed;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{any, get, post},
};

use crate::Site;
use gate::{sign_in, sign_out, sign_up};

/// The name of the cookie that holds the session.
const SESSION_COOKIE: &str = "redress-session";
/// The name of the cookie that holds the language.
const LANGUAGE_COOKIE: &str = "redress-language";

/// The routes of the desk; `form_bytes` bounds the body of a form with files.
pub(crate) fn routes(form_bytes: usize) -> Router<Site> {
    let posts = Router::new()
        .route("/desk/new", get(entry::get).post(entry::post))
        .route("/desk/complaints/{reference}/{shape}", get(case::back).post(command::post))
        .layer(DefaultBodyLimit::max(form_bytes));
    Router::new()
        .route("/desk", get(page::home))
        .route("/desk/", get(page::home))
        .route("/desk/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/desk/sign-in/{secret}", get(sign_in::link).post(sign_in::use_link))
        .route("/desk/sign-out", post(sign_out::post))
        .route("/desk/language", get(page::language))
        .route("/desk/set-up/{secret}", get(sign_up::get).post(sign_up::post))
        .route("/desk/queue", get(queue::get))
        .route("/desk/director", get(director::get))
        .route("/desk/duty", get(duty::get).post(duty::post))
        .route("/desk/duty/{id}/end", post(duty::end))
        .route("/desk/delegations", post(duty::delegate))
        .route("/desk/delegations/{id}/end", post(duty::end_delegation))
        .route("/desk/accounts", get(accounts::get).post(accounts::post))
        .route("/desk/accounts/{id}/disable", post(accounts::disable))
        .route("/desk/accounts/{id}/reset", post(accounts::reset))
        .route("/desk/people/{id}/erasure", get(erasure::get).post(erasure::post))
        .route("/desk/complaints/{reference}", get(case::get))
        .route("/desk/complaints/{reference}/entered", get(entry::entered))
        .route("/desk/complaints/{reference}/pictures/{digest}", get(files::shown))
        .route("/desk/complaints/{reference}/files/{digest}", get(files::original))
        .route("/desk/complaints/{reference}/undertakings/{file}", get(files::entry))
        .route("/desk/{*rest}", any(page::nowhere))
        .merge(posts)
}
