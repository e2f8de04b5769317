//! The complaint form between browser and core: fields to values, values to a body, faults to words.
//! Must not judge what was typed: `redress_core::intake` does.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use redress_core::field::{FieldError as Fault, FieldErrors as Faults};
use redress_core::intake::{Body, Complainant, Consent};
use redress_core::kinds::Lang;

use super::view::FormValues;
use crate::components::{FieldErrors, Words};

/// The fields of the form in page order; errors are listed so.
const PAGE_ORDER: &[&str] = &[
    "text",
    "danger",
    "about",
    "category",
    "kind",
    "remedy_sought",
    "asset",
    "place",
    "happened_at",
    "files",
    "name",
    "phone",
    "email",
    "reply_by",
    "as",
    "organisation",
    "represents",
    "address",
    "relation",
    "needs",
];

impl FormValues {
    /// Takes one field as the browser sent it; unknown names are ignored.
    ///
    /// Of a closed list, a value that is not in it counts as not chosen: browsers cannot send it.
    pub fn set(&mut self, name: &str, value: String) {
        match name {
            "text" => self.text = value,
            "danger" => self.danger = value == "true",
            "kind" => self.kind = value.parse().ok(),
            "about" => self.about = value.parse().ok(),
            "category" => self.category = value,
            "asset" => self.asset = value,
            "place" => self.place = value,
            "happened_at" => self.happened_at = value,
            "remedy_sought" => self.remedy_sought = value,
            "as" => self.capacity = value.parse().ok(),
            "relation" => self.relation = value.parse().ok(),
            "name" => self.name = value,
            "organisation" => self.organisation = value,
            "represents" => self.represents = value,
            "phone" => self.phone = value,
            "email" => self.email = value,
            "address" => self.address = value,
            "reply_by" => self.reply_by = value.parse().ok(),
            "needs" => self.needs = value,
            _ => {}
        }
    }

    /// The body that the core reads, with the ids of uploaded files and the notice shown.
    pub fn body(
        &self,
        lang: Lang,
        zone: &TimeZone,
        attachments: Vec<String>,
        notice: &str,
    ) -> Body {
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        Body {
            language: Some(lang.to_string()),
            kind: self.kind.map(|kind| kind.to_string()),
            about: self.about.map(|about| about.to_string()),
            category: some(&self.category),
            text: some(&self.text),
            remedy_sought: some(&self.remedy_sought),
            asset: some(&self.asset),
            complainant: Complainant {
                r#as: self.capacity.map(|capacity| capacity.to_string()),
                name: some(&self.name),
                organisation: some(&self.organisation),
                represents: some(&self.represents),
                phone: some(&self.phone),
                email: some(&self.email),
                address: some(&self.address),
            },
            relation: self.relation.map(|relation| relation.to_string()),
            place: some(&self.place),
            happened_at: some(&self.happened_at).map(|typed| instant(&typed, zone)),
            needs: some(&self.needs),
            reply_by: self.reply_by.map(|kind| kind.to_string()),
            danger: Some(self.danger),
            consent: Some(Consent { notice: some(notice), processing: None }),
            attachments,
            ..Body::default()
        }
    }
}

/// Local time of a browser as an instant; anything else is left for the core to refuse.
fn instant(typed: &str, zone: &TimeZone) -> String {
    let local = typed.trim().parse::<DateTime>().ok();
    local
        .and_then(|local| local.to_zoned(zone.clone()).ok())
        .map_or_else(|| typed.to_owned(), |zoned| zoned.timestamp().to_string())
}

/// The faults of the core as messages beside the fields, in page order.
pub fn field_errors(w: &Words, faults: &Faults, values: &FormValues) -> FieldErrors {
    let mut all: Vec<(usize, &str, String)> = faults
        .iter()
        .map(|fault| {
            let field = field_of(&fault.pointer);
            let place = PAGE_ORDER.iter().position(|name| *name == field);
            (place.unwrap_or(PAGE_ORDER.len()), field, message(w, fault, field, values))
        })
        .collect();
    all.sort_by_key(|(place, ..)| *place);
    let mut errors = FieldErrors::default();
    for (_, field, message) in all {
        errors.add(field, message);
    }
    errors
}

