//! What came in: the notice, the person, the complaint it opened.
//! Must stay a table: facts, and words beside them.

use jiff::{Timestamp, civil::Date};

use super::{
    super::{codec::payloads, file::FileFact},
    PromiseSet, RouteSet,
};
use crate::{
    id::{ComplaintId, NoticeId, PersonId},
    kinds::{About, As, ChannelKind, Kind, Lang, Relation, Severity},
    reference::Reference,
};

payloads! {
    /// A notice came in, byte for byte as it arrived.
    NoticeReceived = "notice.received" v 1 {
        /// Which notice.
        notice: NoticeId,
        /// Its reference.
        reference: Reference,
        /// How it came.
        channel: ChannelKind,
        /// Earliest moment an official channel had it (A5).
        received_at: Timestamp,
        /// Language of the notice.
        language: Lang,
        /// Files that came with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileFact>,
        /// SHA-256 of the body as it arrived, hexadecimal.
        sha256: String,
    } + NoticeWords {
        /// The body as it arrived.
        body: String,
    }
    /// A notice that could not be interpreted at once was interpreted.
    NoticeInterpreted = "notice.interpreted" v 1 {
        /// The complaint it opened.
        complaint: ComplaintId,
    }
    /// A person outside the organisation became known.
    PersonRecorded = "person.recorded" v 1 {
        /// Which person.
        person: PersonId,
        /// In which capacity.
        capacity: As,
        /// Ways that are known.
        ways: Vec<ChannelKind>,
    } + PersonWords {
        /// Full name, as given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Organisation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<String>,
        /// Whom the person represents.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        represents: Option<String>,
        /// Telephone, E.164.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<String>,
        /// E-mail address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<String>,
        /// Postal address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        /// Sender's id on the channel it came by (Zalo, Viber).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sender: Option<String>,
    }
    /// A complaint was opened, with its promises, its suggested route, and who is informed.
    ComplaintOpened = "complaint.opened" v 1 {
        /// Its reference.
        reference: Reference,
        /// The notice that opened it.
        notice: NoticeId,
        /// Who complains.
        person: PersonId,
        /// In which capacity.
        capacity: As,
        /// How the person stands to the thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relation: Option<Relation>,
        /// Complaint or feedback.
        kind: Kind,
        /// What it is about.
        about: About,
        /// Category of the pack.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<String>,
        /// How serious.
        severity: Severity,
        /// People are, or may be, in danger.
        safety: bool,
        /// The lift or other thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asset: Option<String>,
        /// When it happened, as told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        happened_at: Option<Timestamp>,
        /// How it came.
        channel: ChannelKind,
        /// Where it was handed in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        office: Option<String>,
        /// The way back the person wished for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_by: Option<ChannelKind>,
        /// Language of the person.
        language: Lang,
        /// Earliest moment an official channel had it (A5).
        received_at: Timestamp,
        /// The policy it runs under, `alphatech@1`.
        policy: String,
        /// Digest of that pack.
        pack: String,
        /// The promises of round 1.
        promises: Vec<PromiseSet>,
        /// The suggested route.
        route: RouteSet,
        /// Who is informed at once: `director` or `receiving`.
        informs: String,
        /// Ways by which the person can be reached.
        ways: Vec<ChannelKind>,
        /// Files that came with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileFact>,
        /// Version of the personal-data notice that was shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        privacy_notice: Option<Date>,
        /// SHA-256 of the tracking token, hexadecimal.
        tracking: String,
    } + OpenedWords {
        /// What the person says.
        text: String,
        /// What the person asks for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remedy_sought: Option<String>,
        /// Where it happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Needs for access or help.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needs: Option<String>,
        /// Names of the files, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
    }
    /// The complainant wrote or called again before our answer (A19).
    ContactedAgain = "complaint.contacted_again" v 1 {
        /// How.
        channel: ChannelKind,
        /// How many times so far.
        count: u32,
    }
}
