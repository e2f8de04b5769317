//! `/{lang}/`: the policy page, and earlier versions of it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use redress_app::AppError;
use redress_core::{kinds::Lang, policy::Pack};

use super::page::{NotFound, broken, frame, html, lang_of, problem};
use crate::{
    Site,
    components::{Frame, Section},
    http::{Path, Speaks},
    portal::{
        assemble, promises_later, promises_now,
        view::{Home, LogLine},
    },
};

pub(super) async fn root(State(site): State<Site>, Speaks(lang): Speaks) -> Redirect {
    let pack = site.app.pack();
    let languages = &pack.policy.languages;
    let lang = if languages.contains(&lang) {
        lang
    } else {
        languages.first().copied().unwrap_or(Lang::Vi)
    };
    Redirect::to(&format!("/{lang}/"))
}

pub(super) async fn bare(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path(lang): Path<String>,
) -> Response {
    match lang_of(&site, &lang) {
        Some(lang) => Redirect::permanent(&format!("/{lang}/")).into_response(),
        None => NotFound::page(&site, spoken),
    }
}

pub(super) async fn get(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path(lang): Path<String>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    let frame = frame(&site, lang, "/", Section::Policy);
    let keys = site.app.log_keys_now().iter().map(ToString::to_string).collect();
    let log = LogLine { origin: site.app.log_origin(), keys };
    page(&site, &site.app.pack(), lang, frame, Some(log))
}

pub(super) async fn version(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path((lang, version)): Path<(String, u32)>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    let pack = match site.app.pack_version(version).await {
        Ok(pack) => pack,
        Err(error) => return problem(&site, lang, error),
    };
    if !pack.policy.languages.contains(&lang) {
        return problem(&site, lang, AppError::NotFound);
    }
    let rest = (format!("/policy/{version}"), Section::Policy);
    let frame =
        assemble::frame(&pack, lang, site.app.now(), (&rest.0, rest.1), site.settings.is_demo);
    page(&site, &pack, lang, frame, None)
}

fn page(site: &Site, pack: &Pack, lang: Lang, frame: Frame, log: Option<LogLine>) -> Response {
    let now = frame.w.now;
    let year = now.to_zoned(frame.w.zone.clone()).year();
    let shown = redress_core::policy::show_in(pack, lang, year);
    let promises = promises_now(pack, lang, now).and_then(|mut now| {
        now.extend(promises_later(pack, lang)?);
        Ok(now)
    });
    match (shown, promises) {
        (Ok(shown), Ok(promises)) => {
            let home = Home { log, ..Home::new(frame, shown, &pack.policy, promises) };
            html(&home, lang, StatusCode::OK)
        }
        (Err(error), _) | (_, Err(error)) => broken(site, lang, &error.to_string()),
    }
}
