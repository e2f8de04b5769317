//! The page that checks receipts, fresh and with both verdicts.

use redress_app::proof::{Cosigned, Words as Recorded};
use redress_app::{ReceiptRefused, ReceiptSays};
use redress_core::kinds::Lang;
use redress_web::components::{FieldErrors, Section};
use redress_web::portal::assemble;
use redress_web::portal::view::Verify;

use super::{account, at, frame};

const KEY: &str = "complaints.example.vn/log+78f4cd8c+AbLQPpt0ks6gedMQB9Dok8Th2z8WZqA/RM8S+fD6UrFm";

pub(crate) fn verify(lang: Lang) -> Verify {
    let frame = frame(lang, "/verify", Section::Other);
    let (keys, errors) = (vec![KEY.to_owned()], FieldErrors::default());
    Verify { frame, keys, errors, verdict: None }
}

pub(crate) fn verify_missing(lang: Lang) -> Verify {
    let mut page = verify(lang);
    page.errors.add("receipt", redress_text::t(lang, "verify-missing"));
    page
}

pub(crate) fn verify_valid(lang: Lang) -> Verify {
    let mut page = verify(lang);
    let received_at = at("2026-11-23T08:17:00+07:00");
    let recorded_at = at("2026-11-25T10:24:07+07:00");
    let witness = |name: &str, time| Cosigned { name: name.to_owned(), at: at(time) };
    let says = ReceiptSays {
        origin: "complaints.example.vn/log/1".to_owned(),
        index: 4_021,
        size: 4_077,
        recorded_at,
        event: Some("complaint.opened".to_owned()),
        reference: Some("KN-26-000384-KB".to_owned()),
        stream: None,
        received_at: Some(received_at),
        late: Some(recorded_at.duration_since(received_at)),
        payload: "{}".to_owned(),
        words: Recorded::Open("{}".to_owned()),
        said: Some(account(lang)),
        witnesses: vec![
            witness("tieudung.example.vn/w1", "2026-11-25T10:24:30+07:00"),
            witness("luatsu.example.vn/w1", "2026-11-25T10:25:30+07:00"),
        ],
    };
    page.verdict = Some(assemble::verdict(&page.frame.w, Ok(says)));
    page
}

pub(crate) fn verify_refused(lang: Lang) -> Verify {
    let mut page = verify(lang);
    let claimed = vec![("other.example.vn/log/1".to_owned(), "00000000".to_owned())];
    let refused = ReceiptRefused { code: "foreign-key", detail: String::new(), claimed };
    page.verdict = Some(assemble::verdict(&page.frame.w, Err(refused)));
    page
}
