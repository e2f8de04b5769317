//! Every message of a pack rendered with samples in every language: what `policy test` runs, so
//! that a template is found wrong before anybody waits for its letter.

use redress_core::{
    kinds::Lang,
    policy::{Pack, messages_of},
};
use serde_json::{Value, json};

use super::{Values, common, render};

/// A message that does not render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFault {
    /// Which message.
    pub message: String,
    /// In which language.
    pub lang: Lang,
    /// Why.
    pub fault: String,
}

/// Renders every message with full and with bare samples; answers how many, and what failed.
pub fn render_samples(pack: &Pack) -> (usize, Vec<SampleFault>) {
    let mut count = 0;
    let mut faults = Vec::new();
    for lang in &pack.policy.languages {
        for message in messages_of(&pack.policy) {
            for full in [true, false] {
                count += 1;
                let rendered = render(pack, message, *lang, &sample(pack, full));
                let fault = match rendered {
                    Ok(rendered) if rendered.subject.is_empty() => {
                        "its subject is empty".to_owned()
                    }
                    Ok(rendered) if rendered.text.is_empty() => "its text is empty".to_owned(),
                    Ok(_) => continue,
                    Err(error) => error.to_string(),
                };
                let message = message.to_owned();
                faults.push(SampleFault { message, lang: *lang, fault });
            }
        }
    }
    (count, faults)
}

/// Every value any template may name; bare where a value may be empty.
pub(super) fn sample(pack: &Pack, full: bool) -> Values {
    let text = |sample: &str| if full { sample.to_owned() } else { String::new() };
    let list = |sample: Value| if full { json!([sample]) } else { json!([]) };
    let due = json!({"name": "sample", "what": "sample", "due": "sample"});
    let more = json!({
        "name": text("sample"), "text": "sample", "title": "sample", "place": text("sample"),
        "tracking_url": "https://sample.example/", "desk_url": "https://sample.example/",
        "signer": {"name": "sample", "department": "sample"},
        "again": full, "outcome": if full { "refused" } else { "upheld" }, "ground": text("sample"),
        "who_can_help": text("sample"), "remedies": list(due.clone()), "objection_until": text("sample"),
        "asks": list(json!("sample")), "answer_by": text("sample"), "channel": "sample",
        "about": "sample", "received_at": "sample", "safety": full, "files": i32::from(full),
        "promises": list(due.clone()), "handed_over_at": text("sample"), "promise": "sample",
        "due": text("sample"), "share": 50, "late": full, "holder": "sample", "phone": text("sample"),
        "other_people": full, "reason": if full { "joined" } else { "agreed" },
        "joined_into": text("sample"), "undertakings": list(due), "kept_until": "sample",
        "moves": [{"name": "sample", "was": "sample", "due": "sample"}], "told": full,
    });
    let mut values = common(pack, "KN-26-000384-KB");
    if let Value::Object(more) = more {
        values.extend(more);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_of_the_shipped_pack_renders() {
        let pack = redress_core::policy::shipped();
        let (count, faults) = render_samples(&pack);
        assert_eq!(faults, []);
        let messages = messages_of(&pack.policy).count();
        assert_eq!(count, messages * pack.policy.languages.len() * 2);
    }

    #[test]
    fn a_value_puts_no_line_into_the_subject() {
        let pack = redress_core::policy::shipped();
        let mut values = sample(&pack, true);
        values.insert("title".to_owned(), json!("a\nBcc: b@example.vn"));
        let rendered = render(&pack, "director-notice", Lang::Vi, &values).expect("it renders");
        assert!(!rendered.subject.contains('\n'));
        assert!(rendered.subject.contains("Bcc: b@example.vn"));
    }
}
