//! The complaint form: shown, and received with everything kept when something is wrong.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, NoticeIn};
use redress_core::kinds::Lang;

use super::{
    RECEIPT_COOKIE,
    page::{NotFound, broken, frame, html, lang_of, problem},
    typed::{Typed, file_words},
};
use crate::{
    Site,
    components::{FieldErrors, KeptFile, Section},
    http::{Asker, Path, Speaks, address_key, log, set_cookie, status_of},
    portal::{assemble, field_errors, view::FormValues},
};

/// How long the receipt opens by cookie, in seconds.
const RECEIPT_SECONDS: u32 = 24 * 60 * 60;

pub(super) async fn get(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path(lang): Path<String>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    let key = site.app.form_key();
    show(&site, lang, key, (FormValues::default(), FieldErrors::default()), vec![], StatusCode::OK)
}

fn show(
    site: &Site,
    lang: Lang,
    key: String,
    typed: (FormValues, FieldErrors),
    kept: Vec<KeptFile>,
    status: StatusCode,
) -> Response {
    let frame = frame(site, lang, "/complaints/new", Section::New);
    let pack = site.app.pack();
    match assemble::form(frame, &pack, key, typed, kept) {
        Ok(mut form) => {
            if status == StatusCode::INSUFFICIENT_STORAGE {
                form.calls = assemble::calls(&form.frame.w, &pack.policy);
            }
            html(&form, lang, status)
        }
        Err(error) => broken(site, lang, &error.to_string()),
    }
}

pub(super) async fn post(
    State(site): State<Site>,
    Path(lang): Path<String>,
    asker: Asker,
    request: Request,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, asker.lang) };
    if let Err(error) = site.admit(asker.address) {
        return problem(&site, lang, error);
    }
    let owner = address_key(asker.address);
    let typed = match Typed::read(&site, request, &owner).await {
        Ok(typed) => typed,
        Err(error) => return problem(&site, lang, error),
    };
    receive(&site, lang, &typed, &owner).await.unwrap_or_else(|error| problem(&site, lang, error))
}

async fn receive(
    site: &Site,
    lang: Lang,
    typed: &Typed,
    owner: &str,
) -> Result<Response, AppError> {
    let mut values = FormValues::default();
    for (name, value) in &typed.fields {
        values.set(name, value.clone());
    }
    let frame = frame(site, lang, "/complaints/new", Section::New);
    let body = values.body(lang, &frame.w.zone, typed.files(), typed.get("consent.notice"));
    let mut errors = FieldErrors::default();
    for (name, fault) in &typed.faults {
        errors.add("files", file_words(lang, name, fault));
    }
    let key = typed.get("key").to_owned();
    let lost_a_file = typed.faults.iter().any(|(_, fault)| matches!(fault, AppError::DiskFull));
    let mut status = if lost_a_file {
        StatusCode::INSUFFICIENT_STORAGE
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    if !errors.any() {
        let text = json_text(&body)?;
        let key = Some(key.as_str()).filter(|key| !key.is_empty());
        match site.app.receive(NoticeIn { body: &text, by: None, owner, key }).await {
            Ok(receipt) => return Ok(accepted(site, lang, &receipt)),
            Err(AppError::Fields(faults)) => errors = field_errors(&frame.w, &faults, &values),
            Err(AppError::KeyReused | AppError::KeyUnfit) => {
                errors.add("text", redress_text::t(lang, "error-expired"));
                let kept = kept(site, typed, owner).await?;
                return Ok(show(site, lang, site.app.form_key(), (values, errors), kept, status));
            }
            Err(error @ AppError::DiskFull) => {
                status = status_of(&error);
                log(&error, status);
            }
            Err(error) => return Err(error),
        }
    }
    let kept = kept(site, typed, owner).await?;
    Ok(show(site, lang, key, (values, errors), kept, status))
}

/// Files of the attempt, so that nothing is uploaded twice.
async fn kept(site: &Site, typed: &Typed, owner: &str) -> Result<Vec<KeptFile>, AppError> {
    let known = site.app.uploads(&typed.files(), owner).await?;
    let kept = known.into_iter().map(|file| KeptFile {
        upload: file.id,
        name: file.name,
        bytes: file.bytes,
    });
    Ok(kept.collect())
}

fn accepted(site: &Site, lang: Lang, receipt: &redress_app::Receipt) -> Response {
    let token = receipt.tracking_url.rsplit('/').next().unwrap_or_default();
    let cookie = set_cookie(RECEIPT_COOKIE, token, RECEIPT_SECONDS, site.is_secure());
    let mut response =
        Redirect::to(&format!("/{lang}/complaints/{}/receipt", receipt.reference)).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The body as the API would have received it, without what was left empty.
fn json_text(body: &redress_core::intake::Body) -> Result<String, AppError> {
    fn prune(value: &mut serde_json::Value) {
        if let Some(map) = value.as_object_mut() {
            map.values_mut().for_each(prune);
            map.retain(|_, value| !value.is_null());
        }
    }
    let mut value = serde_json::to_value(body)
        .map_err(|error| AppError::Malformed { detail: error.to_string() })?;
    prune(&mut value);
    Ok(value.to_string())
}
