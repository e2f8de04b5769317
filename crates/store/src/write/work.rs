//! Claims, leases, the outbox, counters, purging, and rows of a rebuild.
//! Must not read a clock: `now` comes with each write.

use jiff::Timestamp;

use super::{BLOCK_MAX, Written};
use crate::commit::Order;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::ids::ClaimKind;
use crate::rows::{Place, Row};
use crate::value::{Line, Statement, statements, stmt};

/// Most outbox items taken at once.
pub(crate) const OUTBOX_MAX: u32 = 100;

/// Work taken from the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    /// Its id.
    pub id: String,
    /// When it was due.
    pub due_at: Timestamp,
    /// Who holds it, or empty.
    pub lease_owner: String,
    /// When the lease lapses.
    pub lease_until: Timestamp,
    /// How often it was taken, this time included.
    pub attempts: u64,
    /// Which job.
    pub kind: String,
    /// The complaint it is about, or empty.
    pub complaint: String,
    /// What the job needs: JSON text.
    pub payload: String,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Before which other work it is done.
    pub order: Order,
}

// A lease that ends later than any lease taken now can, with as much again for clocks that differ, was
// taken before the clock leapt back: it is as good as lapsed.
statements! {
    PUT_ANSWER = "UPDATE claim SET answer = $3 WHERE kind = $1 AND key = $2";
    LEASE = "INSERT INTO lease (name, owner, until_at) VALUES ($1, $2, $4) \
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_at = excluded.until_at \
        WHERE lease.owner = excluded.owner OR lease.until_at <= $3 OR lease.until_at > $4 + $4 - $3";
    DROP_LEASE = "DELETE FROM lease WHERE name = $1 AND owner = $2";
    TAKE_OUTBOX = "UPDATE outbox SET lease_owner = $1, lease_until = $3, attempts = attempts + 1 \
        WHERE id IN (SELECT o.id FROM outbox o WHERE o.done = 0 AND o.due_at <= $2 \
        AND (o.lease_until <= $2 OR o.lease_until > $3 + $3 - $2) \
        ORDER BY o.gravity, o.urgent_at, o.received_at, o.id LIMIT $4) \
        RETURNING id, due_at, lease_owner, lease_until, attempts, kind, complaint, payload, \
        done_at, gravity, urgent_at, received_at";
    FINISH_OUTBOX = "UPDATE outbox SET done = 1, done_at = $3, lease_until = 0 \
        WHERE id = $1 AND lease_owner = $2 AND done = 0";
    RENEW_OUTBOX = "UPDATE outbox SET lease_until = $3 \
        WHERE id = $1 AND lease_owner = $2 AND done = 0";
    RETRY_OUTBOX = "UPDATE outbox SET due_at = $3, lease_until = 0, lease_owner = '' \
        WHERE id = $1 AND lease_owner = $2 AND done = 0";
    TAKE_BLOCK = "INSERT INTO counter (name, next) VALUES ($1, 1 + $2) \
        ON CONFLICT (name) DO UPDATE SET next = counter.next + $2 RETURNING next";
    SET_COUNTER = "INSERT INTO counter (name, next) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET next = excluded.next";
    PURGE_SESSIONS = "DELETE FROM session WHERE expires_at <= $1";
    PURGE_TOKENS = "DELETE FROM token WHERE expires_at <= $1";
    PURGE_LINKS = "DELETE FROM setup_link WHERE expires_at <= $1";
    PURGE_CLAIMS = "DELETE FROM claim WHERE expires_at <= $1";
    PURGE_LEASES = "DELETE FROM lease WHERE until_at <= $1";
    PURGE_UPLOADS = "DELETE FROM upload WHERE used_by = '' AND created_at < $1";
    OUTBOX_OF_COMPLAINT = "SELECT id, due_at, lease_owner, lease_until, attempts, kind, \
        complaint, payload, done_at, gravity, urgent_at, received_at FROM outbox WHERE complaint = $1 AND (due_at, id) > ($2, $3) \
        ORDER BY due_at, id LIMIT $4";
}

