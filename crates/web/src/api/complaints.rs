//! `/api/v1/complaints`: receive, list, show, events, the steps of a promise.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use redress_app::{
    AppError, ListQuery, NoticeIn,
    view::{Detail, Viewer, instant, is_veiled, moves_of, steps_of},
};
use redress_core::{complaint::people::Actor, kinds::Role};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Site,
    http::{ApiError, Asker, Path, Query, RawBody},
};

/// Events of one page.
const EVENTS_PAGE: usize = 200;

pub(crate) async fn post(
    State(site): State<Site>,
    asker: Asker,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Result<Response, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    if asker.member.is_none() {
        site.admit(asker.address).map_err(fault)?;
    }
    let key = headers.get("idempotency-key").map(HeaderValue::to_str).transpose();
    let key = key.map_err(|_| fault(AppError::KeyUnfit))?;
    let owner = asker.owner();
    let input = NoticeIn { body: &body, by: asker.member.as_ref(), owner: &owner, key };
    let receipt = site.app.receive(input).await.map_err(fault)?;
    let location = format!("/api/v1/complaints/{}", receipt.reference);
    let location = HeaderValue::from_str(&location).map_err(|_| fault(AppError::NotFound))?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(receipt)).into_response())
}

/// The query of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    state: Option<String>,
    department: Option<String>,
    promise: Option<String>,
    q: Option<String>,
    order: Option<String>,
    limit: Option<u32>,
    after: Option<String>,
}

pub(crate) async fn list(
    State(site): State<Site>,
    asker: Asker,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let member = asker.member().map_err(fault)?;
    if wanted.order.as_deref().is_some_and(|order| order != "next_due") {
        let detail = "`order` is `next_due`".to_owned();
        return Err(fault(AppError::Malformed { detail }));
    }
    let query = ListQuery {
        state: wanted.state,
        department: wanted.department,
        promise: wanted.promise,
        q: wanted.q,
        limit: wanted.limit,
        after: wanted.after,
        ..ListQuery::default()
    };
    let listed = site.app.list(&query, member).await.map_err(fault)?;
    let items = site.app.listed(&listed).await.map_err(fault)?;
    Ok(Json(json!({"items": items, "next": listed.next})))
}

pub(crate) async fn get(
    State(site): State<Site>,
    asker: Asker,
    Path(reference): Path<String>,
) -> Result<([(header::HeaderName, HeaderValue); 1], Json<Detail>), ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let (loaded, actor) = asker.reach(&site, &reference).await.map_err(fault)?;
    let detail = site.app.detail(&loaded, viewer(&actor)).await.map_err(fault)?;
    Ok(([(header::ETAG, etag(loaded.complaint.version))], Json(detail)))
}

/// As whom somebody looks.
fn viewer(actor: &Actor) -> Viewer {
    match actor {
        Actor::Staff(_) => Viewer::Staff,
        Actor::Complainant | Actor::System(_) => Viewer::Complainant,
    }
}

/// A version as an entity tag.
pub(crate) fn etag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// The query of a page of events.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct After {
    after: u64,
}

pub(crate) async fn events(
    State(site): State<Site>,
    asker: Asker,
    Path(reference): Path<String>,
    Query(page): Query<After>,
) -> Result<Json<Value>, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let (loaded, actor) = asker.reach(&site, &reference).await.map_err(fault)?;
    let Actor::Staff(member) = actor else { return Err(fault(AppError::Forbidden)) };
    let verifies = matches!(member.role, Role::Care | Role::Department);
    let later: Vec<_> =
        loaded.history.iter().filter(|told| told.stored.version > page.after).cloned().collect();
    let shown = &later[..later.len().min(EVENTS_PAGE)];
    let mut views = site.app.event_views(shown).await.map_err(fault)?;
    for (view, told) in views.iter_mut().zip(shown) {
        if verifies && is_veiled(&loaded, told) {
            view.words = None;
        }
    }
    let next =
        if later.len() > shown.len() { shown.last().map(|told| told.stored.version) } else { None };
    Ok(Json(json!({"items": views, "next": next.map(|version| version.to_string())})))
}

pub(crate) async fn promise(
    State(site): State<Site>,
    asker: Asker,
    Path((reference, promise, round)): Path<(String, String, u8)>,
) -> Result<Json<Value>, ApiError> {
    let fault = |error| ApiError::new(error, asker.lang);
    let (loaded, _) = asker.reach(&site, &reference).await.map_err(fault)?;
    let known =
        loaded.complaint.promises.iter().find(|p| p.set.promise == promise && p.set.round == round);
    let known = known.ok_or_else(|| fault(AppError::NotFound))?;
    let policy = loaded.policy_counting_by(&known.set.calendar);
    let due = steps_of(known, policy);
    let due = due.map_err(|error| fault(AppError::Broken { what: error.to_string() }))?;
    let zone = policy.calendar.zone();
    let moved: Vec<Value> = moves_of(&loaded, known)
        .iter()
        .map(|moved| {
            json!({
                "due_was": instant(moved.due_was, zone),
                "due": instant(moved.due, zone),
                "calendar": moved.calendar,
                "sources": moved.because.iter().map(|(_, source)| source).collect::<Vec<_>>(),
            })
        })
        .collect();
    let steps = redress_text::arithmetic(asker.lang, &due).into_iter().map(|step| {
        let mut line = json!({"on": step.on.to_string(), "counts": step.counts, "why": step.why});
        if let Some(day) = step.day {
            line["day"] = json!(day);
        }
        line
    });
    Ok(Json(json!({
        "promise": promise,
        "round": round,
        "policy": loaded.complaint.policy,
        "calendar": known.set.calendar,
        "received": instant(known.set.from, zone),
        "due": instant(known.set.due, zone),
        "due_on": known.set.due_on.to_string(),
        "moved": moved,
        "steps": steps.collect::<Vec<_>>(),
    })))
}
