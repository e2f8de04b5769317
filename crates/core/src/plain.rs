//! Parsed texts and contacts: after these types nobody checks again.
//! Must not know which field a text stands in; errors are codes that [`crate::field`] places.

use phonenumber::country;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::apart::apart;
use crate::kinds::Lang;

/// Why a typed text is not taken; words for people are `field-error-<code>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing but white space.
    Missing,
    /// More than `max` characters (NFC); `actual` were typed.
    TooLong {
        /// The bound in characters.
        max: usize,
        /// What was typed, in characters.
        actual: usize,
    },
    /// A character that no text holds: NUL or another control character.
    ControlCharacter,
    /// Not a telephone number that exists in Viet Nam, Laos or, with `+`, anywhere.
    NotAPhone,
    /// Not an e-mail address.
    NotAnEmail,
}

/// Brings a typed text into the one stored form: NFC, `\n` line ends, no white space at the ends.
///
/// # Errors
///
/// [`TextFault`] when nothing is left, the text is longer than `max` characters, or a control
/// character other than line end and tab stands in it.
pub fn text(typed: &str, max: usize) -> Result<String, TextFault> {
    let typed = typed.trim().trim_start_matches('\u{feff}');
    if typed.is_empty() {
        return Err(TextFault::Missing);
    }
    let lines = if typed.contains('\r') {
        typed.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        typed.to_owned()
    };
    if lines.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(TextFault::ControlCharacter);
    }
    let composed = if is_nfc(&lines) { lines } else { lines.nfc().collect() };
    let actual = composed.chars().count();
    if actual > max { Err(TextFault::TooLong { max, actual }) } else { Ok(composed) }
}

/// A text on one line, as [`text`]; line ends and tabs become spaces.
///
/// # Errors
///
/// As [`text`].
pub fn line(typed: &str, max: usize) -> Result<String, TextFault> {
    text(&typed.replace(['\n', '\r', '\t'], " "), max)
}

/// A telephone number in E.164, `+84933269898`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Reads a number as people in Viet Nam and Laos write it, or any number with `+`.
    ///
    /// # Errors
    ///
    /// [`TextFault::Missing`] for an empty text, [`TextFault::NotAPhone`] for a number that no plan holds.
    pub fn parse(typed: &str) -> Result<Self, TextFault> {
        Self::parse_near(typed, Lang::Vi)
    }

    /// As [`Self::parse`] for somebody who writes `lang`: a number that both plans hold is read by
    /// the plan of that language. `020 5551 2345` is a Lao mobile and a landline of Lạng Sơn.
    ///
    /// # Errors
    ///
    /// As [`Self::parse`].
    pub fn parse_near(typed: &str, lang: Lang) -> Result<Self, TextFault> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(TextFault::Missing);
        }
        if typed.len() > 40 {
            return Err(TextFault::NotAPhone);
        }
        let dialled =
            typed.strip_prefix("00").map_or_else(|| typed.to_owned(), |rest| format!("+{rest}"));
        let dialled = if dialled.starts_with("84") || dialled.starts_with("856") {
            format!("+{dialled}")
        } else {
            dialled
        };
        let homes = match lang {
            Lang::Lo => [country::Id::LA, country::Id::VN],
            Lang::Vi | Lang::En => [country::Id::VN, country::Id::LA],
        };
        homes
            .into_iter()
            .filter_map(|home| phonenumber::parse(Some(home), &dialled).ok())
            .find(phonenumber::is_valid)
            .map(|number| Self(number.format().mode(phonenumber::Mode::E164).to_string()))
            .ok_or(TextFault::NotAPhone)
    }

    /// E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address, trimmed, its domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Longest address in bytes (RFC 5321, 4.5.3.1.3).
    pub const BYTES_MAX: usize = 254;

    /// Reads an address: one `@`, a local part of up to 64 bytes, a domain with a dot.
    ///
    /// # Errors
    ///
    /// [`TextFault::Missing`] for an empty text, [`TextFault::NotAnEmail`] otherwise.
    pub fn parse(typed: &str) -> Result<Self, TextFault> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(TextFault::Missing);
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(TextFault::NotAnEmail)?;
        let good_local = !local.is_empty()
            && local.len() <= 64
            && local
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let good_domain = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
        if good_local && good_domain && typed.len() <= Self::BYTES_MAX {
            Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
        } else {
            Err(TextFault::NotAnEmail)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Folds a text for comparing: lower case, no marks on Latin letters, `đ` as `d`, single spaces.
///
/// Marks of other scripts stay: Lao vowels and tones are marks, and dropping them drops letters.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut latin = false;
    apart(text, |c| {
        if ('\u{300}'..='\u{36f}').contains(&c) && latin {
            return;
        }
        latin = c.is_alphabetic() && c < '\u{250}';
        match c {
            'đ' => folded.push('d'),
            '\u{200b}'..='\u{200d}' => {}
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    });
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_in_one_form() {
        assert_eq!(text("  Thang ma\u{301}y\r\nkêu ", 100), Ok("Thang máy\nkêu".to_owned()));
        assert_eq!(text(" \n ", 100), Err(TextFault::Missing));
        assert_eq!(text("a\0b", 100), Err(TextFault::ControlCharacter));
        assert_eq!(text("áéí", 2), Err(TextFault::TooLong { max: 2, actual: 3 }));
        assert_eq!(line("Bà\nHà", 100), Ok("Bà Hà".to_owned()));
    }

    #[test]
    fn telephone_numbers_are_read_as_people_write_them() {
        for (typed, stored) in [
            ("0933.26.98.98", Some("+84933269898")),
            ("84933269898", Some("+84933269898")),
            ("+84 933 269 898", Some("+84933269898")),
            ("0084-933-269-898", Some("+84933269898")),
            ("028 3812 3456", Some("+842838123456")),
            ("+856 20 55 512 345", Some("+8562055512345")),
            ("+842055512345", Some("+842055512345")),
            ("02055512345", Some("+842055512345")),
            ("12", None),
            ("không có", None),
        ] {
            assert_eq!(Phone::parse(typed).ok().map(|p| p.0).as_deref(), stored, "{typed}");
        }
    }

    #[test]
    fn a_number_that_two_plans_hold_is_read_by_the_plan_of_the_language() {
        for (typed, stored) in [
            ("020 55 512 345", Some("+8562055512345")),
            ("0933 269 898", Some("+84933269898")),
            ("12", None),
        ] {
            let read = Phone::parse_near(typed, Lang::Lo);
            assert_eq!(read.ok().map(|p| p.0).as_deref(), stored, "{typed}");
        }
    }

    #[test]
    fn addresses_are_checked_by_shape() {
        assert_eq!(
            Email::parse(" Ha.Tran@Example.VN ").map(|e| e.0),
            Ok("Ha.Tran@example.vn".to_owned())
        );
        for typed in
            ["ha", "ha@", "@example.vn", "ha@vn", "h a@example.vn", "ha@-x.vn", "a\r\nb@x.vn"]
        {
            assert_eq!(Email::parse(typed), Err(TextFault::NotAnEmail), "{typed}");
        }
    }

    #[test]
    fn folding_drops_latin_marks_and_keeps_lao_ones() {
        assert_eq!(fold("Đèn  Cầu THANG"), "den cau thang");
        assert_eq!(fold("hoà"), fold("hòa"));
        assert_eq!(fold("ຮ້ອງທຸກ"), "ຮ້ອງທຸກ");
    }
}
