//! Pages as answers: HTML with its language, and problems as pages in the person's language.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use redress_app::AppError;
use redress_core::kinds::Lang;

use crate::{
    Site,
    components::{Frame, Section},
    http::{log, refusal_words, status_of, words_of},
    portal::{
        assemble,
        view::{Problem, ProblemKind},
    },
};

/// The head and foot of a page under the pack in force.
pub(super) fn frame(site: &Site, lang: Lang, rest: &str, section: Section) -> Frame {
    let (pack, demo) = (site.app.pack(), site.settings.is_demo);
    let frame = assemble::frame(&pack, lang, site.app.now(), (rest, section), demo);
    Frame { restarted: site.app.log_is_short(), ..frame }
}

/// The language of a path; `None` when it is none of the pack's.
pub(super) fn lang_of(site: &Site, path: &str) -> Option<Lang> {
    path.parse().ok().filter(|lang| site.app.pack().policy.languages.contains(lang))
}

/// A rendered page.
pub(crate) fn html<V: Template>(view: &V, lang: Lang, status: StatusCode) -> Response {
    match view.render() {
        Ok(text) => {
            let mut response = (status, text).into_response();
            let headers = response.headers_mut();
            headers
                .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.as_str()));
            response
        }
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "a page could not be rendered"
            );
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Where a page that does not exist was asked for.
pub(crate) struct NotFound;

impl NotFound {
    /// The page that says so.
    pub(crate) fn page(site: &Site, lang: Lang) -> Response {
        problem(site, lang, AppError::NotFound)
    }
}

/// A use case that did not happen, as a page.
pub(super) fn problem(site: &Site, lang: Lang, error: AppError) -> Response {
    let status = status_of(&error);
    log(&error, status);
    let limits = site.app.pack().policy.limits;
    let kind = match error {
        AppError::Refused(refusal) => ProblemKind::Refused {
            detail: refusal_words(lang, &refusal),
            rule: refusal.rule.to_owned(),
        },
        error @ AppError::FileHeld { .. } => {
            ProblemKind::Refused { detail: words_of(lang, &error), rule: String::new() }
        }
        AppError::TooLarge { .. } | AppError::TooManyFields { .. } => {
            ProblemKind::TooLarge { file_bytes: limits.file_bytes, files: limits.files }
        }
        AppError::TooMany { retry_after } | AppError::TooManyFiles { retry_after } => {
            ProblemKind::TooMany { retry_after }
        }
        AppError::DiskFull | AppError::NoRoom => ProblemKind::Full,
        AppError::Unknown | AppError::Store(_) => ProblemKind::Unavailable,
        AppError::NotFound | AppError::Unauthorized | AppError::Forbidden => ProblemKind::NotFound,
        AppError::Fields(_)
        | AppError::Malformed { .. }
        | AppError::KeyReused
        | AppError::KeyUnfit
        | AppError::EmptyFile
        | AppError::PictureTooLarge { .. } => ProblemKind::Spoilt,
        AppError::Moved { .. }
        | AppError::Taken { .. }
        | AppError::Codec(_)
        | AppError::Io(_)
        | AppError::Broken { .. } => ProblemKind::Broken { incident: incident(site) },
    };
    let status = StatusCode::from_u16(kind.status()).unwrap_or(status);
    let frame = frame(site, lang, "/", Section::Other);
    html(&Problem { frame, kind }, lang, status)
}

/// A page for what must not happen.
pub(super) fn broken(site: &Site, lang: Lang, what: &str) -> Response {
    problem(site, lang, AppError::Broken { what: what.to_owned() })
}

/// A number to quote on the telephone: the time to the second.
fn incident(site: &Site) -> String {
    site.app.now().strftime("%m%d-%H%M%S").to_string()
}
