//! The usual steps of a life, so that tests begin where they have something to say.
//! Must not hold expectations beyond that the steps are taken.

use redress_testkit::{CUSTOMER, people::*};
use serde_json::{Value, json};

use crate::kit::House;

/// A finding.
pub(crate) fn finding() -> Value {
    json!({"check": "levelling", "side": "company", "text": "38 mm khi xuống có tải"})
}

/// An answer told by telephone.
pub(crate) fn told(proposal: &str) -> Value {
    json!({"proposal": proposal, "told": {"by": "phone", "to": "bà Hà", "words": "Đã chỉnh lại."}})
}

/// Words told by telephone, which keep the first reply.
pub(crate) fn call() -> Value {
    json!({"direction": "out", "channel": "phone", "text": "Chúng tôi đã nhận, chiều nay có thợ.",
           "by_hand": {"with": "bà Hà"}})
}

/// Handed over to the technical unit and verified by `verifier`, up to a proposal; its id.
pub(crate) async fn proposed(house: &House, reference: &str, verifier: &str) -> String {
    let loaded = house.load(reference).await;
    if loaded.complaint.department.is_none() {
        house.does(DIRECTOR, reference, "handover", &json!({"to": "technical"})).await;
    }
    house.does(verifier, reference, "acceptance", &json!({"accept": true})).await;
    house.does(verifier, reference, "findings", &finding()).await;
    let decision = json!({"outcome": "upheld", "reasons": "Lệch 38 mm, quá 10 mm cho phép."});
    house.does(verifier, reference, "decision", &decision).await;
    let loaded = house.load(reference).await;
    loaded.complaint.current_proposal().expect("one was made").id.to_string()
}

/// Answered in the first round: verified by Tùng, approved by Huy, told by telephone.
pub(crate) async fn answered(house: &House, reference: &str) {
    let proposal = proposed(house, reference, TUNG).await;
    let approval = json!({"proposal": proposal, "approve": true});
    house.does(HUY, reference, "approval", &approval).await;
    house.does(TUNG, reference, "response", &told(&proposal)).await;
}

/// The complainant does not agree.
pub(crate) async fn disagreed(house: &House, reference: &str) {
    house.does(CUSTOMER, reference, "disagreement", &json!({"text": "Vẫn lệch."})).await;
}
