//! The page that erases a person. Must not decide who may, or what must stay: `redress-app` does.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use redress_app::{AppError, BackupLeft, Erasing, PersonKept};
use redress_core::{complaint::vocabulary::ErasureGround, id::PersonId};

use super::{
    page::{Done, inside, refused, trouble},
    session::Staff,
    typed::Typed,
};
use crate::{
    Site,
    components::{FieldErrors, Words},
    desk::{
        Place,
        form::{Choice, Refused},
        view::{Erasure, ErasureRecord},
    },
    http::{Path, Query},
    portal::door::html,
};

/// What was typed and what came of it.
#[derive(Default)]
struct Tried {
    ground: String,
    with: Vec<String>,
    errors: FieldErrors,
    refused: Option<Refused>,
}

pub(super) async fn get(
    State(site): State<Site>,
    staff: Staff,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Response {
    match show(&site, &staff, &id, &done, Tried::default()).await {
        Ok(page) => page,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

pub(super) async fn post(
    State(site): State<Site>,
    staff: Staff,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let done = match Typed::read(&site, request, &staff).await {
        Ok(typed) => erase(&site, &staff, &id, &typed).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(answer) => answer,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

async fn erase(site: &Site, staff: &Staff, id: &str, typed: &Typed) -> Result<Response, AppError> {
    let mut tried = Tried {
        ground: typed.get("ground").to_owned(),
        with: typed.all("with"),
        ..Tried::default()
    };
    let w = redress_text::t;
    let ground: Option<ErasureGround> = tried.ground.parse().ok();
    if ground.is_none() {
        tried.errors.add("ground", w(staff.lang, "field-error-missing"));
    }
    if typed.get("sure") != "yes" {
        tried.errors.add("sure", w(staff.lang, "desk-erasure-not-sure"));
    }
    if let (Some(ground), false) = (ground, tried.errors.any()) {
        let with = tried.with.iter().map(|id| read(id)).collect::<Result<Vec<_>, _>>()?;
        let actor = staff.actor();
        let asked = Erasing { person: read(id)?, with: &with, ground, actor: &actor };
        match site.app.erase(asked).await {
            Ok(_) => {
                let back = format!("/desk/people/{id}/erasure?done=erased");
                return Ok(Redirect::to(&back).into_response());
            }
            Err(AppError::Refused(refusal)) => {
                tried.refused = Some(refused(staff.lang, &refusal));
            }
            Err(error) => return Err(error),
        }
    }
    show(site, staff, id, &Done::default(), tried).await
}

fn read(id: &str) -> Result<PersonId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

async fn show(
    site: &Site,
    staff: &Staff,
    id: &str,
    done: &Done,
    tried: Tried,
) -> Result<Response, AppError> {
    let going = site.app.who_goes(read(id)?, &staff.actor()).await?;
    let left = site.app.left_after_erasure()?;
    let path = format!("/desk/people/{id}/erasure");
    let mut frame = inside(site, staff, Place::Other, &path).await;
    frame.done = done.words(&frame.w);
    let w = &frame.w;
    let erased = going.person.erased;
    let held = |person: &PersonKept| person.complaints.iter().any(|one| one.hold.is_some());
    let goes: Vec<PersonKept> = std::iter::once(going.person).chain(going.same).collect();
    let backups = left.backups.iter().map(|backup| backup_words(w, backup));
    let upgrades = left.before_upgrades.iter();
    let upgrades = upgrades.map(|file| w.t1("desk-erasure-left-upgrade", "file", file));
    let view = Erasure {
        id: id.to_owned(),
        held: goes.iter().any(held),
        erased,
        left: backups.chain(upgrades).collect(),
        others: going.others.iter().map(|person| record(w, person, &tried.with)).collect(),
        goes: goes.iter().map(|person| record(w, person, &[])).collect(),
        grounds: grounds(w),
        ground: tried.ground,
        refused: tried.refused,
        errors: tried.errors,
        frame,
    };
    let wrong = view.errors.any();
    let status = match view.refused {
        Some(_) => StatusCode::CONFLICT,
        None if wrong => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok(html(&view, staff.lang, status))
}

fn grounds(w: &Words) -> Vec<Choice> {
    let choice = |ground: &ErasureGround| {
        Choice::new(ground.to_string(), w.t(&format!("erasure-ground-{ground}")))
    };
    ErasureGround::ALL.iter().map(choice).collect()
}

fn backup_words(w: &Words, backup: &BackupLeft) -> String {
    let at = |text: &str| match text.parse::<Timestamp>() {
        Ok(at) => w.instant(&at),
        Err(_) => text.to_owned(),
    };
    let (made, goes) = (at(&backup.made_at), at(&backup.goes_at));
    w.t2("desk-erasure-left-backup", "made", &made, "goes", goes)
}

fn record(w: &Words, person: &PersonKept, on: &[String]) -> ErasureRecord {
    let named = [&person.name, &person.organisation].into_iter().filter(|name| !name.is_empty());
    let named = named.map(String::as_str).collect::<Vec<_>>().join(", ");
    let contacts = person.contacts.iter().map(|contact| match contact.kind.as_str() {
        "phone" => w.phone(&contact.value),
        _ => contact.value.clone(),
    });
    let complaints = person.complaints.iter().map(|one| {
        let hold = one.hold.as_ref().map(|ground| {
            let ground = w.t(&format!("hold-ground-{ground}"));
            w.t1("desk-erasure-hold", "ground", ground)
        });
        let state = if one.open { w.t("desk-erasure-open") } else { String::new() };
        (one.reference.clone(), state, hold.unwrap_or_default())
    });
    ErasureRecord {
        id: person.id.clone(),
        who: if named.is_empty() { w.t("desk-erasure-nameless") } else { named },
        contacts: contacts.collect::<Vec<_>>().join(", "),
        complaints: complaints.collect(),
        on: on.contains(&person.id),
    }
}
