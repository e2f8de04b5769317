//! Closed vocabularies in words: every value of the process that a page may name.
//! Must not add values: they come from the core, or are listed here until the core has them.

use redress_core::kinds::{About, As, ChannelKind, Kind, Lang, Relation, Role, Severity};

use crate::bundle::t;

/// A closed vocabulary whose values have words `GROUP-value` in every language.
pub trait Spoken: Copy + 'static {
    /// First part of the text ids, `kind`.
    const GROUP: &'static str;
    /// Every value.
    const VALUES: &'static [Self];
    /// The spelling of one value, `complaint`.
    fn spelling(self) -> &'static str;
}

/// The word for `value` in `lang`.
pub fn say<W: Spoken>(lang: Lang, value: W) -> String {
    t(lang, &format!("{}-{}", W::GROUP, value.spelling()))
}

macro_rules! spoken {
    ($($kind:ident = $group:literal,)+) => {
        $(impl Spoken for $kind {
            const GROUP: &'static str = $group;
            const VALUES: &'static [Self] = Self::ALL;
            fn spelling(self) -> &'static str {
                self.as_str()
            }
        })+
    };
}

spoken! {
    Lang = "lang",
    Kind = "kind",
    About = "about",
    Severity = "severity",
    ChannelKind = "channel",
    As = "as",
    Relation = "relation",
    Role = "role",
    ComplaintState = "state",
    PromiseState = "promise",
    Step = "step",
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of the process.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The one spelling, as in the API.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

vocabulary! {
    /// Where a complaint stands, as the API spells it.
    ComplaintState {
        /// Stored, with the Director.
        Received = "received",
        /// With the unit that will verify.
        HandedOver = "handed-over",
        /// Being verified.
        Verifying = "verifying",
        /// Awaiting a decision.
        Deciding = "deciding",
        /// The decision is on its way to the person.
        Responding = "responding",
        /// The person has the result and may agree or disagree.
        Answered = "answered",
        /// Closed.
        Closed = "closed",
        /// Sealed and archived.
        Archived = "archived",
    }
}

vocabulary! {
    /// How a promise stands.
    PromiseState {
        /// More than a quarter of the time is left.
        Running = "running",
        /// A quarter of the time or less is left.
        Soon = "soon",
        /// The time is over and the promise is not kept.
        Late = "late",
        /// Kept in time.
        Kept = "kept",
        /// Kept too late or never.
        Missed = "missed",
        /// Stands still, where the policy allows it.
        Paused = "paused",
        /// Its complaint ended before its time was over.
        Ended = "ended",
    }
}

vocabulary! {
    /// The five steps of the procedure.
    Step {
        /// Step 1.
        Receive = "receive",
        /// Step 2.
        Verify = "verify",
        /// Step 3.
        Decide = "decide",
        /// Step 4.
        Respond = "respond",
        /// Step 5.
        Close = "close",
    }
}
