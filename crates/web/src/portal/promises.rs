//! The promises of a pack as clock times, as if a complaint came in at a given instant.
//! Must not compute a term: the policy and its calendar do.

use jiff::Timestamp;
use redress_core::kinds::Lang;
use redress_core::policy::{FillError, Pack, PromiseRule, deadline};
use redress_text::{amount_in_figures, t_args};

use super::view::PromiseNow;

/// The promises of round 1 for a complaint received at `received`, in the order of the pack.
///
/// A promise past the calendar's coverage is left out: no time is better than a wrong one.
///
/// # Errors
///
/// [`FillError`] when the pack lacks a promise's name in `lang`; never for a checked pack.
pub fn promises_now(
    pack: &Pack,
    lang: Lang,
    received: Timestamp,
) -> Result<Vec<PromiseNow>, FillError> {
    let mut rows = vec![];
    for rule in pack.policy.promises.iter().filter(|rule| rule.rounds.contains(&1)) {
        let Ok(due) = deadline(&pack.policy, &rule.id, 1, received) else { continue };
        rows.push(row(pack, lang, rule, 1, Some(due.at))?);
    }
    Ok(rows)
}

/// The promises of later rounds that differ from those of round 1.
///
/// # Errors
///
/// As [`promises_now`].
pub fn promises_later(pack: &Pack, lang: Lang) -> Result<Vec<PromiseNow>, FillError> {
    let mut rows = vec![];
    for rule in pack.policy.promises.iter().filter(|rule| !rule.rounds.contains(&1)) {
        if let Some(round) = rule.rounds.first() {
            rows.push(row(pack, lang, rule, *round, None)?);
        }
    }
    Ok(rows)
}

/// The name of a promise, with its round when the rounds differ: `Giải quyết, lần 2`.
///
/// # Errors
///
/// As [`promises_now`].
pub fn promise_name(pack: &Pack, lang: Lang, id: &str, round: u8) -> Result<String, FillError> {
    let name = pack.speaker(lang).say(&format!("promise.{id}"))?;
    if pack.policy.promises.iter().filter(|rule| rule.id == id).count() < 2 {
        return Ok(name);
    }
    Ok(t_args(lang, "promise-in-round", &[("what", name.into()), ("n", round.into())]))
}

fn row(
    pack: &Pack,
    lang: Lang,
    rule: &PromiseRule,
    round: u8,
    due: Option<Timestamp>,
) -> Result<PromiseNow, FillError> {
    let what = promise_name(pack, lang, &rule.id, round)?;
    let (figure, unit) = amount_in_figures(lang, rule.within);
    Ok(PromiseNow { figure, unit, what, due })
}

#[cfg(test)]
mod tests {
    use redress_core::policy::shipped;

    use super::*;

    #[test]
    fn the_shipped_promises_read_as_figures_and_clock_times() {
        let pack = shipped();
        let received = "2026-11-25T10:24:00+07:00".parse().expect("the test's own instant");
        let mut rows = promises_now(&pack, Lang::Vi, received).expect("the pack is complete");
        rows.extend(promises_later(&pack, Lang::Vi).expect("the pack is complete"));
        let shown: Vec<String> = rows
            .iter()
            .map(|row| {
                let due = row.due.map_or_else(|| "-".to_owned(), |at| at.to_string());
                format!("{} {} by {due}", row.figure, row.unit.replace('\u{a0}', " "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "3 giờ by 2026-11-25T06:24:00Z",
                "3 ngày by 2026-11-28T17:00:00Z",
                "7 ngày làm việc by -",
            ]
        );
    }
}
