//! The leaf of an event: its exact text.
//! Must not contain a name, a reference or a text: a leaf is fit to be published.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::Offset;

use crate::commitment::{Commitment, SALT_BYTES};
use crate::tree::{Hash, leaf_hash};

/// What a leaf stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeafKind {
    /// Something that happened.
    Event,
    /// Words were erased; the payload names the indices and the ground.
    Erasure,
    /// A key was added.
    Key,
    /// The log was taken up again after a restore.
    Restart,
}

impl LeafKind {
    /// The word in the leaf.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Erasure => "erasure",
            Self::Key => "key",
            Self::Restart => "restart",
        }
    }

    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Event, Self::Erasure, Self::Key, Self::Restart];
}

/// One entry of the log. Its text is stored, hashed and served as it is.
///
/// `{"v":1,"t":"2026-11-22T08:44:00.000Z","k":"event","c":"<base64 of the commitment>"}`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// When the server recorded it, whole milliseconds.
    pub recorded_at: Timestamp,
    /// What it stands for.
    pub kind: LeafKind,
    /// HMAC-SHA-256 of the payload under the event's salt.
    pub commitment: Commitment,
}

/// The text is not exactly a leaf of version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a leaf of version 1")]
pub struct LeafParseError;

impl Leaf {
    /// A leaf recorded at `recorded_at` (shown to the millisecond, cut off).
    pub fn new(
        kind: LeafKind,
        recorded_at: Timestamp,
        salt: &[u8; SALT_BYTES],
        payload: &str,
    ) -> Self {
        Self { recorded_at, kind, commitment: Commitment::new(salt, payload.as_bytes()) }
    }

    /// The leaf of an event: [`Leaf::new`] with [`LeafKind::Event`].
    pub fn event(recorded_at: Timestamp, salt: &[u8; SALT_BYTES], payload: &str) -> Self {
        Self::new(LeafKind::Event, recorded_at, salt, payload)
    }

