//! The site: what every handler shares, and the one table of routes.

use std::{net::SocketAddr, num::NonZeroU32, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderValue, Uri},
    middleware,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use redress_app::{App, AppError, Schedule};
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::{
    api,
    http::{self, Proxies},
    portal::door,
};

/// Largest body of a request that carries no files, in bytes.
pub(crate) const BODY_BYTES_MAX: usize = 256 * 1024;
/// What a multipart request may carry beside its file, in bytes.
pub(crate) const MULTIPART_ROOM: usize = 64 * 1024;

/// How long a body may pause on its way: a slow line still moves, a dead one frees its place.
const BODY_PAUSE: Duration = Duration::from_secs(30);

/// How the site is served.
#[derive(Debug, Clone)]
pub struct SiteSettings {
    /// Public submissions per minute and address; 0 is no limit.
    pub public_per_minute: u32,
    /// Machines before the server that say where a request came from.
    pub proxies: Proxies,
    /// A line every page shows on top, for demos.
    pub is_demo: bool,
    /// Backups by the clock, whose age `/readyz` states.
    pub backups: Option<Schedule>,
}

/// What every handler shares.
#[derive(Debug, Clone)]
pub struct Site {
    /// The use cases.
    pub app: App,
    /// How the site is served.
    pub settings: SiteSettings,
    limiter: Option<Arc<DefaultKeyedRateLimiter<Vec<u8>>>>,
    /// Readings of the log from one address: whoever mirrors it reads many tiles at once.
    readings: Arc<DefaultKeyedRateLimiter<Vec<u8>>>,
    /// Attempts to sign in from one address at one account.
    guesses: Arc<DefaultKeyedRateLimiter<Vec<u8>>>,
    /// Attempts to sign in from one address, a whole office perhaps, and at one account from
    /// anywhere: wide enough that nobody is locked out by a stranger's few guesses.
    crowds: Arc<DefaultKeyedRateLimiter<Vec<u8>>>,
}

/// Attempts to sign in at once, and seconds until one more is earned.
const GUESSES: (u32, u32) = (10, 90);
/// Readings of the log at once, and seconds until one more is earned.
const READINGS: (u32, u32) = (1_000, 1);
/// The same for a whole office, and for one account from anywhere.
const CROWD: (u32, u32) = (100, 10);

impl Site {
    /// A site over the use cases.
    pub fn new(app: App, settings: SiteSettings) -> Self {
        let quota = NonZeroU32::new(settings.public_per_minute).map(Quota::per_minute);
        Self {
            app,
            settings,
            limiter: quota.map(|quota| Arc::new(RateLimiter::keyed(quota))),
            readings: Arc::new(RateLimiter::keyed(earned(READINGS))),
            guesses: Arc::new(RateLimiter::keyed(earned(GUESSES))),
            crowds: Arc::new(RateLimiter::keyed(earned(CROWD))),
        }
    }

    /// Whether cookies travel over https only.
    pub(crate) fn is_secure(&self) -> bool {
        self.app.public_url().starts_with("https://")
    }

    /// Lets a public submission of this address through.
    ///
    /// # Errors
    ///
    /// [`AppError::TooMany`] above the limit.
    pub(crate) fn admit(&self, address: SocketAddr) -> Result<(), AppError> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        check(limiter, &http::household(address), 60)
    }

    /// Lets a reading of the log through.
    ///
    /// # Errors
    ///
    /// [`AppError::TooMany`] above the limit.
    pub(crate) fn admit_reader(&self, address: SocketAddr) -> Result<(), AppError> {
        if self.limiter.is_none() {
            return Ok(());
        }
        check(&self.readings, &http::household(address), READINGS.1)
    }

    /// Lets an attempt to sign in through: one account is not guessed from many addresses, and
    /// one address does not guess at many accounts.
    ///
    /// # Errors
    ///
    /// [`AppError::TooMany`] above the limit.
    pub(crate) fn admit_guess(&self, address: SocketAddr, account: &str) -> Result<(), AppError> {
        if self.limiter.is_none() {
            return Ok(());
        }
        let (house, account) =
            (http::household(address), account.trim().to_lowercase().into_bytes());
        check(&self.crowds, &house, CROWD.1)?;
        check(&self.guesses, &[&*house, b"/", &account].concat(), GUESSES.1)?;
        check(&self.crowds, &account, CROWD.1)
    }
}

fn earned((at_once, seconds): (u32, u32)) -> Quota {
    let each = Quota::with_period(Duration::from_secs(seconds.into()));
    let at_once = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
    each.unwrap_or(Quota::per_minute(NonZeroU32::MIN)).allow_burst(at_once)
}

fn check(
    limiter: &DefaultKeyedRateLimiter<Vec<u8>>,
    key: &Vec<u8>,
    retry_after: u32,
) -> Result<(), AppError> {
    if limiter.len() > 10_000 {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|_| AppError::TooMany { retry_after })
}

/// Every route of the site.
pub fn router(site: Site) -> Router {
    let file_bytes = site.app.pack().policy.limits.file_bytes;
    let files = usize::try_from(file_bytes).unwrap_or(usize::MAX).saturating_add(MULTIPART_ROOM);
    let form = files.saturating_mul(site.app.pack().policy.limits.files.max(1));
    Router::new()
        .merge(api::routes(files))
        .merge(door::routes(form))
        .merge(crate::desk::door::routes(form))
        .merge(http::assets())
        .fallback(fallback)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(middleware::from_fn_with_state(site.clone(), http::same_origin))
        .layer(middleware::map_response_with_state(site.clone(), protect))
        .with_state(site)
}

/// An address that does not exist: a problem for machines, a page for people.
async fn fallback(
    State(site): State<Site>,
    http::Speaks(lang): http::Speaks,
    uri: Uri,
) -> Response {
    if uri.path().starts_with("/api/") {
        return http::ApiError::new(AppError::NotFound, lang).into_response();
    }
    door::NotFound::page(&site, lang)
}

/// Headers every answer carries.
async fn protect(State(site): State<Site>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    let fixed = [
        ("x-content-type-options", "nosniff"),
        // Tracking links never leave for another site, and forms still say where they come from.
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if site.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert("strict-transport-security", year);
    }
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'",
    );
    headers.entry("content-security-policy").or_insert(policy);
    headers.entry("cache-control").or_insert(HeaderValue::from_static("no-store"));
    response
}
