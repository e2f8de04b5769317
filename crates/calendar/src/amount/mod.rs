//! The amounts a term is stated in, and their one written form.
//! Must not know calendars: an amount has no length before a calendar gives it one.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use thiserror::Error;

/// A signed amount of time in the unit a rule states it in.
///
/// Written form (the same in policy packs, on the command line and in answers):
/// `PT3H` elapsed, `PT3H working` within working hours, `3d` calendar days, `3d roll` calendar days
/// rolled past a rest day, `7wd` working days. A leading `-` goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Elapsed time, day and night: `PT3H`, `PT72H`, `-PT3H` (Civil Code art 147(1)).
    Elapsed(SignedDuration),
    /// Time within working hours only: `PT3H working`.
    WorkingTime(SignedDuration),
    /// Calendar days by Civil Code art 147–148: `3d`, `3d roll`.
    CalendarDays {
        /// How many days, −2³¹ to 2³¹ − 1; the day of receipt is day zero.
        days: i32,
        /// Whether a last day that is a rest day moves to the next working day (art 148(5)).
        roll: bool,
    },
    /// Working days: `7wd`. The day of receipt is day zero.
    WorkingDays(i32),
}

impl Amount {
    /// Whether the amount is counted in whole days, so that it ends at midnight.
    pub fn is_counted_in_days(&self) -> bool {
        matches!(self, Self::CalendarDays { .. } | Self::WorkingDays(_))
    }

    /// Whether the amount goes forward; zero does not.
    pub fn is_positive(&self) -> bool {
        match self {
            Self::Elapsed(time) | Self::WorkingTime(time) => time.is_positive(),
            Self::CalendarDays { days, .. } | Self::WorkingDays(days) => *days > 0,
        }
    }
}

/// Why a text is not an [`Amount`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// The text has none of the five forms.
    #[error("\"{text}\" is not an amount; write PT3H, PT3H working, 3d, 3d roll or 7wd")]
    Form {
        /// The text as given.
        text: String,
    },
    /// The form is right, the number is beyond what the unit holds.
    #[error("the number in \"{text}\" is too large")]
    TooLarge {
        /// The text as given.
        text: String,
    },
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (back, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let amount = if let Some(time) = rest.strip_prefix("PT") {
            match time.strip_suffix(" working") {
                Some(time) => duration(time, back).map(Self::WorkingTime),
                None => duration(time, back).map(Self::Elapsed),
            }
        } else if let Some(number) = rest.strip_suffix("wd") {
            count(number, back).map(Self::WorkingDays)
        } else if let Some(number) = rest.strip_suffix("d roll") {
            count(number, back).map(|days| Self::CalendarDays { days, roll: true })
        } else if let Some(number) = rest.strip_suffix('d') {
            count(number, back).map(|days| Self::CalendarDays { days, roll: false })
        } else {
            Err(Flaw::Form)
        };
        amount.map_err(|flaw| match flaw {
            Flaw::Form => AmountError::Form { text: text.to_owned() },
            Flaw::TooLarge => AmountError::TooLarge { text: text.to_owned() },
        })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Elapsed(time) => write_duration(f, *time),
            Self::WorkingTime(time) => {
                write_duration(f, *time)?;
                f.write_str(" working")
            }
            Self::CalendarDays { days, roll: false } => write!(f, "{days}d"),
            Self::CalendarDays { days, roll: true } => write!(f, "{days}d roll"),
            Self::WorkingDays(days) => write!(f, "{days}wd"),
        }
    }
}

/// What is wrong with an amount, before its text is attached.
enum Flaw {
    Form,
    TooLarge,
}

/// Digits only, at least one: `+3`, ` 3` and `३` are not numbers here.
fn whole(digits: &str) -> Result<i64, Flaw> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Flaw::Form);
    }
    digits.parse().map_err(|_| Flaw::TooLarge)
}

fn count(digits: &str, back: bool) -> Result<i32, Flaw> {
    let number = whole(digits)?;
    i32::try_from(if back { -number } else { number }).map_err(|_| Flaw::TooLarge)
}

/// Reads what follows `PT`: hours, minutes, seconds in this order, each at most once, at least one;
/// seconds may carry up to nine decimals.
fn duration(text: &str, back: bool) -> Result<SignedDuration, Flaw> {
    let sign = if back { -1 } else { 1 };
    let (mut rest, mut seconds, mut nanos) = (text, 0_i64, 0_i32);
    if text.is_empty() {
        return Err(Flaw::Form);
    }
    for (unit, seconds_each) in [('H', 3600), ('M', 60), ('S', 1)] {
        let Some((number, after)) = rest.split_once(unit) else { continue };
        let number = match number.split_once('.') {
            Some((number, decimals)) if unit == 'S' => {
                nanos = sign * decimal_nanos(decimals)?;
                number
            }
            _ => number,
        };
        let part =
            whole(number)?.checked_mul(sign.into()).and_then(|n| n.checked_mul(seconds_each));
        seconds = part.and_then(|part| seconds.checked_add(part)).ok_or(Flaw::TooLarge)?;
        rest = after;
    }
    if rest.is_empty() { Ok(SignedDuration::new(seconds, nanos)) } else { Err(Flaw::Form) }
}

/// The nanoseconds that one to nine decimals of a second stand for.
fn decimal_nanos(decimals: &str) -> Result<i32, Flaw> {
    if decimals.len() > 9 {
        return Err(Flaw::Form);
    }
    whole(decimals)?;
    format!("{decimals:0<9}").parse().map_err(|_| Flaw::Form)
}

fn write_duration(f: &mut fmt::Formatter<'_>, time: SignedDuration) -> fmt::Result {
    let (seconds, nanos) = (time.as_secs().unsigned_abs(), time.subsec_nanos().unsigned_abs());
    f.write_str(if time.is_negative() { "-PT" } else { "PT" })?;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 || (seconds == 0 && nanos == 0) {
        write!(f, "{hours}H")?;
    }
    if minutes > 0 {
        write!(f, "{minutes}M")?;
    }
    if nanos > 0 {
        let decimals = format!("{nanos:09}");
        write!(f, "{rest}.{}S", decimals.trim_end_matches('0'))?;
    } else if rest > 0 {
        write!(f, "{rest}S")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
