//! The page of one complaint, for who may see it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Loaded, view::Viewer};
use redress_core::complaint::people::may_see;

use super::{
    page::{Done, READERS, inside, trouble},
    session::Staff,
};
use crate::{
    Site,
    desk::{
        Place,
        assemble::{self, Again, People},
    },
    http::{Path, Query},
    portal::door::html,
};

/// The complaint, if the member may see it; 404 is the same for unknown and hidden.
///
/// # Errors
///
/// [`AppError::Forbidden`] for roles that see no complaints, [`AppError::NotFound`].
pub(super) async fn reach(site: &Site, staff: &Staff, reference: &str) -> Result<Loaded, AppError> {
    if !staff.is(READERS) {
        return Err(AppError::Forbidden);
    }
    let loaded = site.app.load(reference).await?;
    if may_see(&staff.member, &loaded.complaint) { Ok(loaded) } else { Err(AppError::NotFound) }
}

pub(super) async fn get(
    State(site): State<Site>,
    staff: Staff,
    Path(reference): Path<String>,
    Query(done): Query<Done>,
) -> Response {
    let shown = match reach(&site, &staff, &reference).await {
        Ok(loaded) => show(&site, &staff, &loaded, None, (StatusCode::OK, &done)).await,
        Err(error) => Err(error),
    };
    match shown {
        Ok(page) => page,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

/// A form's address opened as a page: the complaint it belongs to.
pub(super) async fn back(Path((reference, _)): Path<(String, String)>) -> Response {
    match reference.parse::<redress_core::reference::Reference>() {
        Ok(reference) => Redirect::to(&format!("/desk/complaints/{reference}")).into_response(),
        Err(_) => Redirect::to("/desk/queue").into_response(),
    }
}

/// The page, first time or with a form that came back.
pub(super) async fn show(
    site: &Site,
    staff: &Staff,
    loaded: &Loaded,
    again: Option<&Again>,
    (status, done): (StatusCode, &Done),
) -> Result<Response, AppError> {
    let detail = site.app.detail(loaded, Viewer::Staff).await?;
    let people = People::of(&site.app).await?;
    let members = site.app.members().await?;
    let path = format!("/desk/complaints/{}", loaded.complaint.reference);
    let mut frame = inside(site, staff, Place::Other, &path).await;
    frame.done = done.words(&frame.w);
    let whose = (&people, members.as_slice(), &staff.member);
    let view = assemble::case(frame, loaded, &detail, whose, again);
    Ok(html(&view, staff.lang, status))
}
