//! A receipt checked for a person.

use std::collections::BTreeMap;

use redress_app::{REASONS, check_receipt};
use redress_core::kinds::Lang;
use redress_proof::Refusal;

#[test]
fn every_reason_has_one_text_in_every_language() {
    let mut texts = BTreeMap::new();
    for (text, codes) in REASONS {
        for lang in Lang::ALL {
            assert_ne!(redress_text::t(*lang, text), *text, "{lang}");
        }
        for code in *codes {
            assert_eq!(texts.insert(*code, *text), None, "{code} has two texts");
        }
    }
    assert_eq!(texts.remove("no-key"), Some("verify-no-key"));
    let told: Vec<&str> = texts.into_keys().collect();
    let mut codes = Refusal::CODES.to_vec();
    codes.sort_unstable();
    assert_eq!(told, codes);
}

#[test]
fn a_refusal_is_told_by_its_own_text() {
    let refused = check_receipt(b"%PDF-1.7", &[]).unwrap_err();
    assert_eq!((refused.code, refused.text_id()), ("not-a-receipt", "verify-no-other-file"));
    assert!(refused.claimed.is_empty() && refused.detail.contains("first line"));
}
