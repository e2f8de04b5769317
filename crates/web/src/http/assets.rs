//! Stylesheets, scripts and the icon: compiled in, cached by the browser under their digest.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{Site, components, desk, portal::view};

/// The routes of what pages are made with.
pub(crate) fn routes() -> Router<Site> {
    let modules = view::VERIFY_MODULES.iter().fold(Router::new(), |router, (name, text)| {
        let path = format!("{}/{name}", *view::VERIFY_FOLDER);
        router.route(&path, get(|| async { asset("text/javascript; charset=utf-8", text) }))
    });
    modules
        .route(
            components::STYLESHEET_PATH,
            get(|| async { asset("text/css; charset=utf-8", components::STYLESHEET) }),
        )
        .route(
            desk::STYLESHEET_PATH,
            get(|| async { asset("text/css; charset=utf-8", desk::STYLESHEET) }),
        )
        .route(
            desk::SCRIPT_PATH,
            get(|| async { asset("text/javascript; charset=utf-8", desk::SCRIPT) }),
        )
        .route("/favicon.ico", get(|| async { asset("image/svg+xml", ICON) }))
        .route("/robots.txt", get(|| async { asset("text/plain; charset=utf-8", ROBOTS) }))
}

/// A lift between two floors.
const ICON: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='#1B3FAE'/><path d='M9 14l7-7 7 7zM9 18l7 7 7-7z' fill='#fff'/></svg>";
/// Policy pages may be found; nothing of a complaint may.
const ROBOTS: &str = "User-agent: *\nDisallow: /desk/\nDisallow: /api/\nDisallow: /*/track/\nDisallow: /*/complaints/\n";

fn asset(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    (headers, text).into_response()
}
