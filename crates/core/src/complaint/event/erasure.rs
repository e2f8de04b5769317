//! What is erased, and what must not be.
//! Must stay a table: facts, and words beside them.

use super::super::{
    codec::payloads,
    vocabulary::{ErasureGround, HoldGround},
};
use crate::id::PersonId;

payloads! {
    /// The words of a person were erased.
    PersonErased = "person.erased" v 1 {
        /// Which person.
        person: PersonId,
        /// Legal ground.
        ground: ErasureGround,
    }
    /// All words of this complaint so far were erased, with those of its person.
    ComplaintErased = "complaint.erased" v 1 {
        /// Legal ground.
        ground: ErasureGround,
    }
    /// Leaves of the log lost their words: only by this may words be missing from it.
    LogErased = "log.erased" v 1 {
        /// Legal ground.
        ground: String,
        /// From the first to the last index of each run of leaves, ascending.
        indices: Vec<(u64, u64)>,
    }
    /// Nothing of this complaint may be erased any more.
    HoldPlaced = "hold.placed" v 1 {
        /// Legal ground.
        ground: HoldGround,
    } + HoldWords {
        /// Why.
        reason: String,
    }
    /// It may be erased again.
    HoldLifted = "hold.lifted" v 1 {
    } + HoldLiftedWords {
        /// Why.
        reason: String,
    }
}
