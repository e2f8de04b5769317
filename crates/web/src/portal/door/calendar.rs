//! Calendar entries of undertakings, for their complainant.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use redress_app::{AppError, CALENDAR_MEDIA_TYPE, CalendarFile, Secret, view::Viewer};

use super::page::{NotFound, lang_of, problem};
use crate::{
    Site,
    http::{Path, Speaks},
};

pub(super) async fn get(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path((lang, token, file)): Path<(String, String, String)>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    let found = match site.app.load_tracked(&Secret::received(&token)).await {
        Ok(loaded) => entry_id(&file)
            .and_then(|id| site.app.calendar_file(&loaded, id, Viewer::Complainant, lang)),
        Err(error) => Err(error),
    };
    match found {
        Ok(file) => calendar(file),
        Err(error) => problem(&site, lang, error),
    }
}

/// The undertaking a file name means, `und_1.ics`.
///
/// # Errors
///
/// [`AppError::NotFound`] for another name.
pub(crate) fn entry_id(file: &str) -> Result<&str, AppError> {
    file.strip_suffix(".ics").ok_or(AppError::NotFound)
}

/// A calendar entry as a download.
pub(crate) fn calendar(file: CalendarFile) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let disposition =
        HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(CALENDAR_MEDIA_TYPE)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, file.text).into_response()
}
