//! Extractors with readable answers, in place of the framework's own.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use redress_app::AppError;
use serde::de::DeserializeOwned;

use super::{ApiError, Speaks};
use crate::Site;

/// Most pairs of a form or query; ten thousand fields are an attack.
pub(crate) const PAIRS_MAX: usize = 500;

/// Parts of the path.
pub(crate) struct Path<T>(pub(crate) T);

#[expect(clippy::disallowed_types, reason = "this is our Path")]
impl<T: DeserializeOwned + Send> FromRequestParts<Site> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, ApiError> {
        let lang = Speaks::of(&parts.headers).0;
        match axum::extract::Path::<T>::from_request_parts(parts, site).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(ApiError::new(AppError::NotFound, lang)),
        }
    }
}

/// The query, each name at most once.
pub(crate) struct Query<T>(pub(crate) T);

#[expect(clippy::disallowed_types, reason = "this is our Query")]
impl<T: DeserializeOwned + Send> FromRequestParts<Site> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, ApiError> {
        let lang = Speaks::of(&parts.headers).0;
        match axum::extract::Query::<T>::from_request_parts(parts, site).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(error) => {
                Err(ApiError::new(AppError::Malformed { detail: error.body_text() }, lang))
            }
        }
    }
}

/// The body as UTF-8 text, within the route's bound.
pub(crate) struct RawBody(pub(crate) String);

impl FromRequest<Site> for RawBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, site: &Site) -> Result<Self, ApiError> {
        let lang = Speaks::of(request.headers()).0;
        let max = crate::site::BODY_BYTES_MAX as u64;
        let bytes = Bytes::from_request(request, site).await;
        let bytes = bytes.map_err(|_| ApiError::new(AppError::TooLarge { max }, lang))?;
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| {
            ApiError::new(AppError::Malformed { detail: "not UTF-8".to_owned() }, lang)
        })?;
        Ok(Self(text))
    }
}

/// The pairs of a urlencoded form, in order.
///
/// # Errors
///
/// [`AppError::Malformed`] with too many pairs.
pub(crate) fn pairs(text: &str) -> Result<Vec<(String, String)>, AppError> {
    let count = text.split('&').count();
    if count > PAIRS_MAX {
        return Err(AppError::Malformed {
            detail: format!("{count} fields; a form has at most {PAIRS_MAX}"),
        });
    }
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    });
    Ok(pairs.collect())
}

/// Percent-decoding of forms: `+` is a space, what is not UTF-8 is replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digits = [ahead.next(), ahead.next()];
                if let [Some(high), Some(low)] =
                    digits.map(|digit| digit.and_then(|d| char::from(d).to_digit(16)))
                {
                    bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                    rest = ahead;
                } else {
                    bytes.push(b'%');
                }
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        let read = pairs("text=Thang+m%C3%A1y&empty=&x=100%&=").expect("few fields");
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            read,
            [pair("text", "Thang máy"), pair("empty", ""), pair("x", "100%"), pair("", "")]
        );
        assert!(pairs(&"a=1&".repeat(10_000)).is_err());
    }
}
