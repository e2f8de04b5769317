//! One command of a complaint, as its form posts it.
//! Must not know a single command: the registry's shape says what a form means.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Asked, Loaded, hex, sha256};
use redress_core::complaint::{
    people::may_see,
    registry::{CommandSpec, Field, FieldKind, Shape, find_shape},
};

use super::{
    case::{reach, show},
    director,
    page::{Done, problem, refused, trouble},
    session::Staff,
    typed::Typed,
};
use crate::{
    Site,
    components::FieldErrors,
    desk::{
        assemble::Again,
        form::{Filled, faults, to_body},
    },
    http::{Path, status_of},
};

pub(super) async fn post(
    State(site): State<Site>,
    staff: Staff,
    Path((reference, shape)): Path<(String, String)>,
    request: Request,
) -> Response {
    let Some((command, shape)) = find_shape(&shape) else {
        return trouble(&site, &staff, AppError::NotFound).await;
    };
    let loaded = match reach(&site, &staff, &reference).await {
        Ok(loaded) => loaded,
        Err(error) => return trouble(&site, &staff, error).await,
    };
    let reference = loaded.complaint.reference.to_string();
    let typed = match Typed::read(&site, request, &staff).await {
        Ok(typed) => typed,
        Err(error) => {
            let back = format!("/desk/complaints/{reference}");
            return problem(&site, &staff, error, &back, vec![]).await;
        }
    };
    let form = Form { site: &site, staff: &staff, shape, typed: &typed, reference: &reference };
    form.run(command, loaded).await
}

/// A form on its way.
struct Form<'a> {
    site: &'a Site,
    staff: &'a Staff,
    shape: &'static Shape,
    typed: &'a Typed,
    reference: &'a str,
}

impl Form<'_> {
    async fn run(&self, command: &'static CommandSpec, loaded: Loaded) -> Response {
        if !self.typed.faults.is_empty() {
            let mut errors = FieldErrors::default();
            for (field, words) in &self.typed.faults {
                errors.add(field, words.clone());
            }
            let filled = Filled { errors, ..Filled::default() };
            return self.again(filled, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        let seen = self.typed.get("version");
        let if_match = match seen.parse() {
            Ok(version) => Some(version),
            Err(_) if seen.is_empty() => None,
            Err(_) => {
                let detail = "`version` is not a number".to_owned();
                return self.not_done(AppError::Malformed { detail }).await;
            }
        };
        let body = to_body(self.shape, &self.typed.pairs, loaded.pack.policy.calendar.zone());
        let asked = Asked {
            name: command.name,
            body: &body,
            actor: &self.staff.actor(),
            owner: &self.staff.owner(),
            if_match,
        };
        // The same form of the same session on the same version, sent twice, is carried out once.
        let key = if_match.map(|version| {
            let whole = format!("{}\n{}\n{version}\n{body}", self.staff.form_token, self.shape.id);
            hex(&sha256(whole.as_bytes()))
        });
        match self.site.app.run_once(loaded, asked, key.as_deref()).await {
            Ok(_) => self.done().await,
            Err(error) => self.not_done(error).await,
        }
    }

    /// Back to the page, or to the queue when the complaint went out of sight.
    async fn done(&self) -> Response {
        let (reference, shape) = (self.reference, self.shape.id);
        let rest = format!("done={shape}&of={reference}");
        if self.typed.get("back") == "director" {
            return Redirect::to(&format!("/desk/director?{rest}")).into_response();
        }
        let seen = self.site.app.load(reference).await;
        let seen = seen.is_ok_and(|loaded| may_see(&self.staff.member, &loaded.complaint));
        let page = if seen { format!("complaints/{reference}") } else { "queue".to_owned() };
        Redirect::to(&format!("/desk/{page}?{rest}")).into_response()
    }

    async fn not_done(&self, error: AppError) -> Response {
        let status = status_of(&error);
        match error {
            AppError::Fields(errors) => {
                let errors = faults(self.staff.lang, self.shape, &errors);
                self.again(Filled { errors, ..Filled::default() }, status).await
            }
            AppError::Refused(refusal) => {
                let refused = Some(refused(self.staff.lang, &refusal));
                self.again(Filled { refused, ..Filled::default() }, status).await
            }
            error => {
                let back = format!("/desk/complaints/{}", self.reference);
                problem(self.site, self.staff, error, &back, self.words()).await
            }
        }
    }

    /// The page again, with everything typed kept.
    async fn again(&self, mut filled: Filled, status: StatusCode) -> Response {
        match self.show_again(&mut filled, status).await {
            Ok(page) => page,
            Err(error) => trouble(self.site, self.staff, error).await,
        }
    }

    async fn show_again(
        &self,
        filled: &mut Filled,
        status: StatusCode,
    ) -> Result<Response, AppError> {
        // A card of the inbox keeps no words; a form with words comes back on the complaint's page.
        let one_tap = self.typed.get("back") == "director" && self.typed.get("note").is_empty();
        if let (true, Some(refused)) = (one_tap, filled.refused.clone()) {
            let met = Some((self.reference, refused));
            return director::show(self.site, self.staff, met, (status, &Done::default())).await;
        }
        let loaded = reach(self.site, self.staff, self.reference).await?;
        filled.values.clone_from(&self.typed.pairs);
        filled.uploads = self.uploads().await?;
        let again = Again { shape: self.shape.id, filled: std::mem::take(filled) };
        show(self.site, self.staff, &loaded, Some(&again), (status, &Done::default())).await
    }

    /// Files of the attempt, so that nothing is uploaded twice: field, id, name.
    async fn uploads(&self) -> Result<Vec<(String, String, String)>, AppError> {
        let mut uploads = vec![];
        for field in file_fields("", self.shape.fields) {
            let known = self.site.app.uploads(&self.typed.all(&field), &self.staff.owner()).await?;
            uploads.extend(known.into_iter().map(|one| (field.clone(), one.id, one.name)));
        }
        Ok(uploads)
    }

    /// What was typed, to be copied out: label and value.
    fn words(&self) -> Vec<(String, String)> {
        let typed = self.typed.pairs.iter().filter(|(name, value)| {
            !value.trim().is_empty() && !["key", "version", "back"].contains(&name.as_str())
        });
        let label = |name: &str| {
            let last = name.rsplit('.').next().unwrap_or_default();
            redress_text::t(self.staff.lang, &format!("field-{last}"))
        };
        let files = file_fields("", self.shape.fields);
        let known = |name: &String| {
            let first = name.split('.').next().unwrap_or_default();
            self.shape.fields.iter().any(|field| field.name == first) && !files.contains(name)
        };
        typed
            .filter(|(name, _)| known(name))
            .map(|(name, value)| (label(name), value.clone()))
            .collect()
    }
}

/// Names of the form's fields that take files.
fn file_fields(prefix: &str, fields: &[Field]) -> Vec<String> {
    let mut names = vec![];
    for field in fields {
        let name = format!("{prefix}{}", field.name);
        match field.kind {
            FieldKind::File | FieldKind::Files => names.push(name),
            FieldKind::Group(inner) => names.extend(file_fields(&format!("{name}."), inner)),
            _ => {}
        }
    }
    names
}
