//! Small closed vocabularies of the process: each with one spelling in pack, database, API and page.
//! Must not hold behaviour beyond parsing and printing.

use serde::{Deserialize, Serialize};

/// A value of a closed vocabulary that is spelt otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not one of: {allowed}")]
pub struct UnknownWord {
    /// What was read.
    pub value: String,
    /// The spellings, joined by commas.
    pub allowed: String,
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// Every spelling, in the order of declaration.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The one spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::kinds::UnknownWord;

            fn from_str(value: &str) -> Result<Self, $crate::kinds::UnknownWord> {
                match value {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::kinds::UnknownWord { value: value.to_owned(), allowed: Self::WORDS.join(", ") }),
                }
            }
        }
    };
}

pub(crate) use vocabulary;

vocabulary! {
    /// A language of pages, letters and published texts.
    Lang {
        /// Vietnamese.
        Vi = "vi",
        /// English.
        En = "en",
        /// Lao.
        Lo = "lo",
    }
}

vocabulary! {
    /// Whether the matter is a complaint or feedback (A22).
    Kind {
        /// Khiếu nại.
        Complaint = "complaint",
        /// Phản ánh.
        Feedback = "feedback",
    }
}

vocabulary! {
    /// What a complaint is about; decides its route (S21, S22, A11).
    About {
        /// The product.
        Product = "product",
        /// The service.
        Service = "service",
        /// Product and service.
        Both = "both",
        /// The complainant does not know.
        Unsure = "unsure",
    }
}

vocabulary! {
    /// How serious a matter is.
    Severity {
        /// Appearance, information.
        Low = "low",
        /// The default.
        Medium = "medium",
        /// Out of service, repeated, or a safety device.
        High = "high",
        /// People in danger.
        Critical = "critical",
    }
}

vocabulary! {
    /// A way by which words travel, in or back.
    ChannelKind {
        /// Telephone.
        Phone = "phone",
        /// Zalo.
        Zalo = "zalo",
        /// Viber.
        Viber = "viber",
        /// In person at an office.
        Office = "office",
        /// The web form.
        Web = "web",
        /// A letter on paper.
        Letter = "letter",
        /// E-mail.
        Email = "email",
        /// SMS.
        Sms = "sms",
        /// A visit to the complainant; a way back only.
        Visit = "visit",
    }
}

vocabulary! {
    /// In which capacity somebody complains (S8, S9).
    As {
        /// For themselves.
        Person = "person",
        /// For an organisation.
        Organisation = "organisation",
        /// As a representative of somebody else.
        Representative = "representative",
    }
}

vocabulary! {
    /// How the complainant stands to the thing complained of (A14).
    Relation {
        /// Owner.
        Owner = "owner",
        /// User.
        User = "user",
        /// Resident.
        Resident = "resident",
        /// Former owner or user.
        Former = "former",
        /// Anybody else.
        Other = "other",
    }
}

vocabulary! {
    /// What an account may do; authority and duty are separate.
    Role {
        /// Customer Care.
        Care = "care",
        /// A department that verifies.
        Department = "department",
        /// General Director, or deputy by dated delegation.
        Director = "director",
        /// Accounts and configuration; sees no complaint text.
        Admin = "admin",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

/// A department of the pack, `care`: lower-case letters, digits and dashes, at most 40.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DepartmentId(String);

impl DepartmentId {
    /// Longest id in bytes.
    pub const BYTES_MAX: usize = 40;

    /// Parses an id; `None` when it is empty, too long or holds other characters.
    pub fn parse(text: &str) -> Option<Self> {
        let good = !text.is_empty()
            && text.len() <= Self::BYTES_MAX
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        good.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for DepartmentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

vocabulary! {
    /// Why a log could not go on under its name.
    RestartReason {
        /// More was signed than the database holds: an older state was brought back.
        Behind = "behind",
        /// What was signed is not what the database holds.
        Forked = "forked",
        /// The database came from a backup, and what was signed last is not known here.
        Restored = "restored",
        /// The key that signed is not here.
        KeyLost = "key-lost",
        /// It was named after the machine before it had an address.
        Renamed = "renamed",
    }
}
