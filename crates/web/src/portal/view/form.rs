//! The complaint form, first time or again with errors and everything that was typed.
//! Must not judge what was typed: errors are given.

use askama::Template;
use jiff::civil::Date;
use redress_core::kinds::{About, As, ChannelKind, Kind, Relation};

use super::PromiseNow;
use crate::components::{FieldErrors, Frame, KeptFile};

/// `/{lang}/complaints/new`.
///
/// Fields are named as in `POST /api/v1/complaints`; files are `files`, files kept from an earlier
/// submission are hidden fields `upload`, the one-time key is `key`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/form.html")]
pub struct ComplaintForm {
    /// Around the page.
    pub frame: Frame,
    /// One-time key: the second press of the button opens the same receipt.
    pub key: String,
    /// What was typed.
    pub values: FormValues,
    /// What is wrong, in page order.
    pub errors: FieldErrors,
    /// Categories of the pack: code and name.
    pub categories: Vec<Choice>,
    /// Ways in which the person may want to be answered.
    pub reply_ways: Vec<ChannelKind>,
    /// In which capacities one may complain.
    pub capacities: Vec<As>,
    /// Bounds of the pack.
    pub limits: FormLimits,
    /// The promises of the first round, as if the form were sent now.
    pub promises: Vec<PromiseNow>,
    /// The notice on personal data.
    pub privacy: Privacy,
    /// Where to call instead, when there was no room to store anything; empty otherwise.
    pub calls: Vec<Call>,
    /// Files that came with an earlier attempt and are stored.
    pub kept: Vec<KeptFile>,
}

/// What was typed, as typed.
#[derive(Debug, Clone, Default)]
pub struct FormValues {
    /// The account.
    pub text: String,
    /// Whether people are in danger.
    pub danger: bool,
    /// Complaint or feedback.
    pub kind: Option<Kind>,
    /// Product, service, both, unsure.
    pub about: Option<About>,
    /// Code of the category.
    pub category: String,
    /// Code of the thing.
    pub asset: String,
    /// Where it is.
    pub place: String,
    /// When it happened, local time `YYYY-MM-DDThh:mm` as browsers send it.
    pub happened_at: String,
    /// What the person asks for.
    pub remedy_sought: String,
    /// In which capacity.
    pub capacity: Option<As>,
    /// Relation to the thing.
    pub relation: Option<Relation>,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Who is represented.
    pub represents: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Postal address.
    pub address: String,
    /// Wanted way back.
    pub reply_by: Option<ChannelKind>,
    /// Needs in dealing with the person: interpreter, large print.
    pub needs: String,
}

/// An entry of a list.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Value that is sent.
    pub value: String,
    /// Words.
    pub label: String,
}

/// A number under which somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The number in E.164.
    pub number: String,
    /// The channels it serves, in words.
    pub by: Vec<String>,
}

/// Bounds shown beside the fields.
#[derive(Debug, Clone, Copy)]
pub struct FormLimits {
    /// Characters of the account.
    pub text_chars: usize,
    /// Files.
    pub files: usize,
    /// Bytes of one file.
    pub file_bytes: u64,
}

/// Facts of the notice on personal data.
#[derive(Debug, Clone)]
pub struct Privacy {
    /// Version, sent along as `consent.notice`.
    pub version: Date,
    /// Years a file is kept after archiving.
    pub years: u32,
}

impl ComplaintForm {
    /// The four kinds of matter.
    pub fn abouts(&self) -> &'static [About] {
        About::ALL
    }

    /// The relations to the thing.
    pub fn relations(&self) -> &'static [Relation] {
        Relation::ALL
    }

    /// Complaint or feedback.
    pub fn kinds(&self) -> &'static [Kind] {
        Kind::ALL
    }

    /// Whether the way back was asked for.
    pub fn replies_by(&self, kind: &ChannelKind) -> bool {
        self.values.reply_by == Some(*kind)
    }

    /// Whether the capacity was chosen.
    pub fn complains_as(&self, capacity: &As) -> bool {
        self.values.capacity == Some(*capacity)
    }

    /// Whether the matter was chosen.
    pub fn is_about(&self, about: &About) -> bool {
        self.values.about == Some(*about)
    }

    /// Whether the kind was chosen; a complaint unless the person says otherwise.
    pub fn is_kind(&self, kind: &Kind) -> bool {
        self.values.kind.unwrap_or(Kind::Complaint) == *kind
    }

    /// Whether anything stands in the folded part, which then opens.
    pub fn has_more(&self) -> bool {
        let values = &self.values;
        let typed = [&values.organisation, &values.represents, &values.address, &values.needs];
        let wrong = ["organisation", "represents", "address", "relation", "needs"];
        values.relation.is_some()
            || typed.iter().any(|value| !value.is_empty())
            || wrong.iter().any(|field| self.errors.of(field).is_some())
    }

    /// Whether the relation was chosen.
    pub fn is_related(&self, relation: &Relation) -> bool {
        self.values.relation == Some(*relation)
    }
}
