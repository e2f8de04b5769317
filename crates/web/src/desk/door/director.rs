//! The Director's inbox: what waits at the gate, one tap each.

use axum::{extract::State, http::StatusCode, response::Response};
use redress_app::{AppError, ListQuery, view::Viewer};
use redress_core::kinds::Role;

use super::{
    page::{Done, count, duty, holidays, inside, trouble},
    session::Staff,
};
use crate::{
    Site,
    desk::{
        Place,
        assemble::{People, card, danger, risk, rows, task},
        form::Refused,
        view::{Card, Danger, Director, Figures, Risk, Task},
    },
    http::Query,
    portal::door::html,
};

/// Cards of one page; a phone shows no more.
const CARDS: u32 = 12;
/// Most rows looked through for what else waits.
const TASKS: u32 = 30;
/// Lines of what is late, and of what is at risk.
const RISKS: u32 = 5;

/// What waits at the gate.
pub(super) fn waiting() -> ListQuery {
    ListQuery { state: Some("received".to_owned()), director: true, ..ListQuery::default() }
}

pub(super) async fn get(
    State(site): State<Site>,
    staff: Staff,
    Query(done): Query<Done>,
) -> Response {
    match show(&site, &staff, None, (StatusCode::OK, &done)).await {
        Ok(page) => page,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

/// The inbox; `met` is a refusal that met the last attempt on a card.
pub(super) async fn show(
    site: &Site,
    staff: &Staff,
    met: Option<(&str, Refused)>,
    (status, done): (StatusCode, &Done),
) -> Result<Response, AppError> {
    if !staff.is(&[Role::Director]) {
        return Err(AppError::Forbidden);
    }
    let mut frame = inside(site, staff, Place::Director, "/desk/director").await;
    frame.done = done.words(&frame.w);
    let waiting = cards(site, staff, &frame.w, met).await?;
    let all = count(site, staff, &self::waiting()).await.unwrap_or_default();
    let late = ListQuery { promise: Some("late".to_owned()), ..ListQuery::default() };
    let (danger, tasks) = tasks(site, staff, &frame.w).await?;
    let view = Director {
        more: all.saturating_sub(u32::try_from(waiting.len()).unwrap_or(u32::MAX)),
        danger,
        tasks,
        risk: risks(site, staff, &frame.w).await?,
        figures: Figures {
            received: None,
            replies: None,
            open: count(site, staff, &ListQuery::default()).await.unwrap_or_default(),
            late: count(site, staff, &late).await.unwrap_or_default(),
        },
        holidays: holidays(site, staff.lang),
        duty: duty(site).await?,
        waiting,
        frame,
    };
    Ok(html(&view, staff.lang, status))
}

/// Danger first, then by time left.
async fn cards(
    site: &Site,
    staff: &Staff,
    w: &crate::components::Words,
    met: Option<(&str, Refused)>,
) -> Result<Vec<Card>, AppError> {
    let query = ListQuery { limit: Some(CARDS), ..waiting() };
    let listed = site.app.list(&query, &staff.member).await?;
    let mut cards = vec![];
    for row in listed.rows {
        let loaded = site.app.load_row(row).await?;
        let detail = site.app.detail(&loaded, Viewer::Staff).await?;
        let here = loaded.complaint.reference.to_string();
        let refused = met
            .as_ref()
            .filter(|(reference, _)| *reference == here)
            .map(|(_, refused)| refused.clone());
        cards.push(card(w, &loaded, &detail, refused));
    }
    cards.sort_by_key(|card| !card.safety);
    Ok(cards)
}

/// Unseen danger, and what else waits: late objections, and what was handed over by itself before
/// the Director saw it.
async fn tasks(
    site: &Site,
    staff: &Staff,
    w: &crate::components::Words,
) -> Result<(Vec<Danger>, Vec<Task>), AppError> {
    // An objection may come to a closed file.
    let state = Some("all".to_owned());
    let query = ListQuery { state, director: true, limit: Some(TASKS), ..ListQuery::default() };
    let listed = site.app.list(&query, &staff.member).await?;
    let (mut dangers, mut tasks) = (vec![], vec![]);
    for row in listed.rows.into_iter().filter(|row| row.state != "received") {
        let loaded = site.app.load_row(row).await?;
        let detail = site.app.detail(&loaded, Viewer::Staff).await?;
        match danger(&loaded, &detail) {
            Some(unseen) => dangers.push(unseen),
            None => tasks.push(task(w, &loaded)),
        }
    }
    Ok((dangers, tasks))
}

async fn risks(
    site: &Site,
    staff: &Staff,
    w: &crate::components::Words,
) -> Result<Vec<Risk>, AppError> {
    let people = People::of(&site.app).await?;
    let pack = site.app.pack();
    let mut risks = vec![];
    for word in ["late", "soon"] {
        let promise = Some(word.to_owned());
        let query = ListQuery { promise, limit: Some(RISKS), ..ListQuery::default() };
        let listed = site.app.list(&query, &staff.member).await?;
        risks.extend(risk(w, rows(w, &pack, &people, &listed)));
    }
    Ok(risks)
}
