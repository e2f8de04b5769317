//! Signing in: with e-mail and password, or with a link that works once.
//! Must not tell whether an e-mail is known.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Password, Secret};
use redress_core::complaint::people::Member;
use serde::Deserialize;

use super::super::{
    SESSION_COOKIE,
    page::{home_of, location, outside},
    session::{Staff, Turned, language, path_of_desk},
    typed::field,
};
use crate::{
    Site,
    desk::view::{SetUp, SignIn, SignInLink},
    http::{ApiError, Asker, Path, Query, RawBody, pairs, set_cookie},
    portal::door::html,
};

/// How long a browser keeps the session's cookie, in seconds; the session itself may end before.
const SESSION_SECONDS: u32 = 7 * 24 * 60 * 60;

/// Where to go afterwards, and whether somebody just signed out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::desk::door) struct Coming {
    next: String,
    signed_out: bool,
}

pub(in crate::desk::door) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    staff: Result<Staff, Turned>,
    Query(coming): Query<Coming>,
) -> Response {
    let next = path_of_desk(&coming.next, "");
    if let Ok(staff) = staff {
        let home = home_of(staff.member.role);
        return Redirect::to(if next.is_empty() { home } else { next }).into_response();
    }
    let mut view = empty(&site, &headers, next);
    view.signed_out = coming.signed_out;
    let lang = view.frame.w.lang;
    html(&view, lang, StatusCode::OK)
}

fn empty(site: &Site, headers: &HeaderMap, next: &str) -> SignIn {
    SignIn {
        frame: outside(site, language(site, headers), "/desk/sign-in"),
        email: String::new(),
        next: next.to_owned(),
        wrong: false,
        wait: None,
        signed_out: false,
    }
}

pub(in crate::desk::door) async fn post(
    State(site): State<Site>,
    asker: Asker,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Response {
    let lang = language(&site, &headers);
    let fields = match pairs(&body) {
        Ok(fields) => fields,
        Err(error) => return ApiError::new(error, lang).into_response(),
    };
    let next = path_of_desk(field(&fields, "next"), "");
    let mut view = empty(&site, &headers, next);
    field(&fields, "email").trim().clone_into(&mut view.email);
    if let Err(AppError::TooMany { retry_after }) = site.admit_guess(asker.address, &view.email) {
        view.wait = Some(retry_after);
        return html(&view, lang, StatusCode::TOO_MANY_REQUESTS);
    }
    let password = Password::typed(field(&fields, "password"));
    match site.app.sign_in(&view.email, &password).await {
        Ok((session, member)) => welcome(&site, &session, &member, next),
        Err(AppError::Unauthorized) => {
            view.wrong = true;
            html(&view, lang, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => ApiError::new(error, lang).into_response(),
    }
}

/// Gives the browser its session and sends it on.
pub(super) fn welcome(site: &Site, session: &Secret, member: &Member, next: &str) -> Response {
    let cookie = set_cookie(SESSION_COOKIE, session.reveal(), SESSION_SECONDS, site.is_secure());
    let next = if next.is_empty() { home_of(member.role) } else { next };
    (StatusCode::SEE_OTHER, [(header::LOCATION, location(next)), (header::SET_COOKIE, cookie)])
        .into_response()
}

/// Shows one button: a preview of the link must not use it up.
pub(in crate::desk::door) async fn link(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Response {
    let lang = language(&site, &headers);
    match site.app.look_at_sign_in_link(&Secret::received(&secret)).await {
        Ok(member) => {
            let frame = outside(&site, lang, "/desk/sign-in");
            html(&SignInLink { frame, secret, name: member.name }, lang, StatusCode::OK)
        }
        Err(AppError::NotFound) => spent(&site, &headers),
        Err(error) => ApiError::new(error, lang).into_response(),
    }
}

pub(in crate::desk::door) async fn use_link(
    State(site): State<Site>,
    asker: Asker,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Response {
    let lang = language(&site, &headers);
    if let Err(error) = site.admit_guess(asker.address, &secret) {
        return ApiError::new(error, lang).into_response();
    }
    match site.app.use_sign_in_link(&Secret::received(&secret)).await {
        Ok((session, member)) => welcome(&site, &session, &member, ""),
        Err(AppError::NotFound) => spent(&site, &headers),
        Err(error) => ApiError::new(error, lang).into_response(),
    }
}

/// The page of a link that is unknown, used or too old.
pub(super) fn spent(site: &Site, headers: &HeaderMap) -> Response {
    let lang = language(site, headers);
    let frame = outside(site, lang, "/desk/sign-in");
    let view = SetUp {
        frame,
        token: String::new(),
        account: None,
        errors: crate::components::FieldErrors::default(),
    };
    html(&view, lang, StatusCode::NOT_FOUND)
}
