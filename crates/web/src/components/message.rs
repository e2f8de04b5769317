//! One message between the complainant and the company.
//! Must not carry internal notes: those never reach a public page.

use jiff::Timestamp;
use redress_core::kinds::ChannelKind;

use super::FileItem;

/// One message, either way.
#[derive(Debug, Clone)]
pub struct Message {
    /// Who wrote.
    pub side: Side,
    /// When.
    pub at: Timestamp,
    /// By which channel.
    pub channel: ChannelKind,
    /// The words; empty for a message of pictures alone, or when `erased`.
    pub text: String,
    /// Whether the words were erased or redacted.
    pub erased: bool,
    /// Its files.
    pub files: Vec<FileItem>,
    /// What became of it, in words: `đã gửi`, `khách xem 09:06`.
    pub delivery: String,
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// The complainant.
    Complainant,
    /// A named person of the company.
    Company {
        /// Name of the person.
        name: String,
        /// Unit of the person.
        unit: String,
    },
    /// The system, as in the acknowledgement.
    System,
}

impl Message {
    /// The side as the stylesheet names it.
    pub fn side_name(&self) -> &'static str {
        match self.side {
            Side::Complainant => "theirs",
            Side::Company { .. } | Side::System => "ours",
        }
    }
}
