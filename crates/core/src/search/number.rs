//! Numbers and telephones: any format of writing gives the same tokens.

use crate::plain::Phone;

/// Fewest and most digits of a telephone number.
pub(super) const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=15;
/// Ends of a telephone that people remember: so many last digits are found.
pub(super) const TAIL_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// A number as written, and without leading zeros.
pub(super) fn tokens(digits: &str) -> Vec<String> {
    let bare = digits.trim_start_matches('0');
    let mut tokens = vec![digits.to_owned()];
    if bare != digits && !bare.is_empty() {
        tokens.push(bare.to_owned());
    }
    tokens
}

/// A telephone: whatever the format, the same digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Digits in E.164, without the sign.
    pub(super) whole: String,
    /// Digits as they were typed: `020 5551 2345` is a number of two countries.
    pub(super) typed: String,
}

impl Number {
    /// Reads digits in groups, if they are a telephone number of some plan.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if !PHONE_DIGITS.contains(&digits.len()) {
            return None;
        }
        let parsed = Phone::parse(typed).ok()?;
        let whole = parsed.as_str().trim_start_matches('+').to_owned();
        Some(Self { whole, typed: digits })
    }

    /// The whole number, the number as dialled at home, and its ends.
    pub(super) fn tokens(&self) -> Vec<String> {
        let mut tokens = vec![self.whole.clone(), self.typed.clone()];
        for country in ["84", "856"] {
            if let Some(rest) = self.whole.strip_prefix(country) {
                tokens.push(format!("0{rest}"));
            }
        }
        for count in TAIL_DIGITS {
            let tail = self.whole.len().checked_sub(count).and_then(|at| self.whole.get(at..));
            tokens.extend(tail.map(tail_token));
        }
        tokens
    }
}

/// The token of the last digits of a telephone.
pub(super) fn tail_token(tail: &str) -> String {
    format!("tail0{tail}")
}
