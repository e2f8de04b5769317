//! Times as the stories write them, read relative to something that happened before.
//!
//! `20m ago` · `33d 08:17` (that many days before today, local time) · `+1h20m`, `-10m` (after,
//! before) · `+2d 09:30` (that many days later, at a local time). Must not ask a clock.

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Time, tz::TimeZone};

/// What times are read against.
#[derive(Debug, Clone)]
pub(super) struct Reckoning {
    /// The end of the stories.
    pub(super) now: Timestamp,
    /// The zone of local times.
    pub(super) zone: TimeZone,
}

impl Reckoning {
    /// The instant `text` names, counted from `base`; `None` when it cannot be read.
    pub(super) fn read(&self, text: &str, base: Timestamp) -> Option<Timestamp> {
        if let Some(before) = text.strip_suffix(" ago") {
            return self.now.checked_sub(duration(before)?).ok();
        }
        if let Some((days, time)) = text.split_once("d ") {
            let time: Time = time.parse().ok()?;
            return match days.strip_prefix('+') {
                Some(later) => self.at(base, later.parse().ok()?, time),
                None => self.at(self.now, -days.parse::<i64>().ok()?, time),
            };
        }
        match text.strip_prefix('-') {
            Some(before) => base.checked_sub(duration(before)?).ok(),
            None => base.checked_add(duration(text.strip_prefix('+')?)?).ok(),
        }
    }

    /// The local date of what `text` names.
    pub(super) fn date(&self, text: &str, base: Timestamp) -> Option<String> {
        let at = self.read(text, base)?;
        Some(self.zone.to_datetime(at).date().to_string())
    }

    fn at(&self, base: Timestamp, days: i64, time: Time) -> Option<Timestamp> {
        let date = self.zone.to_datetime(base).date().checked_add(days.days()).ok()?;
        date.to_datetime(time).to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }
}

/// `1d2h3m` as elapsed time.
fn duration(text: &str) -> Option<SignedDuration> {
    let mut whole = SignedDuration::ZERO;
    let mut number = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        let minutes = match c {
            'd' => 24 * 60,
            'h' => 60,
            'm' => 1,
            _ => return None,
        };
        let part = number.parse::<i64>().ok()?.checked_mul(minutes)?;
        whole = whole.checked_add(SignedDuration::from_mins(part))?;
        number.clear();
    }
    (number.is_empty() && !text.is_empty()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_stories_are_read_from_what_happened_before() {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").expect("is in the bundled data");
        let now: Timestamp = "2026-11-24T03:00:00Z".parse().expect("is an instant");
        let base: Timestamp = "2026-11-20T18:00:00Z".parse().expect("is an instant");
        let reckoning = Reckoning { now, zone };
        for (text, told) in [
            ("20m ago", Some("2026-11-24T02:40:00Z")),
            ("2h5m ago", Some("2026-11-24T00:55:00Z")),
            ("3d 08:17", Some("2026-11-21T01:17:00Z")),
            ("+1h20m", Some("2026-11-20T19:20:00Z")),
            ("-1d", Some("2026-11-19T18:00:00Z")),
            // 18:00 by universal time is the next day in Viet Nam.
            ("+2d 09:30", Some("2026-11-23T02:30:00Z")),
            ("+0d 07:00", Some("2026-11-21T00:00:00Z")),
            ("soon", None),
            ("+5", None),
            ("1w ago", None),
        ] {
            let expected = told.map(|told| told.parse::<Timestamp>().expect("is an instant"));
            assert_eq!(reckoning.read(text, base), expected, "{text}");
        }
    }
}
