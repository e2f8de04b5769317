//! The sections of the published page, in order.
//! Must not hold their headings; those are texts `section.<name>` of the pack.

/// A section of the published page. Receive to Close are the five steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Why the policy exists.
    Preamble,
    /// Who may complain.
    Who,
    /// Ways in.
    Channels,
    /// What may be refused.
    Principles,
    /// Danger to people.
    Safety,
    /// Step: the notice is taken in.
    Receive,
    /// Step: the facts are verified.
    Verify,
    /// Step: somebody with authority decides.
    Decide,
    /// Step: the answer goes back.
    Respond,
    /// Step: the file is archived.
    Close,
    /// Time limits.
    Limits,
}

impl Section {
    /// Every section in the order of the page.
    pub const ALL: &'static [Self] = &[
        Self::Preamble,
        Self::Who,
        Self::Channels,
        Self::Principles,
        Self::Safety,
        Self::Receive,
        Self::Verify,
        Self::Decide,
        Self::Respond,
        Self::Close,
        Self::Limits,
    ];

    /// The five steps in order.
    pub const STEPS: &'static [Self] =
        &[Self::Receive, Self::Verify, Self::Decide, Self::Respond, Self::Close];

    /// Its name in the pack and in the address of the page.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preamble => "preamble",
            Self::Who => "who",
            Self::Channels => "channels",
            Self::Principles => "principles",
            Self::Safety => "safety",
            Self::Receive => "receive",
            Self::Verify => "verify",
            Self::Decide => "decide",
            Self::Respond => "respond",
            Self::Close => "close",
            Self::Limits => "limits",
        }
    }

    /// Where a sentence stands whose first rule is `rule`.
    pub(super) fn of_rule(rule: &str) -> Self {
        let parts: Vec<&str> = rule.split('.').collect();
        match parts.as_slice() {
            ["who", ..] => Self::Who,
            ["channels", _, "answer"] | ["rounds", ..] => Self::Respond,
            ["handover", "routes"] | ["limits" | "offices" | "company" | "channels", ..] => {
                Self::Channels
            }
            ["refusal", ..] => Self::Principles,
            ["safety", ..] => Self::Safety,
            ["handover", "routes", ..] => Self::Verify,
            ["notices" | "handover", ..] | ["promises", "first-reply", ..] => Self::Receive,
            ["decision", ..] | ["promises"] => Self::Decide,
            ["promises", .., "kept_by"] => Self::Respond,
            ["archive", ..] => Self::Close,
            [..] => Self::Limits,
        }
    }
}
