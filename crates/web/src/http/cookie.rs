//! Cookies: read by name, set with every guard there is.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

/// The cookies of a request.
pub(crate) struct Cookies<'h>(&'h HeaderMap);

impl<'h> Cookies<'h> {
    /// The cookies of these headers.
    pub(crate) const fn of(headers: &'h HeaderMap) -> Self {
        Self(headers)
    }

    /// The cookie `name`; on https only the one under `__Host-`, which no other host can plant.
    pub(crate) fn get(&self, name: &str, secure: bool) -> Option<&'h str> {
        let wanted = if secure { format!("__Host-{name}") } else { name.to_owned() };
        self.0
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(known, _)| *known == wanted)
            .map(|(_, value)| value)
    }
}

/// A `Set-Cookie` value: `HttpOnly`, `SameSite=Lax`, and on https `Secure` under `__Host-`.
///
/// # Panics
///
/// Never: names and values are ours and hold plain characters.
pub(crate) fn set_cookie(name: &str, value: &str, seconds: u32, secure: bool) -> HeaderValue {
    let (prefix, guard) = if secure { ("__Host-", "; Secure") } else { ("", "") };
    let line =
        format!("{prefix}{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{guard}");
    HeaderValue::from_str(&line).expect("names and values of our cookies are plain")
}

/// A `Set-Cookie` value that takes a cookie away.
pub(crate) fn clear_cookie(name: &str, secure: bool) -> HeaderValue {
    set_cookie(name, "", 0, secure)
}
