//! The single-use set-up link: GET shows the form, POST sets the password; the first link of an
//! installation makes its first account.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use redress_app::{AppError, NewAccount, Password, Secret};
use redress_core::{complaint::people::Member, field::FieldErrors as Faults, kinds::Role};

use super::{
    super::{page::outside, session::language, typed::field},
    sign_in::{spent, welcome},
};
use crate::{
    Site,
    components::{FieldErrors, Words},
    desk::view::{FirstAccount, SetUp},
    http::{ApiError, Asker, Path, RawBody, field_words, pairs},
    portal::door::html,
};

pub(in crate::desk::door) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Response {
    match site.app.look_at_link(&Secret::received(&secret)).await {
        Ok(member) => show(&site, &headers, (secret, member), vec![], FieldErrors::default()),
        Err(AppError::NotFound) => spent(&site, &headers),
        Err(error) => ApiError::new(error, language(&site, &headers)).into_response(),
    }
}

fn show(
    site: &Site,
    headers: &HeaderMap,
    (token, member): (String, Option<Member>),
    typed: Vec<(String, String)>,
    errors: FieldErrors,
) -> Response {
    let lang = language(site, headers);
    let frame = outside(site, lang, &format!("/desk/set-up/{token}"));
    let status = if errors.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match member {
        Some(member) => {
            let account = Some((member.name, member.email));
            html(&SetUp { frame, token, account, errors }, lang, status)
        }
        None => html(&FirstAccount { frame, token, typed, errors }, lang, status),
    }
}

pub(in crate::desk::door) async fn post(
    State(site): State<Site>,
    asker: Asker,
    headers: HeaderMap,
    Path(token): Path<String>,
    RawBody(body): RawBody,
) -> Response {
    let lang = language(&site, &headers);
    let fault = |error| ApiError::new(error, lang).into_response();
    if let Err(error) = site.admit(asker.address) {
        return fault(error);
    }
    let fields = match pairs(&body) {
        Ok(fields) => fields,
        Err(error) => return fault(error),
    };
    let secret = Secret::received(&token);
    let member = match site.app.look_at_link(&secret).await {
        Ok(member) => member,
        Err(AppError::NotFound) => return spent(&site, &headers),
        Err(error) => return fault(error),
    };
    let w = outside(&site, lang, "").w;
    let mut errors = FieldErrors::default();
    if field(&fields, "password") != field(&fields, "again") {
        errors.add("again", w.t("desk-password-differs"));
    }
    let first = member.is_none().then(|| first(&fields, &w, &mut errors));
    if !errors.any() {
        let password = Password::typed(field(&fields, "password"));
        match site.app.use_link(&secret, &password, first.as_ref()).await {
            Ok(member) => return enter(&site, &member, lang).await,
            Err(AppError::Fields(faults)) => told(&w, &faults, &mut errors),
            Err(AppError::NotFound) => return spent(&site, &headers),
            Err(error) => return fault(error),
        }
    }
    show(&site, &headers, (token, member), fields, errors)
}

async fn enter(site: &Site, member: &Member, lang: redress_core::kinds::Lang) -> Response {
    match site.app.new_session(member).await {
        Ok(session) => welcome(site, &session, member, ""),
        Err(error) => ApiError::new(error, lang).into_response(),
    }
}

/// The first account, as typed: an administrator or the General Director.
fn first(fields: &[(String, String)], w: &Words, errors: &mut FieldErrors) -> NewAccount {
    let role = field(fields, "role").parse().ok();
    let role = role.filter(|role| matches!(role, Role::Admin | Role::Director));
    if role.is_none() {
        errors.add("role", w.t("field-error-not-a-choice"));
    }
    NewAccount {
        name: field(fields, "name").to_owned(),
        email: field(fields, "email").to_owned(),
        role: role.unwrap_or(Role::Admin),
        department: None,
        authority: vec![],
    }
}

/// Faults beside their fields.
pub(in crate::desk::door) fn told(w: &Words, faults: &Faults, errors: &mut FieldErrors) {
    for fault in faults.iter() {
        let words = match fault.code {
            "password-common" => w.t("desk-password-common"),
            _ => field_words(w.lang, fault),
        };
        errors.add(fault.pointer.rsplit('/').next().unwrap_or_default(), words);
    }
}
