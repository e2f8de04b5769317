//! The duty roster: who is warned at once, day and night; and who stands in for the Director.
//! Must not decide who may what: `redress-app` does.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use redress_app::{AppError, NewDelegation};
use redress_core::kinds::Role;

use super::{
    gate::told,
    page::{Done, ROSTER, duty, inside, trouble},
    session::Staff,
    typed::Typed,
};
use crate::{
    Site,
    components::{FieldErrors, Words},
    desk::{
        Place,
        assemble::People,
        view::{Deputy, Roster, Shift},
    },
    http::{Path, Query, field_words},
    portal::door::html,
};

/// Who may stand in for the Director.
const STANDS_IN: &[Role] = &[Role::Care, Role::Department];
/// Who may be on duty.
const ON_DUTY: &[Role] = &[Role::Care, Role::Department, Role::Director];

pub(super) async fn get(
    State(site): State<Site>,
    staff: Staff,
    Query(done): Query<Done>,
) -> Response {
    match show(&site, &staff, vec![], FieldErrors::default(), &done).await {
        Ok(page) => page,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

async fn show(
    site: &Site,
    staff: &Staff,
    typed: Vec<(String, String)>,
    errors: FieldErrors,
    done: &Done,
) -> Result<Response, AppError> {
    let mut frame = inside(site, staff, Place::Duty, "/desk/duty").await;
    frame.done = done.words(&frame.w);
    let shifts = site.app.duty_lines().await?.into_iter().map(|line| Shift {
        id: line.id,
        person: line.name,
        phone: line.phone,
        from: line.from,
        until: line.until,
    });
    let deputies = site.app.delegations().await?.into_iter().map(|held| Deputy {
        id: held.id,
        person: held.name,
        director: held.director,
        from: held.from,
        until: held.until,
    });
    let (pack, people) = (site.app.pack(), People::of(&site.app).await?);
    let status = if errors.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = Roster {
        duty: duty(site).await?,
        shifts: shifts.collect(),
        may_change: staff.is(ROSTER),
        people: people.choices(&frame.w, &pack, ON_DUTY),
        deputies: deputies.collect(),
        may_delegate: delegates(staff),
        candidates: people.choices(&frame.w, &pack, STANDS_IN),
        typed,
        errors,
        frame,
    };
    Ok(html(&view, staff.lang, status))
}

async fn answer(site: &Site, staff: &Staff, done: Result<Response, AppError>) -> Response {
    match done {
        Ok(answer) => answer,
        Err(error) => trouble(site, staff, error).await,
    }
}

/// Whether a member names deputies: the Director alone; who stands in names nobody.
fn delegates(staff: &Staff) -> bool {
    staff.member.role == Role::Director
}

pub(super) async fn post(State(site): State<Site>, staff: Staff, request: Request) -> Response {
    let set = match Typed::read(&site, request, &staff).await {
        Ok(typed) => add(&site, &staff, typed).await,
        Err(error) => Err(error),
    };
    answer(&site, &staff, set).await
}

pub(super) async fn end(
    State(site): State<Site>,
    staff: Staff,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let ended = async {
        Typed::read(&site, request, &staff).await?;
        if !staff.is(ROSTER) {
            return Err(AppError::Forbidden);
        }
        site.app.end_duty(&id, &staff.actor()).await?;
        Ok(Redirect::to("/desk/duty?done=duty-ended").into_response())
    };
    let ended = ended.await;
    answer(&site, &staff, ended).await
}

pub(super) async fn delegate(State(site): State<Site>, staff: Staff, request: Request) -> Response {
    let made = match Typed::read(&site, request, &staff).await {
        Ok(typed) => name_deputy(&site, &staff, typed).await,
        Err(error) => Err(error),
    };
    answer(&site, &staff, made).await
}

pub(super) async fn end_delegation(
    State(site): State<Site>,
    staff: Staff,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let ended = async {
        Typed::read(&site, request, &staff).await?;
        site.app.end_delegation(&id, &staff.actor()).await?;
        Ok(Redirect::to("/desk/duty?done=deputy-ended").into_response())
    };
    let ended = ended.await;
    answer(&site, &staff, ended).await
}

async fn name_deputy(site: &Site, staff: &Staff, typed: Typed) -> Result<Response, AppError> {
    if !delegates(staff) {
        return Err(AppError::Forbidden);
    }
    let w = words(site, staff);
    let mut errors = FieldErrors::default();
    let dates = dates(&w, &typed, ("deputy", "deputy_from", "deputy_until"), &mut errors);
    if let Some((from, until)) = dates {
        let new = NewDelegation { to: typed.get("deputy"), director: None, from, until };
        match site.app.delegate(new, &staff.actor()).await {
            Ok(_) => return Ok(Redirect::to("/desk/duty?done=deputy").into_response()),
            Err(AppError::Fields(faults)) => {
                for fault in faults.iter() {
                    let field = match fault.pointer.as_str() {
                        "/until" => "deputy_until",
                        "/from" => "deputy_from",
                        _ => "deputy",
                    };
                    errors.add(field, field_words(w.lang, fault));
                }
            }
            Err(AppError::NotFound) => errors.add("deputy", w.t("refusal-unknown-account")),
            Err(error) => return Err(error),
        }
    }
    show(site, staff, typed.pairs, errors, &Done::default()).await
}

fn words(site: &Site, staff: &Staff) -> Words {
    let zone = site.app.pack().policy.calendar.zone().clone();
    Words { lang: staff.lang, zone, now: site.app.now() }
}

/// From when until when, once a person is named; what is missing goes to `errors`.
fn dates(
    w: &Words,
    typed: &Typed,
    (person, from, until): (&str, &str, &str),
    errors: &mut FieldErrors,
) -> Option<(Timestamp, Timestamp)> {
    if typed.get(person).is_empty() {
        errors.add(person, w.t("field-error-missing"));
    }
    let mut at = |name: &str| {
        let at = local(typed.get(name), &w.zone);
        if at.is_none() {
            errors.add(name, w.t("field-error-not-an-instant"));
        }
        at
    };
    let dates = (at(from), at(until));
    let (Some(from), Some(until), false) = (dates.0, dates.1, errors.any()) else { return None };
    Some((from, until))
}

async fn add(site: &Site, staff: &Staff, typed: Typed) -> Result<Response, AppError> {
    if !staff.is(ROSTER) {
        return Err(AppError::Forbidden);
    }
    let w = words(site, staff);
    let mut errors = FieldErrors::default();
    let dates = dates(&w, &typed, ("person", "from", "until"), &mut errors);
    if let Some((from, until)) = dates {
        let (person, phone) = (typed.get("person"), typed.get("phone"));
        match site.app.set_duty(person, from, until, phone, &staff.actor()).await {
            Ok(()) => return Ok(Redirect::to("/desk/duty?done=duty").into_response()),
            Err(AppError::Fields(faults)) => told(&w, &faults, &mut errors),
            Err(AppError::NotFound) => errors.add("person", w.t("refusal-unknown-account")),
            Err(error) => return Err(error),
        }
    }
    show(site, staff, typed.pairs, errors, &Done::default()).await
}

/// A local time as a browser sends it.
fn local(typed: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local: DateTime = typed.trim().parse().ok()?;
    Some(local.to_zoned(zone.clone()).ok()?.timestamp())
}
