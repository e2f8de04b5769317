//! Tracking: look-up, the page of a complaint, and what its complainant may answer.
//! GET shows; POST changes.

use std::collections::HashMap;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Asked, Loaded, Secret, hex, sha256, view::Viewer};
use redress_core::{complaint::people::Actor, kinds::Lang};
use serde_json::{Value, json};

use super::{
    page::{NotFound, frame, html, lang_of, problem},
    receipt::waiting,
    typed::{Typed, file_words},
};
use crate::{
    Site,
    components::{FieldErrors, Section},
    http::{Asker, Path, Query, RawBody, Speaks, address_key, pairs},
    portal::{assemble, view::TrackLookup},
};

pub(super) async fn lookup(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path(lang): Path<String>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    ask_for_link(&site, lang, String::new(), None)
}

fn ask_for_link(site: &Site, lang: Lang, link: String, fault: Option<&str>) -> Response {
    let mut errors = FieldErrors::default();
    if let Some(fault) = fault {
        errors.add("link", redress_text::t(lang, fault));
    }
    let status = if errors.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = frame(site, lang, "/track", Section::Track);
    html(&TrackLookup { frame, link, errors }, lang, status)
}

pub(super) async fn find(
    State(site): State<Site>,
    Path(lang): Path<String>,
    asker: Asker,
    RawBody(body): RawBody,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, asker.lang) };
    if let Err(error) = site.admit(asker.address) {
        return problem(&site, lang, error);
    }
    let fields = match pairs(&body) {
        Ok(fields) => fields,
        Err(error) => return problem(&site, lang, error),
    };
    let link = fields
        .into_iter()
        .find(|(name, _)| name == "link")
        .map(|(_, value)| value)
        .unwrap_or_default();
    let token = link.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    if link.parse::<redress_core::reference::Reference>().is_ok() {
        return ask_for_link(&site, lang, link, Some("error-link-reference"));
    }
    let secret = Secret::received(&token);
    match site.app.load_tracked(&secret).await {
        Ok(_) => Redirect::to(&format!("/{lang}/track/{token}")).into_response(),
        Err(AppError::NotFound) => match site.app.waiting_tracked(&secret).await {
            Ok(_) => Redirect::to(&format!("/{lang}/track/{token}")).into_response(),
            Err(AppError::NotFound) => ask_for_link(&site, lang, link, Some("error-link")),
            Err(error) => problem(&site, lang, error),
        },
        Err(error) => problem(&site, lang, error),
    }
}

/// What the page says was just done.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

pub(super) async fn get(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path((lang, token)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    let secret = Secret::received(&token);
    match site.app.load_tracked(&secret).await {
        Err(AppError::NotFound) => waiting(&site, lang, &secret)
            .await
            .unwrap_or_else(|| problem(&site, lang, AppError::NotFound)),
        Ok(loaded) => {
            let said = said(lang, &loaded, &done.done);
            show(&site, lang, &token, &loaded, Above::Done(said)).await
        }
        Err(error) => problem(&site, lang, error),
    }
}

/// What was just done, in words; a disagreement that opened no round went to the director.
fn said(lang: Lang, loaded: &Loaded, done: &str) -> String {
    let shown = loaded.complaint.round().disagreed_at.is_some();
    match done {
        "disagreement" if shown => redress_text::t(lang, "done-objection"),
        "messages" | "agreement" | "disagreement" | "rating" => {
            redress_text::t(lang, &format!("track-done-{done}"))
        }
        _ => String::new(),
    }
}

async fn show(site: &Site, lang: Lang, token: &str, loaded: &Loaded, above: Above<'_>) -> Response {
    let detail = site.app.detail(loaded, Viewer::Complainant).await;
    let names = names(site).await;
    let (detail, names) = match (detail, names) {
        (Ok(detail), Ok(names)) => (detail, names),
        (Err(error), _) | (_, Err(error)) => return problem(site, lang, error),
    };
    let frame = frame(site, lang, &format!("/track/{token}"), Section::Track);
    let place = (format!("/{lang}/track/{token}"), site.app.form_key());
    let mut page = assemble::tracking(frame, loaded, &detail, &names, place);
    match above {
        Above::Done(said) => page.done = said,
        Above::Faults { command, faults, text } => {
            let field = if command == "messages" { "message" } else { command };
            for fault in faults {
                page.errors.add(field, fault);
            }
            // What was typed is typed once.
            match (command, &mut page.write, &mut page.respond) {
                ("messages", Some(form), _) => text.clone_into(&mut form.text),
                ("disagreement", _, Some(form)) => text.clone_into(&mut form.text),
                _ => {}
            }
        }
    }
    let wrong = page.errors.any();
    html(&page, lang, if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

/// What the page says first.
enum Above<'a> {
    /// What was just done; empty when nothing was.
    Done(String),
    /// What is wrong with a form, and what was typed into it.
    Faults {
        /// Whose form it is.
        command: &'a str,
        /// What is wrong.
        faults: Vec<String>,
        /// What was typed.
        text: &'a str,
    },
}

/// Names of staff as shown to complainants.
async fn names(site: &Site) -> Result<HashMap<String, String>, AppError> {
    Ok(site.app.accounts().await?.into_iter().map(|row| (row.id, row.name)).collect())
}

pub(super) async fn messages(
    State(site): State<Site>,
    Path((lang, token)): Path<(String, String)>,
    asker: Asker,
    request: Request,
) -> Response {
    with_files(&site, (lang, token), &asker, request, "messages", "error-message-missing").await
}

pub(super) async fn disagreement(
    State(site): State<Site>,
    Path((lang, token)): Path<(String, String)>,
    asker: Asker,
    request: Request,
) -> Response {
    with_files(&site, (lang, token), &asker, request, "disagreement", "error-disagreement-missing")
        .await
}

async fn with_files(
    site: &Site,
    (lang, token): (String, String),
    asker: &Asker,
    request: Request,
    command: &str,
    missing: &str,
) -> Response {
    let Some(lang) = lang_of(site, &lang) else { return NotFound::page(site, asker.lang) };
    let owner = address_key(asker.address);
    let typed = match typed_by_holder(site, &token, asker, request).await {
        Ok(typed) => typed,
        Err(error) => return problem(site, lang, error),
    };
    let mut body = json!({"files": typed.files()});
    if !typed.get("text").trim().is_empty() {
        body["text"] = json!(typed.get("text"));
    }
    let nothing =
        body.get("text").is_none() && (command == "disagreement" || typed.files().is_empty());
    let fault = match typed.faults.first() {
        Some((name, error)) => Some(file_words(lang, name, error)),
        None => nothing.then(|| redress_text::t(lang, missing)),
    };
    act(site, lang, &token, (command, &body, typed.get("key")), &owner, fault).await
}

/// Reads a form with files, once its sender is known to hold the tracking link: nobody else may
/// leave files here.
async fn typed_by_holder(
    site: &Site,
    token: &str,
    asker: &Asker,
    request: Request,
) -> Result<Typed, AppError> {
    site.admit(asker.address)?;
    site.app.load_tracked(&Secret::received(token)).await?;
    Typed::read(site, request, &address_key(asker.address)).await
}

pub(super) async fn agreement(
    State(site): State<Site>,
    Path((lang, token)): Path<(String, String)>,
    asker: Asker,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, asker.lang) };
    let owner = address_key(asker.address);
    // Agreeing twice is agreeing once, with or without a key.
    act(&site, lang, &token, ("agreement", &json!({}), ""), &owner, None).await
}

