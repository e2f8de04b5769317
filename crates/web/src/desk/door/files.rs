//! Files of a complaint for who may see it: pictures re-encoded, originals as attachments only.

use axum::{extract::State, response::Response};
use redress_app::{
    AppError,
    view::{FileView, Viewer},
};

use super::{case::reach, page::trouble, session::Staff};
use crate::{
    Site,
    desk::assemble,
    http::Path,
    portal::door::{attachment, calendar, entry_id, jpeg},
};

type Place = Path<(String, String)>;

pub(super) async fn shown(
    State(site): State<Site>,
    staff: Staff,
    Path((reference, digest)): Place,
) -> Response {
    let bytes = match open(&site, &staff, &reference, &digest).await {
        Ok(_) => site.app.picture(&digest).await,
        Err(error) => Err(error),
    };
    match bytes {
        Ok(bytes) => jpeg(bytes),
        Err(error) => trouble(&site, &staff, error).await,
    }
}

pub(super) async fn original(
    State(site): State<Site>,
    staff: Staff,
    Path((reference, digest)): Place,
) -> Response {
    let file = match open(&site, &staff, &reference, &digest).await {
        Ok(view) => site.app.file_stream(&digest).await.map(|file| (view.name, file)),
        Err(error) => Err(error),
    };
    match file {
        Ok((name, file)) => attachment(&name, file),
        Err(error) => trouble(&site, &staff, error).await,
    }
}

/// The calendar entry of an undertaking.
pub(super) async fn entry(
    State(site): State<Site>,
    staff: Staff,
    Path((reference, file)): Place,
) -> Response {
    let found = match reach(&site, &staff, &reference).await {
        Ok(loaded) => entry_id(&file)
            .and_then(|id| site.app.calendar_file(&loaded, id, Viewer::Staff, staff.lang)),
        Err(error) => Err(error),
    };
    match found {
        Ok(file) => calendar(file),
        Err(error) => trouble(&site, &staff, error).await,
    }
}

/// A file this member may open.
async fn open(
    site: &Site,
    staff: &Staff,
    reference: &str,
    digest: &str,
) -> Result<FileView, AppError> {
    let loaded = reach(site, staff, reference).await?;
    let detail = site.app.detail(&loaded, Viewer::Staff).await?;
    let files = assemble::files(&loaded, &detail);
    files.into_iter().find(|file| file.sha256 == digest).ok_or(AppError::NotFound)
}
