//! What the complainant says, the loop, and waivers.
//! Must stay a table: facts, and words beside them.

use jiff::Timestamp;

use super::{
    super::{codec::payloads, file::FileFact, vocabulary::WaivedRole},
    PromiseSet, RouteSet,
};
use crate::{id::AccountId, kinds::ChannelKind};

payloads! {
    /// The complainant agrees with the result.
    Agreed = "complaint.agreed" v 1 {
        /// With the result of which round.
        round: u8,
    } + AgreedWords {
        /// A word on the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    }
    /// The complainant disagrees: a notice like any other, with its own receipt.
    Disagreed = "complaint.disagreed" v 1 {
        /// With the result of which round.
        round: u8,
        /// How the disagreement came.
        channel: ChannelKind,
        /// When an official channel had it.
        received_at: Timestamp,
        /// Whether it came after the objection term or the last round.
        late: bool,
        /// Files that came with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileFact>,
    } + DisagreedWords {
        /// What the person says.
        text: String,
        /// Names of the files, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        file_names: Vec<String>,
    }
    /// Everything is checked again from the start.
    RoundOpened = "round.opened" v 1 {
        /// Which round.
        round: u8,
        /// Receipt, from which its promises count.
        from: Timestamp,
        /// Its promises.
        promises: Vec<PromiseSet>,
        /// The suggested route.
        route: RouteSet,
        /// Who is informed at once.
        informs: String,
        /// `true`: it begins at the Director's gate; `false`: with the unit.
        at_gate: bool,
    }
    /// Nobody else was left: independence is waived, with the reason shown to all.
    IndependenceWaived = "independence.waived" v 1 {
        /// In which round.
        round: u8,
        /// For which part.
        part: WaivedRole,
        /// Who took part before and acts again.
        account: AccountId,
    }
    /// The complainant takes the complaint back.
    Withdrawn = "complaint.withdrawn" v 1 {
        /// In which round.
        round: u8,
    } + WithdrawnWords {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
    /// The complainant rated a round.
    Rated = "rating.given" v 1 {
        /// Which round.
        round: u8,
        /// The result, 1 to 5.
        result: u8,
        /// The handling, 1 to 5.
        handling: u8,
    } + RatedWords {
        /// A word on the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    }
}