    /// The exact text.
    pub fn text(&self) -> String {
        let printer = DateTimePrinter::new().precision(Some(3));
        let at = printer.timestamp_to_string(&self.recorded_at);
        format!(r#"{{"v":1,"t":"{at}","k":"{}","c":"{}"}}"#, self.kind.as_str(), self.commitment)
    }

    /// The hash with which it stands in the tree.
    pub fn hash(&self) -> Hash {
        leaf_hash(self.text().as_bytes())
    }

    /// Reads a leaf back. Only the exact text [`Leaf::text`] prints is accepted; years 0 to 9999.
    ///
    /// # Errors
    ///
    /// [`LeafParseError`] when a single byte is not as it must be.
    pub fn parse(text: &str) -> Result<Self, LeafParseError> {
        Self::parts(text).ok_or(LeafParseError)
    }

    fn parts(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(r#"{"v":1,"t":""#)?.strip_suffix(r#""}"#)?;
        let (at, rest) = rest.split_at_checked(TIME_CHARS)?;
        let rest = rest.strip_prefix(r#"","k":""#)?;
        let named = |kind: LeafKind| Some((kind, rest.strip_prefix(kind.as_str())?));
        let (kind, rest) = LeafKind::ALL.into_iter().find_map(named)?;
        let commitment = Commitment::parse(rest.strip_prefix(r#"","c":""#)?)?;
        Some(Self { recorded_at: exact_time(at)?, kind, commitment })
    }
}

/// Characters of `2026-11-22T08:44:00.000Z`.
const TIME_CHARS: usize = 24;

/// Reads `2026-11-22T08:44:00.000Z`, and no other form of an instant. By hand, for a log is read
/// leaf by leaf, millions of them.
fn exact_time(text: &str) -> Option<Timestamp> {
    let bytes: &[u8; TIME_CHARS] = text.as_bytes().try_into().ok()?;
    let form = b"dddd-dd-ddTdd:dd:dd.dddZ";
    let fits = bytes.iter().zip(form).all(|(byte, form)| match form {
        b'd' => byte.is_ascii_digit(),
        exact => byte == exact,
    });
    let number = |at: usize, digits: usize| -> Option<i16> {
        let digits = bytes.get(at..at + digits)?.iter();
        Some(digits.fold(0, |value, digit| value * 10 + i16::from(digit.wrapping_sub(b'0') & 15)))
    };
    let small = |at: usize| number(at, 2).and_then(|value| i8::try_from(value).ok());
    let fraction = i32::from(number(20, 3)?) * 1_000_000;
    let (hour, minute, second) = (small(11)?, small(14)?, small(17)?);
    let time = DateTime::new(number(0, 4)?, small(5)?, small(8)?, hour, minute, second, fraction);
    Offset::UTC.to_timestamp(time.ok()?).ok().filter(|_| fits)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::*;

    // The vector of the log's format: a leaf, its salt and the payload behind it.
    const LEAF: &str = r#"{"v":1,"t":"2026-11-22T08:44:00.000Z","k":"event","c":"2YT7amuHhG8jMpu3zQq0DVZyklyVjIUAJY2KA6eureI="}"#;
    const SALT: &str = "UeDtXAAPMgWoi8qUmLOZIvCN7yiy2nfwY8+IuXCGB6A=";
    const PAYLOAD: &str = r#"{"case":"KN-2026-000003","event":"complaint.received","text":"Thang máy dừng giữa tầng"}"#;

    fn salt() -> [u8; SALT_BYTES] {
        STANDARD.decode(SALT).unwrap().try_into().unwrap()
    }

    #[test]
    fn the_leaf_of_the_vector_is_printed_byte_for_byte() {
        let at = "2026-11-22T08:44:00Z".parse().unwrap();
        let leaf = Leaf::event(at, &salt(), PAYLOAD);
        assert_eq!(leaf.text(), LEAF);
        assert_eq!(Leaf::parse(LEAF).unwrap(), leaf);
    }

    #[test]
    fn the_leaf_of_the_vector_stands_under_the_signed_root() {
        // Index 4 of 7: the proof's three hashes are its neighbour, leaf 6, and leaves 0 to 3.
        let hash = |text: &str| -> Hash { STANDARD.decode(text).unwrap().try_into().unwrap() };
        let neighbour = hash("7tUxv5PSUJzYHLZRdbF9+apB/y3tfrZLM61TDcoUEsI=");
        let last = hash("I8w7DxedJX9FNfDjP559HYFeRXunyqmhfDSlinFbZag=");
        let left = hash("N09XKs6DwXjj+uwbp5n1bcnWZgYE39acGtSX2uNudlA=");
        let pair = crate::node_hash(&leaf_hash(LEAF.as_bytes()), &neighbour);
        let root = crate::node_hash(&left, &crate::node_hash(&pair, &last));
        assert_eq!(root, hash("JsAfhTCc9GQ10PdJTqk62II0OmkjNth8aP+OykCIaSU="));
    }

    #[test]
    fn milliseconds_are_always_three_and_finer_parts_are_cut() {
        let at = "2026-11-22T08:44:00.123999Z".parse().unwrap();
        assert!(
            Leaf::event(at, &[0; 32], "{}").text().contains(r#""t":"2026-11-22T08:44:00.123Z""#)
        );
    }

    #[test]
    fn anything_but_the_exact_text_is_no_leaf() {
        for text in [
            "",
            "{}",
            &LEAF.replace("\"v\":1", "\"v\":2"),
            &LEAF.replace(".000Z", "Z"),
            &LEAF.replace("event", "other"),
            &LEAF.replace(":\"event", ": \"event"),
            &LEAF.replace("eI=", "eJ="),
            &LEAF.replace("T08", " 08"),
            &LEAF.replace("T08", "T24"),
            &LEAF.replace("-22T", "-31T"),
            &LEAF.replace(":00.", ":60."),
            &LEAF.replace("2026", "+026"),
            &LEAF.replace("000Z", "00éZ"),
            &format!("{LEAF}\n"),
        ] {
            assert_eq!(Leaf::parse(text), Err(LeafParseError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_leaf_reads_back_to_the_millisecond(
            seconds in -62_167_219_200_i64..=253_402_207_199,
            nanos in 0..1_000_000_000_i32,
            kind in prop::sample::select(LeafKind::ALL.to_vec()),
            salt in any::<[u8; 32]>(),
        ) {
            let whole = Timestamp::new(seconds, nanos / 1_000_000 * 1_000_000).unwrap();
            let commitment = Commitment::new(&salt, b"{}");
            let leaf = Leaf { recorded_at: Timestamp::new(seconds, nanos).unwrap(), kind, commitment };
            // What is finer than a millisecond is cut, also before 1970.
            let read = Leaf::parse(&leaf.text()).unwrap();
            prop_assert_eq!(&read, &Leaf { recorded_at: read.recorded_at, kind, commitment });
            if seconds >= 0 {
                prop_assert_eq!(read.recorded_at, whole);
            }
            prop_assert_eq!(read.text(), leaf.text());
        }

        #[test]
        fn only_the_printed_text_is_read(at in 0..LEAF.len(), byte in any::<u8>()) {
            let mut bytes = LEAF.as_bytes().to_vec();
            bytes[at] = byte;
            let text = String::from_utf8_lossy(&bytes);
            if let Ok(leaf) = Leaf::parse(&text) {
                prop_assert_eq!(leaf.text(), text);
            }
        }
    }
}
