//! Whom the rules would let act, asked beforehand of the rules themselves.
//! Must not hold rules: every answer is one of `decide`.

use jiff::Timestamp;
use redress_core::complaint::{
    Circumstances, Refusal, RefusalCode, decide,
    people::{Actor, Member},
    registry,
    state::ProposalFate,
};
use serde_json::{Value, json};

use crate::Loaded;

/// What the rules would say to commands that nobody has sent.
#[derive(Debug, Clone, Copy)]
pub struct Chance<'a> {
    /// The complaint.
    pub loaded: &'a Loaded,
    /// Every member with an active account.
    pub members: &'a [Member],
    /// The time.
    pub now: Timestamp,
}

impl Chance<'_> {
    /// Whether `member` may not do what `shape` does, having taken part in an earlier round.
    pub fn is_barred(&self, member: &Member, shape: &str) -> bool {
        let says = match shape {
            "acceptance" => self.ask(member, "acceptance", &json!({"accept": true})),
            "findings" => {
                let finding = json!({"check": "x", "side": "company", "text": "x"});
                self.ask(member, "findings", &finding)
            }
            "decision" | "refusal" => {
                self.ask(member, "decision", &json!({"outcome": "upheld", "reasons": "x"}))
            }
            "approval" => self.approval(member, true),
            "give-back" => self.approval(member, false),
            _ => None,
        };
        says.is_some_and(|says| says.code == RefusalCode::Independence)
    }

    /// Whether `member` may be put on it to verify, as far as unit and earlier rounds go.
    pub fn may_verify(&self, member: &Member) -> bool {
        self.may_be(member, "verifier")
    }

    /// Whether `member` may be put on it to decide, as far as authority and earlier rounds go.
    pub fn may_decide(&self, member: &Member) -> bool {
        self.may_be(member, "decider")
    }

    /// Whether the policy lets `member` hand over.
    pub fn may_hand_over(&self, member: &Member) -> bool {
        let says = self.ask(member, "handover", &json!({}));
        says.is_none_or(|says| says.code != RefusalCode::NotPermitted)
    }

    /// Whether a proposal waits that `member` may approve.
    pub fn may_approve(&self, member: &Member) -> bool {
        self.waits() && self.approval(member, true).is_none()
    }

    /// Whether a proposal waits that `member` may give back, or take back as their own.
    pub fn may_give_back(&self, member: &Member) -> bool {
        self.waits() && self.approval(member, false).is_none()
    }

    /// Everybody who may approve the proposal that waits.
    pub fn approvers(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| self.may_approve(member))
    }

    /// Whether a proposal waits for a second person.
    pub fn waits(&self) -> bool {
        let current = self.loaded.complaint.current_proposal();
        current.is_some_and(|proposal| proposal.fate == ProposalFate::Pending)
    }

    fn may_be(&self, member: &Member, part: &str) -> bool {
        let says = self.ask(member, "assignment", &json!({ part: member.email }));
        !says.is_some_and(|says| {
            says.code == RefusalCode::Independence
                || says.code == RefusalCode::NotOfUnit
                || says.code == RefusalCode::NoAuthority
        })
    }

    fn approval(&self, member: &Member, approve: bool) -> Option<Refusal> {
        let current = self.loaded.complaint.current_proposal()?.id.to_string();
        let mut body = json!({"approve": approve, "proposal": current});
        if !approve {
            body["reason"] = json!("x");
        }
        self.ask(member, "approval", &body)
    }

    /// The refusal that would meet `member`; `None` where the rules would say yes.
    fn ask(&self, member: &Member, name: &str, body: &Value) -> Option<Refusal> {
        let actor = Actor::Staff(member.clone());
        let (_, command) = registry::parse(name, body, false).ok()?;
        let at = Circumstances {
            now: self.now,
            actor: &actor,
            policy: &self.loaded.pack.policy,
            members: self.members,
            senders: &[],
            files: &[],
            target: None,
            words_of: None,
        };
        decide(&self.loaded.complaint, &command, &at).err()
    }
}
