//! Status codes, and nowhere else: problems as `application/problem+json` (RFC 9457) in the
//! caller's language.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use redress_app::{AppError, Held};
use redress_core::{
    complaint::{Refusal, RefusalCode},
    field::FieldError,
    kinds::Lang,
};
use redress_text::{Arg, t, t_args};
use serde_json::{Value, json};

/// A use case that did not happen, for the API.
#[derive(Debug)]
pub(crate) struct ApiError {
    error: AppError,
    lang: Lang,
}

impl ApiError {
    /// The error in this language.
    pub(crate) const fn new(error: AppError, lang: Lang) -> Self {
        Self { error, lang }
    }
}

/// The status of an error.
pub(crate) const fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Refused(Refusal { code: RefusalCode::NotPermitted, .. })
        | AppError::Forbidden => StatusCode::FORBIDDEN,
        AppError::Refused(_) | AppError::Taken { .. } | AppError::FileHeld { .. } => {
            StatusCode::CONFLICT
        }
        AppError::Fields(_)
        | AppError::KeyReused
        | AppError::EmptyFile
        | AppError::PictureTooLarge { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::Malformed { .. } | AppError::KeyUnfit => StatusCode::BAD_REQUEST,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Unauthorized => StatusCode::UNAUTHORIZED,
        AppError::Moved { .. } => StatusCode::PRECONDITION_FAILED,
        AppError::TooLarge { .. } | AppError::TooManyFields { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        AppError::TooMany { .. } | AppError::TooManyFiles { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::DiskFull | AppError::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
        AppError::Unknown | AppError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Codec(_) | AppError::Io(_) | AppError::Broken { .. } => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

/// The word by which a problem's type and texts are known: `problem-<word>`.
pub(crate) const fn word_of(error: &AppError) -> &'static str {
    match error {
        AppError::Refused(_) => "refused",
        AppError::Fields(_) => "fields",
        AppError::Malformed { .. } => "malformed",
        AppError::NotFound => "not-found",
        AppError::Forbidden => "forbidden",
        AppError::Unauthorized => "unauthorized",
        AppError::Moved { .. } => "moved",
        AppError::KeyReused => "key-reused",
        AppError::KeyUnfit => "key-unfit",
        AppError::TooLarge { .. } => "too-large",
        AppError::EmptyFile => "empty-file",
        AppError::PictureTooLarge { .. } => "picture-too-large",
        AppError::TooManyFields { .. } => "too-many-fields",
        AppError::TooManyFiles { .. } => "too-many-files",
        AppError::NoRoom => "no-room",
        AppError::FileHeld { held: Held::Checking } => "file-checking",
        AppError::FileHeld { held: Held::Refused } => "file-refused",
        AppError::TooMany { .. } => "too-many",
        AppError::Taken { .. } => "taken",
        AppError::DiskFull => "disk-full",
        AppError::Unknown => "unknown",
        AppError::Store(_) => "unavailable",
        AppError::Codec(_) | AppError::Io(_) | AppError::Broken { .. } => "broken",
    }
}

/// What happened and what to do now, in one text.
pub(crate) fn words_of(lang: Lang, error: &AppError) -> String {
    let word = word_of(error);
    let what_now = t(lang, &format!("problem-{word}-what-now"));
    format!("{}. {what_now}", t(lang, &format!("problem-{word}")))
}

/// What a refusal says to a person.
pub(crate) fn refusal_words(lang: Lang, refusal: &Refusal) -> String {
    let args: Vec<(&str, Arg<'_>)> =
        refusal.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    t_args(lang, &format!("refusal-{}", refusal.code), &args)
}

/// What a fault of a field says to a person.
pub(crate) fn field_words(lang: Lang, error: &FieldError) -> String {
    let args: Vec<(&str, Arg<'_>)> =
        error.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    t_args(lang, &format!("field-error-{}", error.code), &args)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Self { error, lang } = self;
        let status = status_of(&error);
        log(&error, status);
        let body = body(&error, status, lang);
        let mut response = (status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.as_str()));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        match error {
            AppError::TooMany { retry_after } | AppError::TooManyFiles { retry_after } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            }
            AppError::DiskFull | AppError::Unknown => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(10));
            }
            _ => {}
        }
        response
    }
}

/// Once, at the boundary; refusals and faults of callers are not failures.
pub(crate) fn log(error: &AppError, status: StatusCode) {
    if status.is_server_error() {
        tracing::error!(
            status = status.as_u16(),
            error = error as &dyn std::error::Error,
            "a request failed"
        );
    }
}

fn body(error: &AppError, status: StatusCode, lang: Lang) -> Value {
    let word = word_of(error);
    let mut body = json!({
        "type": format!("/problems/{word}"),
        "title": t(lang, &format!("problem-{word}")),
        "status": status.as_u16(),
        "detail": t(lang, &format!("problem-{word}-what-now")),
    });
    match error {
        AppError::Refused(refusal) => {
            body["type"] = json!(format!("/refusals/{}", refusal.code));
            body["rule"] = json!(refusal.rule);
            body["detail"] = json!(refusal_words(lang, refusal));
        }
        AppError::Fields(errors) => {
            let one = |error: &FieldError| json!({"pointer": error.pointer, "code": error.code, "detail": field_words(lang, error)});
            body["errors"] = Value::Array(errors.iter().map(one).collect());
        }
        AppError::Moved { actual } => body["version"] = json!(actual),
        AppError::TooLarge { max } => body["max"] = json!(max),
        AppError::TooManyFields { max } => body["max"] = json!(max),
        AppError::PictureTooLarge { megapixels } => body["max"] = json!(megapixels),
        AppError::Malformed { detail } => body["cause"] = json!(detail),
        _ => {}
    }
    body
}
