//! The receipt: reference, promises as clock times, what happens next, the link to keep.
//! Must not open to somebody without the link or the cookie: the handler checks that.

use askama::Template;
use jiff::Timestamp;

use crate::components::{FileItem, Frame};

/// `/{lang}/complaints/{ref}/receipt`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/receipt.html")]
pub struct Receipt {
    /// Around the page.
    pub frame: Frame,
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// When the complaint counts as received.
    pub received_at: Timestamp,
    /// Who has it now, in words: `Tổng Giám đốc và Chăm sóc khách hàng`.
    pub with: String,
    /// Whether people are in danger.
    pub danger: bool,
    /// The promises that run now.
    pub promises: Vec<ReceiptPromise>,
    /// What a later round promises, in words; empty when there is no further round.
    pub again: String,
    /// The whole tracking address, to keep.
    pub tracking_url: String,
    /// What was sent: label and value.
    pub sent: Vec<(String, String)>,
    /// Files that were sent.
    pub files: Vec<FileItem>,
}

/// A promise on a receipt.
#[derive(Debug, Clone)]
pub struct ReceiptPromise {
    /// What is promised.
    pub what: String,
    /// How long, in words.
    pub within: String,
    /// The first instant that is too late.
    pub due: Timestamp,
}

impl Receipt {
    /// The reference in pieces that are easy to read out on the telephone.
    pub fn spelt(&self) -> String {
        spelt(&self.reference)
    }

    /// Whether the link shows more than this page.
    pub const fn leads_on(&self) -> bool {
        true
    }
}

/// What a tracking link shows while a person still has to open the file.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/waiting.html")]
pub struct Waiting {
    /// Around the page.
    pub frame: Frame,
    /// `KN-26-000384-KB`.
    pub reference: String,
    /// When the complaint counts as received.
    pub received_at: Timestamp,
    /// Whether people are in danger.
    pub danger: bool,
    /// What is promised first.
    pub first: String,
    /// The first instant that is too late for it, as far as that can be counted.
    pub due: Option<Timestamp>,
    /// The whole tracking address, to keep.
    pub tracking_url: String,
}

impl Waiting {
    /// The reference in pieces that are easy to read out on the telephone.
    pub fn spelt(&self) -> String {
        spelt(&self.reference)
    }

    /// Whether the link shows more than this page.
    pub const fn leads_on(&self) -> bool {
        false
    }
}

fn spelt(reference: &str) -> String {
    let letters: Vec<String> = reference.chars().map(String::from).collect();
    letters.join("\u{a0}")
}
