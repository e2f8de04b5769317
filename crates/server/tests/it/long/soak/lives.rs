//! Complaints on their way through both rounds to closure, one step at a time. Must not decide when.

use serde_json::{Value, json};

use crate::serve::house::{A, B, CARE, Case, DIRECTOR, HEAD, House};
use crate::serve::life::{finding, told};

/// Who takes the step, with which command, and the state it leads to. [`ME`] is the complainant.
const STEPS: &[(&str, &str, &str)] = &[
    (DIRECTOR, "sighting", "received"),
    (DIRECTOR, "handover", "handed-over"),
    (CARE, "messages", "handed-over"),
    (A, "acceptance", "verifying"),
    (A, "findings", "verifying"),
    (A, "decision", "deciding"),
    (HEAD, "approval", "responding"),
    (A, "response", "answered"),
    (ME, "disagreement", "received"),
    (DIRECTOR, "handover", "handed-over"),
    (B, "acceptance", "verifying"),
    (B, "findings", "verifying"),
    (B, "decision", "deciding"),
    (DIRECTOR, "approval", "responding"),
    (B, "response", "answered"),
    (ME, "agreement", "answered"),
    (CARE, "closure", "archived"),
    (ME, "rating", "archived"),
];
const ME: &str = "the complainant";

/// A complaint on its way.
#[derive(Debug)]
pub(super) struct Living {
    case: Case,
    done: usize,
    version: u64,
    proposal: String,
    /// Whether the last step was asked for and not answered.
    in_doubt: bool,
}

impl Living {
    pub(super) const fn new(case: Case) -> Self {
        Self { case, done: 0, version: 0, proposal: String::new(), in_doubt: false }
    }

    pub(super) const fn is_over(&self) -> bool {
        self.done == STEPS.len()
    }

    /// The next step; `false` when the connection broke.
    pub(super) fn step(&mut self, house: &House) -> bool {
        let (who, command, _) = STEPS[self.done];
        let token = if who == ME { &self.case.tracking } else { house.token(who) };
        let path = format!("/api/v1/complaints/{}/{command}", self.case.reference);
        let ask = house.client.post(&path).token(token).json(&self.body(command));
        let Some(answer) = ask.try_send() else {
            self.in_doubt = true;
            return false;
        };
        if answer.status == 200 {
            self.version = answer.json()["version"].as_u64().expect("a version").max(self.version);
        } else {
            // It was done before its answer was lost, and is refused a second time.
            assert!(self.in_doubt, "{command}: {}", answer.text());
            answer.refusal();
        }
        self.in_doubt = false;
        if command == "decision" {
            let seen = house.show(DIRECTOR, &self.case.reference);
            let last = seen["proposals"].as_array().and_then(|all| all.last());
            let last = last.expect("it was proposed")["id"].as_str().expect("an id");
            last.clone_into(&mut self.proposal);
        }
        self.done += 1;
        true
    }

    fn body(&self, command: &str) -> Value {
        let second = self.done > 8;
        match command {
            "handover" => json!({"to": "technical"}),
            "messages" => {
                json!({"direction": "out", "channel": "phone", "text": "Chiều nay có thợ.",
                                 "by_hand": {"with": "bà Hà"}})
            }
            "acceptance" => json!({"accept": true, "verifier": if second { B } else { A }}),
            "findings" => finding(),
            "decision" => {
                json!({"outcome": "upheld", "reasons": "Lệch 38 mm, quá 10 mm cho phép."})
            }
            "approval" => json!({"proposal": self.proposal, "approve": true}),
            "response" => told(&self.proposal),
            "disagreement" => json!({"text": "Hôm nay vẫn lệch."}),
            "closure" => json!({"as": "agreed"}),
            "rating" => json!({"round": 2, "result": 4, "handling": 5}),
            _ => json!({}),
        }
    }

    /// Nothing that was answered is gone.
    pub(super) fn is_there(&self, house: &House) {
        let seen = house.show(DIRECTOR, &self.case.reference);
        let version = seen["version"].as_u64().expect("a version");
        assert!(version >= self.version, "{self:?}: {version}");
        if let Some((_, _, state)) = self.done.checked_sub(1).map(|done| STEPS[done]) {
            let next = STEPS.get(self.done).map(|(_, _, state)| *state);
            let found = seen["state"].as_str().expect("a state");
            let known = found == state || self.in_doubt && Some(found) == next;
            assert!(known, "{self:?}: {found}");
        }
    }
}
