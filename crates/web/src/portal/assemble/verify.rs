//! From a checked receipt to the words of its page. Must not judge a receipt.

use jiff::Timestamp;
use redress_app::proof::Words as Recorded;
use redress_app::{RECEIPT_ENDING, ReceiptRefused, ReceiptSays};

use crate::components::Words;
use crate::portal::view::{Moment, Reason, Refused, Valid, Verdict};

/// The verdict on a receipt, in words.
pub fn verdict(w: &Words, checked: Result<ReceiptSays, ReceiptRefused>) -> Verdict {
    match checked {
        Ok(says) => Verdict::Valid(Box::new(valid(w, says))),
        Err(refused) => Verdict::Refused(told(w, &refused)),
    }
}

fn valid(w: &Words, says: ReceiptSays) -> Valid {
    let moment = |at: Timestamp| Moment { words: w.instant_in_full(&at), machine: w.machine(&at) };
    let (index, size) = (says.index.to_string(), says.size.to_string());
    let seen = says.witnesses.iter().map(|by| {
        let time = w.instant_in_full(&by.at);
        w.t2("verify-witness", "name", by.name.as_str(), "time", time.as_str())
    });
    let seen: Vec<String> = seen.collect();
    Valid {
        lead: w.t1("verify-valid-lead", "origin", says.origin.as_str()),
        reference: says.reference,
        received: says.received_at.map(moment),
        recorded: Some(moment(says.recorded_at)),
        place: w.t2("verify-place-of", "index", index.as_str(), "size", size.as_str()),
        witnesses: if seen.is_empty() { w.t("verify-no-witness") } else { seen.join("\n") },
        said: says.said,
        late: says.late.is_some(),
        closed: says.words == Recorded::Closed,
    }
}

fn told(w: &Words, refused: &ReceiptRefused) -> Refused {
    let words = w.t1(refused.text_id(), "ending", RECEIPT_ENDING);
    let names: Vec<&str> = refused.claimed.iter().map(|(name, _)| name.as_str()).collect();
    Refused {
        reasons: vec![Reason { codes: refused.code.to_owned(), words }],
        code: refused.code.to_owned(),
        claimed: (!names.is_empty()).then(|| names.join("; ")),
    }
}
