//! The queue: one list, four counts, whatever the size of the archive.

use axum::{extract::State, http::StatusCode, response::Response};
use redress_app::{AppError, ListQuery};
use serde::Deserialize;

use super::{
    page::{Done, READERS, WRITERS, count, duty, inside, trouble},
    session::Staff,
};
use crate::{
    Site,
    desk::{
        Place,
        assemble::{People, departments, rows},
        view::{Filter, Notice, Queue, groups},
    },
    http::Query,
    portal::door::html,
};

/// Complaints of one page.
const PAGE: u32 = 50;

/// The query of the queue.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    state: String,
    department: String,
    promise: String,
    mine: String,
    q: String,
    after: String,
    #[serde(flatten)]
    done: Done,
}

pub(super) async fn get(
    State(site): State<Site>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Response {
    match show(&site, &staff, wanted).await {
        Ok(page) => page,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

async fn show(site: &Site, staff: &Staff, wanted: Wanted) -> Result<Response, AppError> {
    if !staff.is(READERS) {
        return Err(AppError::Forbidden);
    }
    let filter = Filter {
        state: wanted.state,
        department: wanted.department,
        promise: wanted.promise,
        mine: !wanted.mine.is_empty(),
        q: wanted.q.trim().to_owned(),
    };
    let listed = site.app.list(&query(&filter, wanted.after), &staff.member).await?;
    let people = People::of(&site.app).await?;
    let pack = site.app.pack();
    let mut frame =
        inside(site, staff, Place::Queue, &format!("/desk/queue{}", filter.query(None))).await;
    frame.done = wanted.done.words(&frame.w);
    let [open, late, mine, soon] = counts(site, staff).await;
    if let Some(item) = frame.menu.iter_mut().find(|item| item.place == Place::Queue) {
        item.count = Some(open);
    }
    let rows = rows(&frame.w, &pack, &people, &listed);
    let now = frame.w.now;
    let view = Queue {
        open,
        late,
        mine,
        soon,
        groups: groups(rows, now),
        next: listed.next,
        notices: notices(site, staff).await?,
        tasks: vec![],
        duty: duty(site).await?,
        departments: departments(&pack, staff.lang),
        may_enter: staff.is(WRITERS),
        filter,
        frame,
    };
    Ok(html(&view, staff.lang, StatusCode::OK))
}

fn query(filter: &Filter, after: String) -> ListQuery {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ListQuery {
        state: some(&filter.state),
        department: some(&filter.department),
        promise: some(&filter.promise),
        mine: filter.mine,
        q: some(&filter.q),
        limit: Some(PAGE),
        after: Some(after),
        ..ListQuery::default()
    }
}

/// How many are open, late, the member's, at risk; counted up to a bound.
async fn counts(site: &Site, staff: &Staff) -> [u32; 4] {
    let promise = |word: &str| ListQuery { promise: Some(word.to_owned()), ..ListQuery::default() };
    let mine = ListQuery { mine: true, ..ListQuery::default() };
    let mut counts = [0; 4];
    let queries = [ListQuery::default(), promise("late"), mine, promise("soon")];
    for (counted, query) in counts.iter_mut().zip(&queries) {
        *counted = count(site, staff, query).await.unwrap_or_default();
    }
    counts
}

/// Notices that nothing could make sense of.
async fn notices(site: &Site, staff: &Staff) -> Result<Vec<Notice>, AppError> {
    let waiting = site.app.waiting_for(&staff.member).await?.into_iter().map(|waiting| {
        let said = waiting.said.unwrap_or_default();
        Notice {
            channel: waiting.channel,
            received_at: waiting.received_at,
            reference: waiting.reference,
            name: said.name,
            phone: said.phone,
            text: said.text,
            danger: said.danger,
            due: waiting.due,
        }
    });
    Ok(waiting.collect())
}
