//! Refusals: the rules say no. Shown to people, translated; never an error of the program.

use crate::kinds::vocabulary;

vocabulary! {
    /// Why a command is refused; words for people are `refusal-<code>`.
    RefusalCode {
        /// The complaint is closed or archived.
        Closed = "closed",
        /// The complaint does not stand where this command belongs.
        WrongStep = "wrong-step",
        /// Somebody of an earlier round would verify or decide again.
        Independence = "independence",
        /// Nobody approves their own proposal.
        OwnProposal = "own-proposal",
        /// The person holds no authority for this complaint.
        NoAuthority = "no-authority",
        /// No result reached the complainant yet.
        NoResponse = "no-response",
        /// A case with danger to people is never refused.
        SafetyNotRefused = "safety-not-refused",
        /// A case with danger to people is never closed by silence.
        SafetyNotSilent = "safety-not-silent",
        /// The complainant must be asked for evidence first.
        AskFirst = "ask-first",
        /// The complainant still has time to answer the request for evidence.
        EvidenceAwaited = "evidence-awaited",
        /// The refusal must name who can help.
        WhoCanHelp = "who-can-help",
        /// The file already holds what is asked for.
        AlreadyHeld = "already-held",
        /// The instant lies in the future.
        InFuture = "in-future",
        /// The instant lies before the complaint was received.
        BeforeReceipt = "before-receipt",
        /// The result was told before it was approved.
        BeforeApproval = "before-approval",
        /// The instant lies in the past.
        InPast = "in-past",
        /// The pack has no such department.
        UnknownDepartment = "unknown-department",
        /// The pack has no such category.
        UnknownCategory = "unknown-category",
        /// The pack has no such ground.
        UnknownGround = "unknown-ground",
        /// There is no such account.
        UnknownAccount = "unknown-account",
        /// The complaint has no such proposal.
        UnknownProposal = "unknown-proposal",
        /// The complaint has no such undertaking.
        UnknownUndertaking = "unknown-undertaking",
        /// The complaint has no such attempt.
        UnknownAttempt = "unknown-attempt",
        /// There is no such upload.
        UnknownFile = "unknown-file",
        /// There is no such event, or it holds no such words.
        UnknownEvent = "unknown-event",
        /// The person does not belong to the unit.
        NotOfUnit = "not-of-unit",
        /// A proposal already waits.
        ProposalWaits = "proposal-waits",
        /// Nothing was verified in this round yet.
        NothingFound = "nothing-found",
        /// The pack does not offer this channel.
        ChannelNotOffered = "channel-not-offered",
        /// This channel does not send by itself: tell, and record it.
        ByHandOnly = "by-hand-only",
        /// The file holds no address for this channel.
        NoAddress = "no-address",
        /// Another channel than the planned one needs a reason.
        ChannelNeedsReason = "channel-needs-reason",
        /// There is no result to agree or disagree with, or to rate.
        NoResultYet = "no-result-yet",
        /// The complainant already agreed or disagreed.
        AlreadyAnswered = "already-answered",
        /// The complainant did not agree.
        NotAgreed = "not-agreed",
        /// The complainant may still disagree.
        ObjectionOpen = "objection-open",
        /// The term to disagree is over.
        ObjectionOver = "objection-over",
        /// There is another round to come.
        NotLastRound = "not-last-round",
        /// The complainant did not take it back.
        NotWithdrawn = "not-withdrawn",
        /// It was not joined to another.
        NotJoined = "not-joined",
        /// It was joined to another.
        AlreadyJoined = "already-joined",
        /// A complaint cannot be joined to this one.
        CannotJoin = "cannot-join",
        /// The undertaking is over.
        UndertakingOver = "undertaking-over",
        /// The policy lets nothing pause here.
        PauseForbidden = "pause-forbidden",
        /// Where people are in danger no promise pauses.
        SafetyNotPaused = "safety-not-paused",
        /// The running round has no such promise.
        UnknownPromise = "unknown-promise",
        /// The promise stands still already.
        AlreadyPaused = "already-paused",
        /// The promise does not stand still.
        NotPaused = "not-paused",
        /// The promise is kept, ended, or its time is over.
        PromiseOver = "promise-over",
        /// It cannot go on before it stood still.
        BeforePause = "before-pause",
        /// It went on later than the stated pause.
        BeforeResumption = "before-resumption",
        /// A promise whose time is over is not kept by looking back without proof.
        ProofNeeded = "proof-needed",
        /// This round was rated.
        AlreadyRated = "already-rated",
        /// It is open.
        NotClosed = "not-closed",
        /// Too many files.
        TooManyFiles = "too-many-files",
        /// The due date lies beyond the calendar.
        BeyondCalendar = "beyond-calendar",
        /// Nothing would change.
        NothingToChange = "nothing-to-change",
        /// This person may not do this.
        NotPermitted = "not-permitted",
        /// Its words must stay: a court, an authority or a claim needs them.
        OnHold = "on-hold",
        /// Nothing keeps its words.
        NotOnHold = "not-on-hold",
        /// The representative's mandate is not verified.
        MandateNotVerified = "mandate-not-verified",
    }
}

/// A command that the rules refuse: which rule, and the values its words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// Path of the rule in the pack or the process, `rounds.other_people`.
    pub rule: &'static str,
    /// Values the words name.
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal whose words name no values.
    pub const fn new(code: RefusalCode, rule: &'static str) -> Self {
        Self { code, rule, args: Vec::new() }
    }

    /// The same with one more value.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "ids come by value, texts by reference")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}
