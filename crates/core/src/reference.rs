//! References: the number a person reads out on the telephone. Never a credential.
//! Must not hand out numbers; the store does, in blocks.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MODULUS: u64 = 1021;

/// `KN-yy-nnnnnn-cc`: prefix of the pack, local year of recording, number, two check characters.
///
/// The check is the value of `yynnnnnn` modulo 1021, written in base 32 without I, L, O and U.
/// It catches every single typing error and every swap of neighbours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference {
    prefix: String,
    year: u8,
    number: u32,
}

/// A text that is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It does not look like one.
    #[error("a reference looks like KN-26-000384-KB")]
    Shape,
    /// It looks like one, but a character is wrong or two are swapped.
    #[error("the reference holds a typing error: its check characters do not fit")]
    Check,
}

impl Reference {
    /// Highest number within one year.
    pub const NUMBER_MAX: u32 = 999_999;
    /// Longest prefix in characters.
    pub const PREFIX_MAX: usize = 6;

    /// Makes a reference; `None` when the number does not fit or the prefix is not A–Z.
    pub fn new(prefix: &str, year: i16, number: u32) -> Option<Self> {
        let good = !prefix.is_empty()
            && prefix.len() <= Self::PREFIX_MAX
            && prefix.bytes().all(|b| b.is_ascii_uppercase())
            && number <= Self::NUMBER_MAX;
        let year = u8::try_from(year.rem_euclid(100)).ok()?;
        good.then(|| Self { prefix: prefix.to_owned(), year, number })
    }

    /// The last two digits of its year.
    pub const fn year(&self) -> u8 {
        self.year
    }

    /// Its number within the year.
    pub const fn number(&self) -> u32 {
        self.number
    }

    fn check(&self) -> [char; 2] {
        let value = (u64::from(self.year) * 1_000_000 + u64::from(self.number)) % MODULUS;
        let letter = |index: u64| {
            let index = usize::try_from(index).unwrap_or(0);
            char::from(ALPHABET.get(index).copied().unwrap_or(b'0'))
        };
        [letter(value / 32), letter(value % 32)]
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.check();
        write!(f, "{}-{:02}-{:06}-{first}{second}", self.prefix, self.year, self.number)
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    /// Accepts lower case, spaces, missing dashes, O for 0, I and L for 1 (outside the prefix).
    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let packed: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-' && *c != '\u{2013}')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if !packed.is_ascii() || packed.len() < 11 || packed.len() > 10 + Self::PREFIX_MAX {
            return Err(ReferenceError::Shape);
        }
        let (prefix, rest) = packed.split_at(packed.len() - 10);
        let rest = rest.replace('O', "0").replace(['I', 'L'], "1");
        let (digits, check) = rest.split_at(8);
        let value: u32 = digits.parse().map_err(|_| ReferenceError::Shape)?;
        let year = i16::try_from(value / 1_000_000).map_err(|_| ReferenceError::Shape)?;
        let reference = Self::new(prefix, year, value % 1_000_000).ok_or(ReferenceError::Shape)?;
        if reference.check().iter().collect::<String>() == check {
            Ok(reference)
        } else {
            Err(ReferenceError::Check)
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Self, ReferenceError> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "KN-26-000384-KB";

    #[test]
    fn the_published_example_is_reproduced() {
        let reference = Reference::new("KN", 2026, 384).expect("a good number");
        assert_eq!(reference.to_string(), PUBLISHED);
    }

    #[test]
    fn people_may_type_it_their_way() {
        for typed in ["kn-26-000384-kb", " KN 26 000384 KB ", "KN26000384KB", "kn-26-ooo384-kb"] {
            assert_eq!(typed.parse::<Reference>().map(|r| r.to_string()), Ok(PUBLISHED.to_owned()));
        }
        let with_one = Reference::new("KN", 2026, 111).expect("a good number").to_string();
        let typed = with_one.replacen("111", "lI1", 1);
        assert_eq!(typed.parse::<Reference>().map(|r| r.to_string()), Ok(with_one));
    }

    #[test]
    fn every_single_error_and_every_swap_of_neighbours_is_caught() {
        let good: Vec<u8> = PUBLISHED.bytes().collect();
        for place in 3..good.len() {
            for letter in ALPHABET {
                let mut typed = good.clone();
                typed[place] = *letter;
                check_differs(&typed, &good);
            }
            if place + 1 < good.len() {
                let mut typed = good.clone();
                typed.swap(place, place + 1);
                check_differs(&typed, &good);
            }
        }
    }

    fn check_differs(typed: &[u8], good: &[u8]) {
        let text = String::from_utf8(typed.to_vec()).expect("ascii");
        let same = text.replace('-', "") == String::from_utf8_lossy(good).replace('-', "");
        if !same {
            assert!(text.parse::<Reference>().is_err(), "{text} was taken");
        }
    }

    #[test]
    fn other_texts_are_no_references() {
        for text in ["", "KN", "KN-26-000384", "Ñ-26-000384-KB", "KNKNKNKN-26-000384-KB"] {
            assert_eq!(text.parse::<Reference>(), Err(ReferenceError::Shape), "{text}");
        }
    }
}
