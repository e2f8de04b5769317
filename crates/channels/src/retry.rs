//! When a busy channel is tried again: one rule for all channels. Must not wait or count itself.

use jiff::{SignedDuration, Timestamp};

/// Most times one letter is handed over before a person must choose another way.
///
/// With the waits below the last attempt is three and a half days after the first. RFC 5321,
/// 4.5.4.1, lets a mail server try for four to five days; promises here are shorter than that.
pub const HANDOVERS_MAX: u32 = 24;
/// Wait after the first attempt in seconds; doubled after each further one.
pub const RETRY_SECONDS_FIRST: i64 = 30;
/// Longest wait between two attempts in seconds: six hours.
pub const RETRY_SECONDS_MAX: i64 = 6 * 60 * 60;

const _: () = assert!(RETRY_SECONDS_FIRST < RETRY_SECONDS_MAX);

/// The instant of the next attempt, or `None` when [`HANDOVERS_MAX`] attempts were made.
///
/// `handovers` counts the attempts made so far, the one that was just answered `Busy` included;
/// `not_before` is what the channel asked for and is never undercut.
pub fn next_try(not_before: Timestamp, now: Timestamp, handovers: u32) -> Option<Timestamp> {
    if handovers >= HANDOVERS_MAX {
        return None;
    }
    let doublings = handovers.saturating_sub(1).min(20);
    let seconds = (RETRY_SECONDS_FIRST << doublings).min(RETRY_SECONDS_MAX);
    Some(after(now, seconds).max(not_before))
}

/// `seconds` after `now`, at the end of time at the latest.
pub(crate) fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_six_hours_and_end() {
        let now: Timestamp = "2026-03-02T01:00:00Z".parse().expect("is an instant");
        for (asked_seconds, handovers, seconds) in [
            (0, 1, Some(30)),
            (0, 2, Some(60)),
            (300, 2, Some(300)),
            (300, 6, Some(960)),
            (0, 12, Some(21_600)),
            (0, HANDOVERS_MAX - 1, Some(21_600)),
            (0, HANDOVERS_MAX, None),
            (0, u32::MAX, None),
        ] {
            let next = next_try(after(now, asked_seconds), now, handovers);
            assert_eq!(next, seconds.map(|seconds| after(now, seconds)), "{handovers}");
        }
    }
}
