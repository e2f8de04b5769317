//! Signing out: ends the session in the store and takes its cookie away.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use redress_app::AppError;

use super::super::{
    SESSION_COOKIE,
    page::trouble,
    session::{Staff, token},
    typed::field,
};
use crate::{
    Site,
    http::{RawBody, clear_cookie, pairs},
};

pub(in crate::desk::door) async fn post(
    State(site): State<Site>,
    staff: Staff,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Response {
    let sent = pairs(&body).is_ok_and(|fields| staff.sent(field(&fields, "key")));
    if !sent {
        return trouble(&site, &staff, AppError::Forbidden).await;
    }
    if let Some(token) = token(&site, &headers)
        && let Err(error) = site.app.sign_out(&token).await
    {
        return trouble(&site, &staff, error).await;
    }
    let to = HeaderValue::from_static("/desk/sign-in?signed_out=true");
    let cookie = clear_cookie(SESSION_COOKIE, site.is_secure());
    (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::SET_COOKIE, cookie)]).into_response()
}
