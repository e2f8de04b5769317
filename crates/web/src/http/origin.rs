//! Forged requests: a change of state that a browser sends from another site is refused.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, Method, StatusCode,
        header::{HOST, ORIGIN},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::ask::bearer;
use crate::Site;

/// Refuses unsafe methods that a browser says come from elsewhere; bearer tokens are no cookies
/// and cannot be forged. A browser sends a password by itself, where a proxy asks for one.
pub(crate) async fn same_origin(
    State(site): State<Site>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    if safe || bearer(headers).is_some() || is_ours(headers, site.app.public_url()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "cross-site request refused\n").into_response()
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    match text(ORIGIN.as_str()) {
        None => true,
        Some(origin) => {
            let host = text(HOST.as_str()).unwrap_or_default();
            let same_host = origin.split_once("://").is_some_and(|(_, rest)| rest == host);
            same_host || origin == public_url
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sites_are_refused() {
        for (fetch, origin, host, ours) in [
            (Some("same-origin"), None, "a.vn", true),
            (Some("cross-site"), None, "a.vn", false),
            (Some("same-site"), Some("https://b.a.vn"), "a.vn", false),
            (None, None, "a.vn", true),
            (None, Some("https://a.vn"), "a.vn", true),
            (None, Some("https://evil.vn"), "a.vn", false),
            (None, Some("null"), "a.vn", false),
            (None, Some("https://public.vn"), "127.0.0.1:8080", true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().expect("a header"));
            if let Some(fetch) = fetch {
                headers.insert("sec-fetch-site", fetch.parse().expect("a header"));
            }
            if let Some(origin) = origin {
                headers.insert(ORIGIN, origin.parse().expect("a header"));
            }
            assert_eq!(is_ours(&headers, "https://public.vn"), ours, "{fetch:?} {origin:?}");
        }
    }
}
