//! The language a caller wants, from `Accept-Language`.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts},
};
use redress_core::kinds::Lang;

/// The language a caller wants; Vietnamese when the header names none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Speaks(pub(crate) Lang);

impl Speaks {
    /// The best language of an `Accept-Language` header (RFC 9110, 12.5.4).
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let header =
            headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut best: Option<(u16, Lang)> = None;
        for entry in header.split(',').take(20) {
            let mut parts = entry.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let Ok(lang) = tag.split('-').next().unwrap_or_default().parse::<Lang>() else {
                continue;
            };
            let weight =
                parts.find_map(|part| part.trim().strip_prefix("q=").map(permille)).unwrap_or(1000);
            if weight > 0 && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, lang));
            }
        }
        Self(best.map_or(Lang::Vi, |(_, lang)| lang))
    }
}

/// `0.8` as 800; nonsense as 0.
fn permille(weight: &str) -> u16 {
    let (whole, rest) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits = format!("{:0<3}", rest.chars().take(3).collect::<String>());
    match (whole, digits.parse::<u16>()) {
        ("1", _) => 1000,
        ("0", Ok(part)) => part,
        _ => 0,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Speaks {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_of_ours_is_taken() {
        for (header, lang) in [
            ("", Lang::Vi),
            ("fr", Lang::Vi),
            ("en-US,en;q=0.9", Lang::En),
            ("lo;q=0.4, en;q=0.8, vi;q=0.7", Lang::En),
            ("en;q=0, lo", Lang::Lo),
            ("*;q=x, , ;;", Lang::Vi),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, header.parse().expect("a header"));
            assert_eq!(Speaks::of(&headers).0, lang, "{header}");
        }
    }
}