/// The name of the form's field for a JSON Pointer, `/complainant/phone` is `phone`.
fn field_of(pointer: &str) -> &str {
    if pointer.starts_with("/attachments") || pointer.starts_with("/mandate") {
        return "files";
    }
    let name = pointer.rsplit('/').next().unwrap_or_default();
    PAGE_ORDER.iter().copied().find(|known| *known == name).unwrap_or("text")
}

fn message(w: &Words, fault: &Fault, field: &str, values: &FormValues) -> String {
    let number = |name: &str| -> i64 {
        let found = fault.args.iter().find(|(known, _)| *known == name);
        found.and_then(|(_, value)| value.parse().ok()).unwrap_or_default()
    };
    match (field, fault.code) {
        ("text", "missing") => w.t("error-text-missing"),
        ("text", "too-long") => {
            w.t2("error-text-too-long", "n", number("actual"), "max", number("max"))
        }
        (_, "too-long") => w.t2("error-too-long", "n", number("actual"), "max", number("max")),
        (_, "control-character") => w.t("error-characters"),
        (_, "no-contact") => w.t("error-contact-missing"),
        (_, "not-a-phone") => w.t1("error-phone", "value", &values.phone),
        (_, "not-an-email") => w.t1("error-email", "value", &values.email),
        (_, "not-an-instant") => w.t1("error-when", "value", &values.happened_at),
        (_, "in-future") => w.t1("error-when-future", "value", &values.happened_at),
        (_, "unknown-category") => w.t1("error-choice", "value", &values.category),
        ("files", "too-many") => w.t1("error-files-max", "max", number("max")),
        (_, "unknown-file") => w.t("error-file-gone"),
        _ => w.t("error-other"),
    }
}

#[cfg(test)]
mod tests {
    use redress_core::intake::parse;
    use redress_core::policy::shipped;

    use super::*;

    fn words() -> Words {
        Words {
            lang: Lang::Vi,
            zone: TimeZone::get("Asia/Ho_Chi_Minh").expect("the zone is bundled"),
            now: "2026-11-25T10:24:00+07:00".parse().expect("the test's own instant"),
        }
    }

    fn check(fields: &[(&str, &str)], wanted: &[(&str, &str)]) {
        let w = words();
        let mut values = FormValues::default();
        for (name, value) in fields {
            values.set(name, (*value).to_owned());
        }
        let body = values.body(w.lang, &w.zone, vec![], "2026-01-01");
        let errors = match parse(&body, &shipped().policy, false, w.now) {
            Ok(_) => FieldErrors::default(),
            Err(faults) => field_errors(&w, &faults, &values),
        };
        let shown: Vec<(&str, String)> = errors
            .all
            .iter()
            .map(|error| (error.field.as_str(), error.message.replace('\u{a0}', " ")))
            .collect();
        let shown: Vec<(&str, &str)> =
            shown.iter().map(|(field, message)| (*field, message.as_str())).collect();
        assert_eq!(shown, wanted);
    }

    #[test]
    fn a_good_form_has_no_errors() {
        check(&[("text", "Thang kêu to"), ("phone", "0912 345 618")], &[]);
        check(
            &[
                ("text", "Thang kêu to"),
                ("email", "ha@example.vn"),
                ("happened_at", "2026-11-24T21:10"),
                ("about", "service"),
                ("reply_by", "email"),
            ],
            &[],
        );
        check(&[("danger", "true")], &[]);
    }

    #[test]
    fn every_fault_is_told_at_once_in_page_order() {
        check(
            &[("phone", "091 234 567"), ("happened_at", "2027-01-01T08:00")],
            &[
                ("text", "Hãy kể sự việc: chúng tôi chưa biết chuyện gì đã xảy ra"),
                ("happened_at", "Thời điểm “2027-01-01T08:00” còn ở phía trước, hãy chọn lại"),
                ("phone", "Số điện thoại “091 234 567” chưa đúng, hãy kiểm tra lại từng chữ số"),
            ],
        );
    }

    #[test]
    fn a_form_without_contact_says_so_beside_the_telephone() {
        check(
            &[("text", "Thang kêu to"), ("category", "NO-SUCH")],
            &[
                ("category", "“NO-SUCH” không có trong danh sách, hãy chọn lại"),
                ("phone", "Hãy cho chúng tôi một cách liên hệ: số điện thoại hoặc email"),
            ],
        );
    }
}