pub(super) async fn rating(
    State(site): State<Site>,
    Path((lang, token)): Path<(String, String)>,
    asker: Asker,
    RawBody(body): RawBody,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, asker.lang) };
    let fields = match pairs(&body) {
        Ok(fields) => fields,
        Err(error) => return problem(&site, lang, error),
    };
    let number = |name: &str| {
        fields.iter().find(|(known, _)| known == name).and_then(|(_, v)| v.parse::<u8>().ok())
    };
    let mut body = json!({"round": number("round"), "result": number("result"), "handling": number("handling")});
    if let Some((_, text)) =
        fields.iter().find(|(name, text)| name == "text" && !text.trim().is_empty())
    {
        body["text"] = json!(text);
    }
    let whole = ["round", "result", "handling"].iter().all(|name| !body[*name].is_null());
    let fault = (!whole).then(|| redress_text::t(lang, "error-rating-missing"));
    // A round is rated once, with or without a key.
    act(&site, lang, &token, ("rating", &body, ""), &address_key(asker.address), fault).await
}

/// The key under which a form is carried out once. Whoever goes back and writes something else, or
/// chooses another picture, sends something else.
async fn key_of(site: &Site, key: &str, body: &Value) -> Result<String, AppError> {
    if key.is_empty() {
        return Ok(String::new());
    }
    let said = site.app.fingerprint(&body.to_string()).await?;
    Ok(hex(&sha256(format!("{key}\n{}", hex(&said)).as_bytes())))
}

/// Runs a command of the complainant and goes back to the page.
async fn act(
    site: &Site,
    lang: Lang,
    token: &str,
    (name, body, key): (&str, &Value, &str),
    owner: &str,
    fault: Option<String>,
) -> Response {
    let loaded = match site.app.load_tracked(&Secret::received(token)).await {
        Ok(loaded) => loaded,
        Err(error) => return problem(site, lang, error),
    };
    let text = body["text"].as_str().unwrap_or_default();
    let faulty = |faults: Vec<String>| Above::Faults { command: name, faults, text };
    if let Some(fault) = fault {
        return show(site, lang, token, &loaded, faulty(vec![fault])).await;
    }
    let asked = Asked { name, body, actor: &Actor::Complainant, owner, if_match: None };
    let key = match key_of(site, key, body).await {
        Ok(key) => key,
        Err(error) => return problem(site, lang, error),
    };
    match site.app.run_once(loaded, asked, Some(&key)).await {
        Ok(_) => Redirect::to(&format!("/{lang}/track/{token}?done={name}")).into_response(),
        Err(AppError::Fields(faults)) => {
            let faults = faults.iter().map(|fault| crate::http::field_words(lang, fault)).collect();
            match site.app.load_tracked(&Secret::received(token)).await {
                Ok(loaded) => show(site, lang, token, &loaded, faulty(faults)).await,
                Err(error) => problem(site, lang, error),
            }
        }
        Err(error) => problem(site, lang, error),
    }
}
