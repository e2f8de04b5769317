//! Forms of every shape, and the way back.

use jiff::tz::TimeZone;
use redress_core::complaint::registry::{self, COMMANDS, Field, FieldKind, ParseError, Shape};
use redress_core::kinds::Lang;
use redress_text::ComplaintState;
use serde_json::{Value, json};

use super::*;

fn zone() -> TimeZone {
    TimeZone::get("Asia/Ho_Chi_Minh").expect("the zone is bundled")
}

fn words(lang: Lang) -> Words {
    Words {
        lang,
        zone: zone(),
        now: "2026-11-25T10:24:00+07:00".parse().expect("the test's own instant"),
    }
}

fn shape(id: &str) -> &'static Shape {
    registry::find_shape(id).expect("a shape of the registry").1
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn shapes() -> impl Iterator<Item = (&'static str, &'static Shape)> {
    COMMANDS.iter().flat_map(|command| command.shapes.iter().map(|shape| (command.name, shape)))
}

#[track_caller]
fn check(id: &str, typed: &[(&str, &str)], body: &Value) {
    assert_eq!(&to_body(shape(id), &pairs(typed), &zone()), body);
}

#[test]
fn a_form_becomes_the_body_the_registry_reads() {
    check("sighting", &[("key", "k"), ("version", "3")], &json!({}));
    check(
        "handover",
        &[("to", "technical"), ("join", "care"), ("join", ""), ("note", " ")],
        &json!({"to":"technical","join":["care"]}),
    );
    check("acceptance", &[("verifier", "")], &json!({"accept":true}));
    check(
        "findings",
        &[("check", "sàn"), ("side", "measurement"), ("text", "38 mm"), ("at", "2026-11-24T14:20")],
        &json!({"check":"sàn","side":"measurement","text":"38 mm","at":"2026-11-24T14:20:00+07:00"}),
    );
    check(
        "evidence-request",
        &[("asks", "ảnh khe\r\n\r\n hoá đơn "), ("text", "Nhờ anh gửi")],
        &json!({"asks":["ảnh khe","hoá đơn"],"text":"Nhờ anh gửi"}),
    );
    check(
        "classification",
        &[("safety", "on"), ("severity", "high")],
        &json!({"safety":true,"severity":"high"}),
    );
    check("reopening", &[("round", "2"), ("reason", "x")], &json!({"round":2,"reason":"x"}));
}

#[test]
fn groups_nest_and_empty_rows_keep_their_place() {
    check(
        "response-told",
        &[("proposal", "pro_1"), ("told.by", "visit"), ("told.proof", "upl_5"), ("told.to", "")],
        &json!({"proposal":"pro_1","told":{"by":"visit","proof":["upl_5"]}}),
    );
    check(
        "decision",
        &[("outcome", "upheld"), ("remedies.0.what", ""), ("remedies.1.what", "Thay cảm biến")],
        &json!({"outcome":"upheld","remedies":[null,{"what":"Thay cảm biến"}]}),
    );
    check("decision", &[("remedies.0.what", " ")], &json!({}));
}

#[test]
fn an_incomplete_form_is_never_read_as_another_shape() {
    for (name, shape) in shapes() {
        let body = to_body(shape, &[], &zone());
        let complainant = shape.when.contains(&registry::When::Complainant);
        match registry::parse(name, &body, complainant) {
            Ok((found, _)) => assert_eq!(found.id, shape.id),
            Err(ParseError::Fields(errors)) => {
                for error in errors.iter() {
                    let name = field_of(shape, &error.pointer);
                    let known = shape.fields.iter().any(|f| name.starts_with(f.name));
                    assert!(known, "`{}` of {} is no field of the form", name, shape.id);
                    assert_eq!(error.code, "missing", "{} {}", shape.id, error.pointer);
                }
            }
            Err(ParseError::NoSuchCommand) => panic!("the registry knows {name}"),
        }
    }
}

#[test]
fn what_cannot_be_read_goes_through_as_typed() {
    check(
        "undertaking",
        &[("due", "mai"), ("kind", "visit")],
        &json!({"due":"mai","kind":"visit"}),
    );
    check(
        "undertaking",
        &[("due", "2026-11-24T14:00:00Z")],
        &json!({"due":"2026-11-24T14:00:00Z"}),
    );
}

