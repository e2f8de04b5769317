//! Closed vocabularies of commands and events of one complaint.
//! Must not hold behaviour beyond parsing and printing.

use crate::kinds::vocabulary;

vocabulary! {
    /// What a decision says.
    Outcome {
        /// The complaint is right.
        Upheld = "upheld",
        /// It is right in part.
        UpheldInPart = "upheld-in-part",
        /// It is not right.
        NotUpheld = "not-upheld",
    }
}

vocabulary! {
    /// Whose side a finding shows.
    FindingSide {
        /// The company.
        Company = "company",
        /// The complainant.
        Complainant = "complainant",
        /// A document.
        Document = "document",
        /// A measurement.
        Measurement = "measurement",
    }
}

vocabulary! {
    /// What was undertaken.
    UndertakingKind {
        /// A visit.
        Visit = "visit",
        /// A part.
        Part = "part",
        /// A call.
        Call = "call",
        /// A payment.
        Payment = "payment",
        /// A remedy of a decision, or anything else.
        Other = "other",
    }
}

vocabulary! {
    /// For what a promise may stand still (A20).
    PauseCategory {
        /// The complainant was asked for something.
        WaitingForComplainant = "waiting-for-complainant",
        /// Somebody outside the organisation must act: an inspection, a supplier.
        WaitingForOthers = "waiting-for-others",
        /// Flood, storm, an order of the authorities (Civil Code 91/2015/QH13 art 156(1)).
        ForceMajeure = "force-majeure",
    }
}

vocabulary! {
    /// How an undertaking ended or moved.
    UndertakingOutcome {
        /// Done in time or late, but done.
        Kept = "kept",
        /// Another date.
        Moved = "moved",
        /// Not done.
        Broken = "broken",
        /// Not needed any more.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// What words to the complainant are for.
    Purpose {
        /// A reply or any other word.
        Message = "message",
        /// A request for evidence.
        EvidenceRequest = "evidence-request",
        /// The result.
        Response = "response",
        /// The automatic acknowledgement.
        Acknowledgement = "acknowledgement",
        /// A promised date moved with the calendar; sent by itself.
        DateMoved = "date-moved",
    }
}

vocabulary! {
    /// Why words did not get through.
    FailureCode {
        /// The provider will never take it.
        Refused = "refused",
        /// It came back later: a bounce, a returned letter.
        Returned = "returned",
        /// Too many calls without an answer.
        GivenUp = "given-up",
        /// The channel has no address for this person.
        NoAddress = "no-address",
        /// It was overtaken before it left: by danger, or by a new round.
        Recalled = "recalled",
    }
}

vocabulary! {
    /// As what a complaint was closed.
    ClosedAs {
        /// The complainant agreed.
        Agreed = "agreed",
        /// The time to object passed.
        NoObjection = "no-objection",
        /// The last round is over.
        LastRound = "last-round",
        /// The complainant took it back.
        Withdrawn = "withdrawn",
        /// It was joined to another complaint.
        Joined = "joined",
    }
}

vocabulary! {
    /// For which part independence was waived.
    WaivedRole {
        /// Verifying.
        Verifier = "verifier",
        /// Proposing or approving.
        Decider = "decider",
    }
}

impl Purpose {
    /// Whether the program says it by itself: no word of a person, so it keeps no reply promise.
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::Acknowledgement | Self::DateMoved)
    }
}

vocabulary! {
    /// Why the words of a person go. Law 91/2025/QH15 on personal data, art 4; Decree 356/2025/ND-CP
    /// art 5.
    ErasureGround {
        /// The person asked for it.
        PersonAsked = "person-asked",
        /// The person took the consent back on which it was kept.
        ConsentWithdrawn = "consent-withdrawn",
        /// The time for which it may be kept is over.
        RetentionOver = "retention-over",
        /// It should never have been kept.
        KeptUnlawfully = "kept-unlawfully",
        /// An authority ordered it.
        AuthorityOrdered = "authority-ordered",
    }
}

vocabulary! {
    /// Why the words of a complaint must stay, whoever asks.
    HoldGround {
        /// A court has the matter, or may have it.
        Court = "court",
        /// An authority looks into it.
        Authority = "authority",
        /// Somebody claims damages, or defends against it.
        Claim = "claim",
        /// An accident is looked into.
        Accident = "accident",
    }
}
