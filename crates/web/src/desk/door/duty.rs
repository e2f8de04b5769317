//! The duty roster: who is warned at once, day and night.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use redress_app::AppError;
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
        view::{Roster, Shift},
    },
    http::Query,
    portal::door::html,
};

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
        id: String::new(),
        person: line.name,
        phone: line.phone,
        from: line.from,
        until: line.until,
    });
    let people = People::of(&site.app).await?.choices(&frame.w, &site.app.pack(), ON_DUTY);
    let status = if errors.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = Roster {
        duty: duty(site).await?,
        shifts: shifts.collect(),
        may_change: staff.is(ROSTER),
        people,
        typed,
        errors,
        frame,
    };
    Ok(html(&view, staff.lang, status))
}

pub(super) async fn post(State(site): State<Site>, staff: Staff, request: Request) -> Response {
    let set = match Typed::read(&site, request, &staff).await {
        Ok(typed) => add(&site, &staff, typed).await,
        Err(error) => Err(error),
    };
    match set {
        Ok(answer) => answer,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

async fn add(site: &Site, staff: &Staff, typed: Typed) -> Result<Response, AppError> {
    if !staff.is(ROSTER) {
        return Err(AppError::Forbidden);
    }
    let pack = site.app.pack();
    let zone = pack.policy.calendar.zone();
    let w = Words { lang: staff.lang, zone: zone.clone(), now: site.app.now() };
    let mut errors = FieldErrors::default();
    if typed.get("person").is_empty() {
        errors.add("person", w.t("field-error-missing"));
    }
    let mut at = |name: &str| {
        let at = local(typed.get(name), zone);
        if at.is_none() {
            errors.add(name, w.t("field-error-not-an-instant"));
        }
        at
    };
    let (from, until) = (at("from"), at("until"));
    if let (Some(from), Some(until), false) = (from, until, errors.any()) {
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
