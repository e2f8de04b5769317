//! Ids: one type for each kind of thing, so that two of them cannot be swapped.
//! Must not draw random numbers: whoever makes an id passes the bytes in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// A text that is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id of this kind")]
pub struct NotAnId(pub String);

/// Ten random bytes and a time make an id whose order is the order of making.
pub type Chance = [u8; 10];

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes an id (`UUIDv7`, RFC 9562) from the time and ten random bytes.
            pub fn new(at: jiff::Timestamp, chance: &Chance) -> Self {
                let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(millis, chance).into_uuid())
            }

            /// The sixteen bytes.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse().map(Self).map_err(|_| NotAnId(text.to_owned()))
            }
        }
    )+};
}

uuid_ids! {
    /// One complaint, through all its rounds.
    ComplaintId,
    /// One notice, as it arrived.
    NoticeId,
    /// One person outside the organisation.
    PersonId,
    /// One account inside the organisation.
    AccountId,
}

impl From<NoticeId> for ComplaintId {
    /// A notice that opens a complaint gives it its id, so that the tracking link given with the
    /// notice opens the complaint even when the notice is interpreted later.
    fn from(notice: NoticeId) -> Self {
        Self(notice.0)
    }
}

macro_rules! counted_ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal,)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u32);

        impl $name {
            /// The n-th of its complaint, counted from 1.
            pub fn nth(n: usize) -> Self {
                Self(u32::try_from(n).unwrap_or(u32::MAX))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                    .and_then(|digits| digits.parse().ok())
                    .map(Self)
                    .ok_or_else(|| NotAnId(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )+};
}

counted_ids! {
    /// A proposed decision or refusal of one complaint, `pro_1`.
    ProposalId = "pro",
    /// An undertaking of one complaint, `und_1`.
    UndertakingId = "und",
    /// An attempt to reach the complainant, `att_1`.
    AttemptId = "att",
    /// A request for evidence, `req_1`.
    RequestId = "req",
    /// A finding, `fnd_1`.
    FindingId = "fnd",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_id_reads_what_it_prints_and_nothing_else() {
        assert_eq!(ProposalId::nth(12).to_string().parse(), Ok(ProposalId::nth(12)));
        for text in ["und_1", "pro_", "pro_-1", "pro_1x", "1"] {
            assert_eq!(text.parse::<ProposalId>(), Err(NotAnId(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn ids_sort_by_their_time() {
        let early =
            ComplaintId::new(jiff::Timestamp::from_second(1).expect("in range"), &[255; 10]);
        let late = ComplaintId::new(jiff::Timestamp::from_second(2).expect("in range"), &[0; 10]);
        assert!(early < late);
        assert_eq!(early.to_string().parse(), Ok(early));
    }
}
