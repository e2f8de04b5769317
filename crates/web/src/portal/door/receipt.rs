//! The receipt: opens by the cookie of the submission, else asks for the tracking link.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Secret, view::Viewer};
use redress_core::kinds::Lang;

use super::{
    RECEIPT_COOKIE,
    page::{NotFound, frame, html, lang_of, problem},
};
use crate::{
    Site,
    api::receipt_file,
    components::Section,
    http::{Cookies, Path, Speaks},
    portal::assemble,
};

pub(super) async fn get(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path((lang, reference)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    let lookup = Redirect::to(&format!("/{lang}/track")).into_response();
    let Some(token) =
        Cookies::of(&headers).get(RECEIPT_COOKIE, site.is_secure()).map(Secret::received)
    else {
        return lookup;
    };
    let loaded = match site.app.load_tracked(&token).await {
        Ok(loaded) => loaded,
        Err(AppError::NotFound) => return waiting(&site, lang, &token).await.unwrap_or(lookup),
        Err(error) => return problem(&site, lang, error),
    };
    if reference.parse() != Ok(loaded.complaint.reference.clone()) {
        return lookup;
    }
    let detail = match site.app.detail(&loaded, Viewer::Complainant).await {
        Ok(detail) => detail,
        Err(error) => return problem(&site, lang, error),
    };
    let rest = format!("/complaints/{}/receipt", loaded.complaint.reference);
    let frame = frame(&site, lang, &rest, Section::Other);
    let url = site.app.tracking_url(loaded.id, lang.as_str());
    html(&assemble::receipt(frame, &loaded, &detail, url), lang, StatusCode::OK)
}

/// The receipt as a file that proves what was received and when.
pub(super) async fn file(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path((lang, token)): Path<(String, String)>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    let made = match site.app.load_tracked(&Secret::received(&token)).await {
        Ok(loaded) => site.app.receipt_file(&loaded).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(file) => receipt_file(file),
        Err(error) => problem(&site, lang, error),
    }
}

/// The page of a notice whose file a person still has to open; `None` when the link opens none.
pub(super) async fn waiting(site: &Site, lang: Lang, token: &Secret) -> Option<Response> {
    let notice = match site.app.waiting_tracked(token).await {
        Ok(notice) => notice,
        Err(AppError::NotFound) => return None,
        Err(error) => return Some(problem(site, lang, error)),
    };
    let rest = format!("/track/{}", token.reveal());
    let frame = frame(site, lang, &rest, Section::Track);
    let url = site.app.tracking_url(notice.id, lang.as_str());
    Some(html(&assemble::waiting(frame, &site.app.pack(), notice, url), lang, StatusCode::OK))
}
