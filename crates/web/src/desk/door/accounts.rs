//! Accounts: made, switched off, given a new link; for administrators, who see no complaints.
//! Must not choose or show a password: people get a link that works once and is shown once.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, NewAccount};
use redress_core::{
    id::AccountId,
    kinds::{DepartmentId, Role},
};

use super::{
    gate::told,
    page::{Done, inside, trouble},
    session::Staff,
    typed::Typed,
};
use crate::{
    Site,
    components::FieldErrors,
    desk::{
        Place,
        assemble::{department, departments},
        view::{Account, Accounts},
    },
    http::{Path, Query},
    portal::door::html,
};

/// What the page shows beside the accounts.
#[derive(Default)]
struct Beside {
    link: Option<(String, String)>,
    typed: Vec<(String, String)>,
    errors: FieldErrors,
    done: Done,
}

pub(super) async fn get(
    State(site): State<Site>,
    staff: Staff,
    Query(done): Query<Done>,
) -> Response {
    let shown = show(&site, &staff, Beside { done, ..Beside::default() }).await;
    answer(&site, &staff, shown).await
}

async fn answer(site: &Site, staff: &Staff, shown: Result<Response, AppError>) -> Response {
    match shown {
        Ok(page) => page,
        Err(error) => trouble(site, staff, error).await,
    }
}

async fn show(site: &Site, staff: &Staff, beside: Beside) -> Result<Response, AppError> {
    allowed(staff)?;
    let pack = site.app.pack();
    let unit = |id: &str| department(&pack, staff.lang, id);
    let account = site.app.accounts().await?.into_iter().filter_map(|row| {
        let authority = row.authority.split_whitespace().map(|id| match id {
            "all" => redress_text::t(staff.lang, "desk-any"),
            id => unit(id),
        });
        Some(Account {
            authority: authority.collect(),
            role: row.role.parse().ok()?,
            department: DepartmentId::parse(&row.department).map(|id| unit(id.as_str())),
            id: row.id,
            name: row.name,
            email: row.email,
            disabled: row.disabled,
            last_seen: None,
        })
    });
    let mut accounts: Vec<Account> = account.collect();
    accounts.sort_by(|a, b| a.name.cmp(&b.name));
    let mut frame = inside(site, staff, Place::Accounts, "/desk/accounts").await;
    frame.done = beside.done.words(&frame.w);
    let status =
        if beside.errors.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = Accounts {
        holidays: super::page::holidays(site, staff.lang),
        accounts,
        departments: departments(&pack, staff.lang),
        link: beside.link,
        typed: beside.typed,
        errors: beside.errors,
        frame,
    };
    Ok(html(&view, staff.lang, status))
}

fn allowed(staff: &Staff) -> Result<(), AppError> {
    if staff.is(&[Role::Admin]) { Ok(()) } else { Err(AppError::Forbidden) }
}

pub(super) async fn post(State(site): State<Site>, staff: Staff, request: Request) -> Response {
    let added = match read(&site, &staff, request).await {
        Ok(typed) => add(&site, &staff, typed).await,
        Err(error) => Err(error),
    };
    answer(&site, &staff, added).await
}

async fn read(site: &Site, staff: &Staff, request: Request) -> Result<Typed, AppError> {
    allowed(staff)?;
    Typed::read(site, request, staff).await
}

async fn add(site: &Site, staff: &Staff, typed: Typed) -> Result<Response, AppError> {
    let mut errors = FieldErrors::default();
    let lang = staff.lang;
    let role = typed.get("role").parse::<Role>();
    if role.is_err() {
        errors.add("role", redress_text::t(lang, "field-error-not-a-choice"));
    }
    if let (Ok(role), false) = (role, errors.any()) {
        let new = NewAccount {
            name: typed.get("name").to_owned(),
            email: typed.get("email").to_owned(),
            role,
            department: typed.all("department").into_iter().next(),
            authority: typed.all("authority"),
        };
        match site.app.add_account(&new, &staff.actor()).await {
            Ok(member) => return link(site, staff, member.id, member.name).await,
            Err(AppError::Fields(faults)) => {
                let w = super::page::outside(site, lang, "").w;
                told(&w, &faults, &mut errors);
            }
            Err(AppError::Taken { .. }) => {
                errors.add("email", redress_text::t(lang, "problem-taken"));
            }
            Err(error) => return Err(error),
        }
    }
    show(site, staff, Beside { typed: typed.pairs, errors, ..Beside::default() }).await
}

/// The page with a new link, which is shown this once and so cannot wait behind a redirect.
async fn link(
    site: &Site,
    staff: &Staff,
    id: AccountId,
    name: String,
) -> Result<Response, AppError> {
    let link = site.app.setup_link(Some(id)).await?;
    show(site, staff, Beside { link: Some((name, link)), ..Beside::default() }).await
}

pub(super) async fn reset(
    State(site): State<Site>,
    staff: Staff,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let made = async {
        read(&site, &staff, request).await?;
        let (id, name, _) = find(&site, &id).await?;
        link(&site, &staff, id, name).await
    };
    let made = made.await;
    answer(&site, &staff, made).await
}

pub(super) async fn disable(
    State(site): State<Site>,
    staff: Staff,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let disabled = async {
        read(&site, &staff, request).await?;
        let (id, _, email) = find(&site, &id).await?;
        // Nobody locks the door behind themselves.
        if id == staff.member.id {
            return Err(AppError::Forbidden);
        }
        site.app.set_active(&email, false, &staff.actor()).await?;
        Ok(Redirect::to("/desk/accounts?done=account-disabled").into_response())
    };
    let disabled = disabled.await;
    answer(&site, &staff, disabled).await
}

/// Id, name and e-mail of an account.
async fn find(site: &Site, id: &str) -> Result<(AccountId, String, String), AppError> {
    let row = site.app.accounts().await?.into_iter().find(|row| row.id == id);
    let row = row.ok_or(AppError::NotFound)?;
    Ok((row.id.parse().map_err(|_| AppError::NotFound)?, row.name, row.email))
}
