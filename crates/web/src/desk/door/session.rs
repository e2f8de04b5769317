//! Who sits at the desk: the session of a browser, its language, and the check against forgery.
//! Must not decide what a member may do.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Secret, sha256};
use redress_core::{
    complaint::people::{Actor, Member},
    kinds::{Lang, Role},
};

use super::{LANGUAGE_COOKIE, SESSION_COOKIE};
use crate::{
    Site,
    desk::encode,
    http::{ApiError, Cookies, Speaks},
};

/// A member who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Staff {
    /// Who.
    pub(super) member: Member,
    /// The language of the pages.
    pub(super) lang: Lang,
    /// What every form of this session carries as `key`.
    pub(super) form_token: String,
}

/// Somebody who is not signed in, or whose session could not be read.
pub(super) enum Turned {
    /// To the sign-in page, and back to this path.
    SignIn(String),
    /// The store failed.
    Failed(ApiError),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(next) => {
                Redirect::to(&format!("/desk/sign-in?next={}", encode(&next))).into_response()
            }
            Self::Failed(error) => error.into_response(),
        }
    }
}

impl FromRequestParts<Site> for Staff {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Turned> {
        let lang = language(site, &parts.headers);
        let asked = parts.uri.path_and_query().filter(|_| parts.method == Method::GET);
        let next = asked.map_or("/desk", |path| path.as_str()).to_owned();
        let Some(token) = token(site, &parts.headers) else { return Err(Turned::SignIn(next)) };
        match site.app.session(&token).await {
            Ok(signed) => Ok(Self { member: signed.member, lang, form_token: signed.form_token }),
            Err(AppError::Unauthorized) => Err(Turned::SignIn(next)),
            Err(error) => Err(Turned::Failed(ApiError::new(error, lang))),
        }
    }
}

impl Staff {
    /// As whom the member acts.
    pub(super) fn actor(&self) -> Actor {
        Actor::Staff(self.member.clone())
    }

    /// How the member's uploads are named.
    pub(super) fn owner(&self) -> String {
        format!("account:{}", self.member.id)
    }

    /// Whether the member has one of these roles; who stands in for the Director has that one too.
    pub(super) fn is(&self, roles: &[Role]) -> bool {
        roles.contains(&self.member.role)
            || self.member.directs() && roles.contains(&Role::Director)
    }

    /// Whether a form's `key` is the session's token.
    pub(super) fn sent(&self, key: &str) -> bool {
        same(&self.form_token, key)
    }
}

/// The session's token, as the browser sent it.
pub(super) fn token(site: &Site, headers: &HeaderMap) -> Option<Secret> {
    let token = Cookies::of(headers).get(SESSION_COOKIE, site.is_secure())?;
    (!token.is_empty()).then(|| Secret::received(token))
}

/// The language of the desk: chosen before, else the browser's, else the pack's first.
pub(super) fn language(site: &Site, headers: &HeaderMap) -> Lang {
    let languages = &site.app.pack().policy.languages;
    let chosen = Cookies::of(headers)
        .get(LANGUAGE_COOKIE, site.is_secure())
        .and_then(|tag| tag.parse().ok());
    let spoken = Speaks::of(headers).0;
    let offered = |lang: &Lang| languages.contains(lang);
    chosen
        .filter(offered)
        .or(Some(spoken).filter(offered))
        .or(languages.first().copied())
        .unwrap_or(Lang::Vi)
}

/// Compares without telling by its time how much was right.
fn same(known: &str, sent: &str) -> bool {
    let (known, sent) = (sha256(known.as_bytes()), sha256(sent.as_bytes()));
    known.iter().zip(sent).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// A path of the desk to go to, or the given one: never another site, never a second slash.
pub(super) fn path_of_desk<'p>(path: &'p str, other: &'p str) -> &'p str {
    let plain = path.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let ours = path == "/desk" || path.starts_with("/desk/");
    if plain && ours && !path.contains("//") && !path.starts_with("/desk/sign-") {
        path
    } else {
        other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_the_desk_are_gone_to() {
        for (path, gone_to) in [
            ("/desk/queue?state=all", "/desk/queue?state=all"),
            ("/desk", "/desk"),
            ("", "/x"),
            ("https://evil.vn/desk/", "/x"),
            ("//evil.vn/desk/", "/x"),
            ("/desk//evil.vn", "/x"),
            ("/desk/\\evil.vn", "/x"),
            ("/desk/a\r\nSet-Cookie: b", "/x"),
            ("/vi/", "/x"),
            ("/desk/sign-out", "/x"),
        ] {
            assert_eq!(path_of_desk(path, "/x"), gone_to, "{path}");
        }
    }

    #[test]
    fn a_forged_key_is_not_the_sessions() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "") && !same("abc", "abcc"));
    }
}
