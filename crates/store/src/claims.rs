//! Claims: things only one commit may ever have, in one table with one primary key.
//! Must not know what is claimed.

use jiff::Timestamp;

use crate::commit::Claim;
use crate::engine::{Engine, Query};
use crate::error::StoreError;
use crate::ids::ClaimKind;
use crate::value::{Line, Statement, statements, stmt};

statements! {
    CLAIM_BY_KEY = "SELECT owner, fingerprint, answer, expires_at FROM claim \
        WHERE kind = $1 AND key = $2";
    PUT_CLAIM = "INSERT INTO claim (kind, key, owner, fingerprint, answer, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, key) DO UPDATE SET \
        owner = excluded.owner, fingerprint = excluded.fingerprint, answer = excluded.answer, \
        expires_at = excluded.expires_at";
}

/// The living claim of this key, if there is one.
pub(crate) fn find<Q: Query + ?Sized>(
    query: &mut Q,
    kind: ClaimKind,
    key: &[u8],
    now: Timestamp,
) -> Result<Option<Claim>, StoreError> {
    let lines = query.query(&stmt!(CLAIM_BY_KEY; kind.as_str(), key))?;
    let Some(mut line) = lines.into_iter().next() else { return Ok(None) };
    let claim = read(&mut line, kind, key)?;
    Ok(is_live(&claim, now).then_some(claim))
}

/// Whether a claim still holds.
pub(crate) fn is_live(claim: &Claim, now: Timestamp) -> bool {
    claim.expires_at.is_none_or(|end| end > now)
}

/// Takes a claim inside the open transaction; answers the holder if there is one.
pub(crate) fn take(
    engine: &mut dyn Engine,
    claim: &Claim,
    now: Timestamp,
) -> Result<Option<Claim>, StoreError> {
    let holder = find(engine, claim.kind, &claim.key, now)?;
    if holder.is_none() {
        engine.execute(&put(claim))?;
    }
    Ok(holder)
}

/// The statement that stores a claim over a lapsed one or none.
pub(crate) fn put(claim: &Claim) -> Statement<'_> {
    stmt!(PUT_CLAIM; claim.kind.as_str(), &claim.key, &claim.owner, &claim.fingerprint,
        claim.answer.as_ref(), claim.expires_at)
}

fn read(line: &mut Line, kind: ClaimKind, key: &[u8]) -> Result<Claim, StoreError> {
    Ok(Claim {
        kind,
        key: key.to_vec(),
        owner: line.text()?,
        fingerprint: line.bytes()?,
        answer: line.maybe_text()?,
        expires_at: line.maybe_instant()?,
    })
}
