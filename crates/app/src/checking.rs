//! A receipt checked for a person: what it says, or why it is not accepted and whose it claims to be.
//! Must not ask the store or a clock: the file and the keys are enough.

use jiff::{SignedDuration, Timestamp};
use redress_proof::{Cosigned, KeyKind, Receipt, Refusal, VerificationKey, Words, late_by, verify};
use serde_json::Value;

/// How long after its receipt an entry may be recorded without being called late. Writing down a
/// telephone call or fetching mail takes minutes; whoever gets the receipt sees both times anyhow.
pub const LATE_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// What the name of a receipt's file ends in.
pub const RECEIPT_ENDING: &str = ".tlog-proof";

/// What a receipt says, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptSays {
    /// The name of the log.
    pub origin: String,
    /// Which entry of the log it is, from 0.
    pub index: u64,
    /// How many entries the log had when it was signed.
    pub size: u64,
    /// When the log says that it was recorded, whole milliseconds.
    pub recorded_at: Timestamp,
    /// The name of the event, `notice.received`.
    pub event: Option<String>,
    /// The reference of the complaint. Only what begins a complaint names it.
    pub reference: Option<String>,
    /// The stream of the event: what it belongs to, where no reference is named.
    pub stream: Option<String>,
    /// When it was received, as claimed by whoever recorded it.
    pub received_at: Option<Timestamp>,
    /// How long after that it was recorded, if that is late.
    pub late: Option<SignedDuration>,
    /// The exact text that was recorded.
    pub payload: String,
    /// Its words.
    pub words: Words,
    /// What the person said, where the words have it as a text.
    pub said: Option<String>,
    /// The known witnesses that have signed.
    pub witnesses: Vec<Cosigned>,
}

/// Why a receipt is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRefused {
    /// The code of the reason: one of [`Refusal::CODES`], or `no-key`.
    pub code: &'static str,
    /// What exactly is wrong, in English.
    pub detail: String,
    /// Who claims to have signed: name, and id of the key. Nobody has checked it.
    pub claimed: Vec<(String, String)>,
}

/// Checks a receipt by the `known` keys of logs and witnesses.
///
/// Without a key of a log nothing is accepted: what contradicts itself is refused for that, and
/// anything else as `no-key`.
///
/// # Errors
///
/// [`ReceiptRefused`] with the first thing that is wrong.
pub fn check_receipt(
    bytes: &[u8],
    known: &[VerificationKey],
) -> Result<ReceiptSays, ReceiptRefused> {
    let refused = |refusal: &Refusal| ReceiptRefused {
        code: refusal.code(),
        detail: chain(refusal),
        claimed: claimed(bytes),
    };
    if known.iter().any(|key| key.kind() == KeyKind::Log) {
        return verify(bytes, known).map(says).map_err(|refusal| refused(&refusal));
    }
    let alone = Receipt::parse(bytes).and_then(|receipt| receipt.check_itself());
    alone.map_err(|refusal| refused(&refusal))?;
    let detail = "no key of a log is given to verify it by".to_owned();
    Err(ReceiptRefused { code: "no-key", detail, claimed: claimed(bytes) })
}

fn says(proved: redress_proof::Verified) -> ReceiptSays {
    let payload: Value = serde_json::from_str(&proved.payload).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let facts = &payload["facts"];
    let received_at = facts["received_at"].as_str().and_then(|at| at.parse().ok());
    ReceiptSays {
        index: proved.index,
        size: proved.tree.size,
        recorded_at: proved.recorded_at,
        event: text(&payload["event"]),
        // `case` is how the published example of the form has it.
        reference: text(&facts["reference"]).or_else(|| text(&payload["case"])),
        stream: text(&payload["stream"]),
        received_at,
        late: received_at.and_then(|at| late_by(at, proved.recorded_at, LATE_AFTER)),
        said: said(&proved.words),
        payload: proved.payload,
        words: proved.words,
        witnesses: proved.cosigned,
        origin: proved.origin,
    }
}

/// The text in the words of an event; a notice keeps whole what arrived, with the text in it.
fn said(words: &Words) -> Option<String> {
    let Words::Open(words) = words else { return None };
    let words: Value = serde_json::from_str(words).ok()?;
    let body = words["body"].as_str().and_then(|body| serde_json::from_str::<Value>(body).ok());
    let text = words["text"].as_str().or_else(|| body.as_ref()?["text"].as_str());
    text.map(str::to_owned)
}

fn claimed(bytes: &[u8]) -> Vec<(String, String)> {
    let Ok(receipt) = Receipt::parse(bytes) else { return Vec::new() };
    let signatures = receipt.checkpoint.signatures().iter();
    let one = |by: &redress_proof::Signature| {
        (by.name().to_owned(), format!("{:08x}", u32::from_be_bytes(by.id())))
    };
    signatures.map(one).collect()
}

fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}"))
}

impl ReceiptRefused {
    /// The text that tells a person why; several reasons are one to whoever reads them.
    pub fn text_id(&self) -> &'static str {
        let found = REASONS.iter().find(|(_, codes)| codes.contains(&self.code));
        found.map_or("verify-no-damaged", |(text, _)| text)
    }
}

/// Each text, and the reasons that it tells.
pub const REASONS: &[(&str, &[&str])] = &[
    ("verify-no-other-file", &["too-long", "not-text", "not-a-receipt"]),
    ("verify-no-resaved", &["byte-order-mark", "windows-line-ends", "control"]),
    ("verify-no-cut", &["truncated"]),
    ("verify-no-opening", &["no-opening"]),
    ("verify-no-damaged", &["line", "checkpoint", "signature-form", "signed-twice"]),
    ("verify-no-foreign", &["foreign-key", "foreign-log"]),
    ("verify-no-forged", &["forged", "outside", "path-length", "wrong-root"]),
    ("verify-no-content", &["leaf", "wrong-payload"]),
    ("verify-no-words", &["wrong-words", "no-words"]),
    ("verify-no-key", &["no-key"]),
];