#[test]
fn faults_point_back_to_their_fields() {
    let rows = [
        ("response-told", "/told/at", "told.at"),
        ("decision", "/remedies/1/what", "remedies.1.what"),
        ("evidence-request", "/asks/2", "asks"),
        ("findings", "/files/0", "files"),
        ("findings", "/a~1b", "a/b"),
        ("findings", "", ""),
    ];
    for (id, pointer, field) in rows {
        assert_eq!(field_of(shape(id), pointer), field);
    }
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_stands_open() {
    let typed = pairs(&[("check", "sàn"), ("side", "trái"), ("at", "2026-11-24T14:20")]);
    let findings = shape("findings");
    let body = to_body(findings, &typed, &zone());
    let Err(ParseError::Fields(errors)) = registry::parse("findings", &body, false) else {
        panic!("the side is wrong and the text is missing");
    };
    let filled =
        Filled { values: typed, errors: faults(Lang::Vi, findings, &errors), ..Filled::default() };
    let form = FormView::new(&words(Lang::Vi), findings, ("KN-1", 7), &Options::default(), &filled);
    assert!(form.open);
    assert_eq!(form.errors.count(), 2);
    let controls: Vec<_> = form.parts.iter().flat_map(|part| &part.controls).collect();
    assert!(controls.iter().any(|c| c.name == "text" && c.error.is_some()));
    assert!(controls.iter().any(|c| {
        matches!(&c.kind, ControlKind::Input { value, .. } if value == "2026-11-24T14:20")
    }));
}

#[test]
fn the_only_proposal_is_chosen_beforehand() {
    let options =
        Options { proposals: vec![Choice::new("pro_1", "Có cơ sở")], ..Options::default() };
    let form = FormView::new(
        &words(Lang::Vi),
        shape("approval"),
        ("KN-1", 7),
        &options,
        &Filled::default(),
    );
    let Some(ControlKind::Select(entries)) = form.parts.first().map(|p| p.controls[0].kind.clone())
    else {
        panic!("a proposal is a list");
    };
    assert!(entries.iter().any(|entry| entry.on && entry.value == "pro_1"));
}

fn field_names(fields: &[Field], names: &mut Vec<String>) {
    for field in fields {
        names.push(label::field(field.name));
        if let FieldKind::Group(inner) | FieldKind::Groups(inner) = field.kind {
            field_names(inner, names);
        }
    }
}

fn vocabularies(fields: &[Field], found: &mut Vec<&'static [&'static str]>) {
    for field in fields {
        match field.kind {
            FieldKind::Choice(words) => found.push(words),
            FieldKind::Group(inner) | FieldKind::Groups(inner) => vocabularies(inner, found),
            _ => {}
        }
    }
}

#[test]
fn every_command_field_and_word_has_a_text_in_every_language() {
    let mut wanted = vec!["flag-true".to_owned(), "flag-false".to_owned()];
    for (_, shape) in shapes() {
        wanted.push(format!("command-{}", shape.id));
        field_names(shape.fields, &mut wanted);
        let mut found = vec![];
        vocabularies(shape.fields, &mut found);
        for words in found {
            assert!(group_of(words).is_some(), "{words:?} of {} has no texts", shape.id);
        }
    }
    for (words, group) in GROUPS {
        wanted.extend(words.iter().map(|word| format!("{group}-{word}")));
    }
    missing(&wanted);
}

#[test]
fn every_refusal_and_fault_has_a_text_in_every_language() {
    use redress_core::complaint::refusal::RefusalCode;
    let refusals = RefusalCode::WORDS.iter().map(|code| format!("refusal-{code}"));
    let faults = [
        "missing",
        "too-long",
        "control-character",
        "not-a-phone",
        "not-an-email",
        "not-an-object",
        "unknown-field",
        "not-a-text",
        "not-a-flag",
        "not-in-range",
        "not-a-choice",
        "not-an-instant",
        "not-a-date",
        "not-an-id",
        "not-a-list",
        "too-many",
    ];
    let faults = faults.iter().map(|code| format!("field-error-{code}"));
    missing(&refusals.chain(faults).collect::<Vec<_>>());
}

#[track_caller]
fn missing(wanted: &[String]) {
    let mut problems = vec![];
    for lang in Lang::ALL.iter().copied() {
        let known: Vec<String> = redress_text::ids(lang).into_iter().map(|(id, _)| id).collect();
        problems.extend(
            wanted.iter().filter(|id| !known.contains(id)).map(|id| format!("{id} in {lang}")),
        );
    }
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "texts are missing:\n{}", problems.join("\n"));
}

#[test]
fn every_shape_makes_a_form_whose_names_come_back() {
    for (_, shape) in shapes() {
        for lang in Lang::ALL.iter().copied() {
            let form = FormView::new(
                &words(lang),
                shape,
                ("KN-1", 7),
                &Options::default(),
                &Filled::default(),
            );
            for control in form.parts.iter().flat_map(|part| &part.controls) {
                assert!(!control.label.starts_with("field-"), "{} {lang}", control.label);
                assert!(!control.hint.starts_with("hint-"), "{} {lang}", control.hint);
                let pointer = format!("/{}", control.name.replace('.', "/"));
                assert_eq!(field_of(shape, &pointer), control.name);
            }
        }
    }
}

#[test]
fn the_likely_next_command_comes_first_and_a_refused_one_before_it() {
    let make = |id: &str, filled: &Filled| {
        FormView::new(&words(Lang::Vi), shape(id), ("KN-1", 7), &Options::default(), filled)
    };
    let none = Filled::default();
    let ids =
        |forms: &[FormView]| forms.iter().map(|form| (form.id, form.next)).collect::<Vec<_>>();
    let forms = vec![make("notes", &none), make("refusal", &none), make("findings", &none)];
    let arranged = arrange(forms, ComplaintState::Verifying, false);
    assert_eq!(ids(&arranged), [("findings", true), ("notes", false), ("refusal", false)]);
    let refused = Filled {
        refused: Some(Refused { words: "x".to_owned(), rule: "y".to_owned() }),
        ..Filled::default()
    };
    let forms = vec![make("closure", &none), make("notes", &refused)];
    let arranged = arrange(forms, ComplaintState::Answered, true);
    assert_eq!(ids(&arranged), [("notes", true), ("closure", false)]);
}