pub(super) fn put_answer<'a>(kind: ClaimKind, key: &'a [u8], answer: &'a str) -> Statement<'a> {
    stmt!(PUT_ANSWER; kind.as_str(), key, answer)
}

pub(super) fn lease<'a>(
    name: &'a str,
    owner: &'a str,
    now: Timestamp,
    until: Timestamp,
) -> Statement<'a> {
    stmt!(LEASE; name, owner, now, until)
}

pub(super) fn drop_lease<'a>(name: &'a str, owner: &'a str) -> Statement<'a> {
    stmt!(DROP_LEASE; name, owner)
}

pub(super) fn finish<'a>(id: &'a str, owner: &'a str, now: Timestamp) -> Statement<'a> {
    stmt!(FINISH_OUTBOX; id, owner, now)
}

pub(super) fn retry<'a>(id: &'a str, owner: &'a str, due_at: Timestamp) -> Statement<'a> {
    stmt!(RETRY_OUTBOX; id, owner, due_at)
}

pub(super) fn renew<'a>(id: &'a str, owner: &'a str, until: Timestamp) -> Statement<'a> {
    stmt!(RENEW_OUTBOX; id, owner, until)
}

pub(super) fn take(owner: &str, now: Timestamp, until: Timestamp, limit: u32) -> Statement<'_> {
    stmt!(TAKE_OUTBOX; owner, now, until, i64::from(limit.min(OUTBOX_MAX)))
}

/// Runs [`take`] and puts the items in their order: the most serious first.
pub(super) fn take_outbox(
    engine: &mut dyn Engine,
    take: &Statement<'_>,
) -> Result<Written, StoreError> {
    let lines = engine.query(take)?;
    let items = lines.into_iter().map(|mut line| read_outbox(&mut line));
    let mut items = items.collect::<Result<Vec<_>, _>>()?;
    items.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    Ok(Written::Outbox(items))
}

pub(super) fn rebuild(engine: &mut dyn Engine, rows: &[(Row, u64)]) -> Result<Written, StoreError> {
    let mut changed = 0;
    for statement in
        rows.iter().flat_map(|(row, pos)| row.statements(Place { pos: *pos, ..Place::KEPT }))
    {
        changed += engine.execute(&statement)?;
    }
    Ok(Written::Changed(changed))
}

pub(super) fn take_block(
    engine: &mut dyn Engine,
    name: &str,
    count: u32,
) -> Result<Written, StoreError> {
    let count = u64::from(count.clamp(1, BLOCK_MAX));
    let mut lines = engine.query(&stmt!(TAKE_BLOCK; name, count))?;
    let line = lines.first_mut().ok_or_else(|| StoreError::Corrupt { what: "counter".into() })?;
    let next = line.count()?;
    Ok(Written::Block(next.saturating_sub(count)..next))
}

pub(super) fn set_counter(name: &str, next: u64) -> Statement<'_> {
    stmt!(SET_COUNTER; name, next)
}

pub(super) fn purge(
    engine: &mut dyn Engine,
    now: Timestamp,
    uploads_before: Timestamp,
) -> Result<Written, StoreError> {
    let mut changed = 0;
    for sql in [PURGE_SESSIONS, PURGE_TOKENS, PURGE_LINKS, PURGE_CLAIMS, PURGE_LEASES] {
        changed += engine.execute(&stmt!(sql; now))?;
    }
    changed += engine.execute(&stmt!(PURGE_UPLOADS; uploads_before))?;
    Ok(Written::Changed(changed))
}

pub(crate) fn read_outbox(line: &mut Line) -> Result<OutboxItem, StoreError> {
    Ok(OutboxItem {
        id: line.text()?,
        due_at: line.instant()?,
        lease_owner: line.text()?,
        lease_until: line.instant()?,
        attempts: line.count()?,
        kind: line.text()?,
        complaint: line.text()?,
        payload: line.text()?,
        done_at: line.maybe_instant()?,
        order: Order { gravity: line.int()?, urgent_at: line.int()?, received_at: line.int()? },
    })
}
