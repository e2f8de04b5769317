//! One batch: read the head, check each commit, write, move the head, commit.
//! Must not leave a transaction open, whatever happens.

use std::collections::HashMap;
use std::ops::Range;

use jiff::Timestamp;
use redress_proof::Frontier;

use super::CommitAnswer;
use super::plan::{self, Head};
use crate::claims;
use crate::commit::{Commit, Committed};
use crate::engine::{Engine, Query};
use crate::error::{CommitError, StoreError};
use crate::ids::{CommitId, StreamId};
use crate::tiles;
use crate::value::{Line, Statement, statements, stmt};

statements! {
    HEAD = "SELECT pos, recorded_at, frontier, policy FROM head WHERE id = 1";
    PUT_HEAD = "INSERT INTO head (id, pos, recorded_at, frontier, policy) \
        VALUES (1, $1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET pos = excluded.pos, \
        recorded_at = excluded.recorded_at, frontier = excluded.frontier, \
        policy = excluded.policy";
    VERSION_OF = "SELECT version FROM event WHERE stream = $1 ORDER BY version DESC LIMIT 1";
    COMMIT_BY_ID = "SELECT first_pos, end_pos, recorded_at FROM commit_log WHERE id = $1";
    STREAMS_BETWEEN = "SELECT stream, version FROM event WHERE pos >= $1 AND pos < $2 \
        ORDER BY pos";
}

/// Where a batch failed: before COMMIT nothing was kept; at COMMIT it depends on the error.
pub(super) enum Failure {
    Before(StoreError),
    AtCommit(StoreError),
}

/// Carries out the commits in order in one transaction; answers their outcomes, the position of the
/// head, and whether anything was written.
pub(super) fn run(
    engine: &mut dyn Engine,
    now: Timestamp,
    commits: &[Box<Commit>],
) -> Result<(Vec<CommitAnswer>, u64, bool), Failure> {
    engine.begin().map_err(Failure::Before)?;
    let written = write(engine, now, commits);
    let (outcomes, pos, changed) = written.map_err(|error| {
        engine.rollback();
        Failure::Before(error)
    })?;
    if !changed {
        engine.rollback();
        return Ok((outcomes, pos, false));
    }
    engine.commit().map_err(|error| {
        engine.rollback();
        Failure::AtCommit(error)
    })?;
    Ok((outcomes, pos, true))
}

fn write(
    engine: &mut dyn Engine,
    now: Timestamp,
    commits: &[Box<Commit>],
) -> Result<(Vec<CommitAnswer>, u64, bool), StoreError> {
    let mut head = read_head(engine)?;
    let before = head.pos;
    head.recorded_at = head.recorded_at.max(plan::whole_milliseconds(now));
    let mut versions = Versions::default();
    let mut changed = false;
    let mut words = Vec::new();
    let mut outcomes = Vec::with_capacity(commits.len());
    for commit in commits {
        if let Some(earlier) = find_commit(engine, commit.id)? {
            outcomes.push(Ok(earlier));
            continue;
        }
        if let Some(refusal) = refusal(engine, &mut versions, commit, head.recorded_at)? {
            outcomes.push(Err(refusal));
            continue;
        }
        for event in &commit.events {
            versions.of(engine, &event.stream)?;
        }
        let planned = plan::plan(&mut head, &mut versions.known, commit);
        for statement in &planned.statements {
            engine.execute(statement)?;
        }
        words.extend(planned.words);
        changed = true;
        outcomes.push(Ok(planned.committed));
    }
    if changed {
        engine.execute(&put_head(&head))?;
        tiles::grow(engine, before, head.pos)?;
        for statement in &words {
            engine.execute(statement)?;
        }
    }
    Ok((outcomes, head.pos, changed))
}

/// Versions of streams: as stored, and as this transaction moved them.
#[derive(Default)]
struct Versions {
    known: HashMap<StreamId, u64>,
}

impl Versions {
    fn of(&mut self, engine: &mut dyn Engine, stream: &StreamId) -> Result<u64, StoreError> {
        if let Some(version) = self.known.get(stream) {
            return Ok(*version);
        }
        let mut lines = engine.query(&stmt!(VERSION_OF; stream.as_str()))?;
        let version = lines.first_mut().map_or(Ok(0), Line::count)?;
        self.known.insert(stream.clone(), version);
        Ok(version)
    }
}

/// Why this commit cannot happen, if so. Nothing has been written for it yet.
fn refusal(
    engine: &mut dyn Engine,
    versions: &mut Versions,
    commit: &Commit,
    now: Timestamp,
) -> Result<Option<CommitError>, StoreError> {
    // Claims first: a repeated request must find its first answer, not a moved version.
    for claim in &commit.claims {
        if let Some(holder) = claims::find(engine, claim.kind, &claim.key, now)? {
            return Ok(Some(CommitError::ClaimTaken {
                kind: claim.kind,
                same_fingerprint: holder.fingerprint == claim.fingerprint,
                owner: holder.owner,
                answer: holder.answer,
            }));
        }
    }
    for expect in &commit.expect {
        let actual = versions.of(engine, &expect.stream)?;
        if actual != expect.version {
            let stream = expect.stream.clone();
            return Ok(Some(CommitError::Conflict { stream, expected: expect.version, actual }));
        }
    }
    Ok(None)
}

/// The statement that moves the end of the log.
pub(crate) fn put_head(head: &Head) -> Statement<'_> {
    let frontier = head.frontier.to_bytes();
    stmt!(PUT_HEAD; head.pos, head.recorded_at, frontier, &head.policy)
}

/// The end of the log; of a new store, before the first event.
pub(crate) fn read_head<Q: Query + ?Sized>(query: &mut Q) -> Result<Head, StoreError> {
    let lines = query.query(&stmt!(HEAD;))?;
    let Some(mut line) = lines.into_iter().next() else { return Ok(Head::empty()) };
    let (pos, recorded_at) = (line.count()?, line.instant()?);
    let frontier = Frontier::parse(&line.bytes()?)
        .map_err(|error| StoreError::Corrupt { what: error.to_string() })?;
    if frontier.size() != pos {
        return Err(StoreError::Corrupt { what: "the head and its frontier differ".to_owned() });
    }
    Ok(Head { pos, recorded_at, frontier, policy: line.text()? })
}

/// What became of a commit, by its id.
pub(crate) fn find_commit<Q: Query + ?Sized>(
    query: &mut Q,
    id: CommitId,
) -> Result<Option<Committed>, StoreError> {
    let lines = query.query(&stmt!(COMMIT_BY_ID; id.0.as_slice()))?;
    let Some(mut line) = lines.into_iter().next() else { return Ok(None) };
    let positions = line.count()?..line.count()?;
    let recorded_at = line.instant()?;
    let versions = versions_between(query, &positions)?;
    Ok(Some(Committed { positions, recorded_at, versions }))
}

fn versions_between<Q: Query + ?Sized>(
    query: &mut Q,
    positions: &Range<u64>,
) -> Result<Vec<(StreamId, u64)>, StoreError> {
    let mut versions: Vec<(StreamId, u64)> = Vec::new();
    for mut line in query.query(&stmt!(STREAMS_BETWEEN; positions.start, positions.end))? {
        let (stream, version) = (StreamId::parse(&line.text()?)?, line.count()?);
        match versions.iter_mut().find(|(known, _)| *known == stream) {
            Some((_, known)) => *known = version,
            None => versions.push((stream, version)),
        }
    }
    Ok(versions)
}
