//! The staff entry form as a body of `POST /api/v1/complaints`, and that body's faults back.
//! Must not judge what was typed: intake does.

use jiff::tz::TimeZone;
use redress_core::field::FieldErrors as CoreErrors;
use redress_core::kinds::{About, ChannelKind, Lang};
use redress_text::t;
use serde_json::{Map, Value, json};

use crate::components::FieldErrors;
use crate::desk::view::EntryValues;

use super::{body, faults};

impl EntryValues {
    /// What was typed, from the pairs of the submitted form; of a name that comes twice the first.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value).to_owned()
        };
        Self {
            channel: value("channel").parse().ok(),
            received_at: value("received_at"),
            text: value("text"),
            danger: matches!(value("danger").as_str(), "true" | "on" | "1"),
            name: value("name"),
            organisation: value("organisation"),
            phone: value("phone"),
            email: value("email"),
            address: value("address"),
            sender: value("sender"),
            reply_by: value("reply_by").parse().ok(),
            language: value("language").parse().ok(),
            asset: value("asset"),
            place: value("place"),
            about: value("about").parse().ok(),
            category: value("category"),
            remedy_sought: value("remedy_sought"),
            office: value("office"),
        }
    }

    /// The body of `POST /api/v1/complaints`; the time of receipt is read in `zone`, `attachments`
    /// are upload ids.
    pub fn to_body(&self, attachments: &[String], zone: &TimeZone) -> Value {
        let received_at = body::instant(self.received_at.trim(), zone)
            .unwrap_or_else(|| self.received_at.clone());
        let capacity = if self.organisation.trim().is_empty() { "person" } else { "organisation" };
        let mut complainant = filled(&[
            ("name", &self.name),
            ("organisation", &self.organisation),
            ("phone", &self.phone),
            ("email", &self.email),
            ("address", &self.address),
        ]);
        let mut body = filled(&[
            ("text", &self.text),
            ("asset", &self.asset),
            ("place", &self.place),
            ("category", &self.category),
            ("remedy_sought", &self.remedy_sought),
            ("office", &self.office),
            ("sender", &self.sender),
            ("received_at", &received_at),
        ]);
        complainant.insert("as".to_owned(), capacity.into());
        body.insert("complainant".to_owned(), Value::Object(complainant));
        body.insert("danger".to_owned(), self.danger.into());
        body.insert("attachments".to_owned(), json!(attachments));
        let words = [
            ("channel", self.channel.map(ChannelKind::as_str)),
            ("reply_by", self.reply_by.map(ChannelKind::as_str)),
            ("language", self.language.map(Lang::as_str)),
            ("about", self.about.map(About::as_str)),
        ];
        for (name, word) in words {
            if let Some(word) = word {
                body.insert(name.to_owned(), word.into());
            }
        }
        Value::Object(body)
    }
}

fn filled(fields: &[(&str, &String)]) -> Map<String, Value> {
    fields
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())))
        .collect()
}

/// What intake found wrong, by the names of the entry form's fields.
pub fn entry_faults(lang: Lang, errors: &CoreErrors) -> FieldErrors {
    let mut all = FieldErrors::default();
    for error in errors.iter() {
        let (field, label) = entry_field(&error.pointer);
        let words = faults::words(lang, error);
        all.add(field, format!("{}: {words}", t(lang, label)));
    }
    all
}

/// The field of the entry form that a JSON Pointer of the body means, and the text of its label.
fn entry_field(pointer: &str) -> (&'static str, &'static str) {
    const FIELDS: &[(&str, &str, &str)] = &[
        ("/channel", "channel", "desk-entry-channel"),
        ("/received_at", "received_at", "field-received_at"),
        ("/complainant/name", "name", "form-name"),
        ("/complainant/organisation", "organisation", "form-organisation"),
        ("/complainant/phone", "phone", "form-phone"),
        ("/complainant/email", "email", "form-email"),
        ("/complainant/address", "address", "desk-entry-address"),
        ("/complainant", "phone", "form-phone"),
        ("/sender", "sender", "desk-entry-sender"),
        ("/reply_by", "reply_by", "desk-reply-by"),
        ("/language", "language", "desk-language"),
        ("/asset", "asset", "desk-asset"),
        ("/place", "place", "form-place"),
        ("/about", "about", "field-about"),
        ("/category", "category", "field-category"),
        ("/remedy_sought", "remedy_sought", "desk-entry-remedy"),
        ("/office", "office", "desk-entry-office"),
        ("/attachments", "files", "field-files"),
    ];
    FIELDS
        .iter()
        .find(|(start, ..)| pointer.starts_with(start))
        .map_or(("text", "desk-entry-text"), |(_, field, label)| (field, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Ho_Chi_Minh").expect("the zone is bundled")
    }

    #[test]
    fn a_call_noted_down_becomes_a_notice() {
        let pairs = [
            ("channel", "phone"),
            ("received_at", "2026-11-25T10:20"),
            ("text", "Thang dừng lệch sàn"),
            ("phone", "0912 345 618"),
            ("about", "unsure"),
            ("name", " "),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let body = EntryValues::from_pairs(&pairs).to_body(&["upl_1".to_owned()], &zone());
        assert_eq!(
            body,
            json!({"channel":"phone","received_at":"2026-11-25T10:20:00+07:00","about":"unsure",
                "text":"Thang dừng lệch sàn","danger":false,"attachments":["upl_1"],
                "complainant":{"as":"person","phone":"0912 345 618"}})
        );
    }

    #[test]
    fn faults_of_a_notice_stand_beside_their_fields() {
        let mut errors = CoreErrors::default();
        errors.add("/complainant/email", "not-an-email", vec![]);
        errors.add("/received_at", "in-future", vec![]);
        errors.add("/text", "missing", vec![]);
        let all = entry_faults(Lang::Vi, &errors);
        assert!(["email", "received_at", "text"].iter().all(|field| all.of(field).is_some()));
    }
}
