//! The receipt: opens by the cookie of the submission, else asks for the tracking link.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Secret, view::Viewer};

use super::{
    RECEIPT_COOKIE,
    page::{NotFound, frame, html, lang_of, problem},
};
use crate::{
    Site,
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
        Err(AppError::NotFound) => return lookup,
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
