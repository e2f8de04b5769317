//! Every refusal with the rule it names: who asks for what at which station of the life.

use redress_core::{complaint::RefusalCode, policy::LateObjection};
use redress_testkit::{CUSTOMER, Case, people::*};
use serde_json::{Value, json};

use crate::history::*;

/// Codes that the process does not say by itself yet.
const UNSAID: &[RefusalCode] = &[RefusalCode::MandateNotVerified];

/// Code, rule, station, who, command, body.
const ROWS: &str = r#"
not-permitted | roles | received | kiem | handover | {}
not-permitted | roles | received | admin | notes | {"text":"x"}
not-permitted | roles | received | tung | notes | {"text":"x"}
not-permitted | roles | received | customer | sighting | {}
not-permitted | handover.by | received | mai | handover | {}
not-permitted | safety.auto_close | danger | mai | withdrawal | {"reason":"x"}
not-permitted | departments.closes | answered | tung | closure | {"as":"agreed"}
unknown-department | departments | received | giamdoc | handover | {"to":"sales"}
unknown-category | categories | received | mai | classification | {"category":"X"}
wrong-step | steps | deciding | giamdoc | handover | {}
wrong-step | steps | verifying | tung | acceptance | {"accept":true}
unknown-account | accounts | handed over | huy | acceptance | {"accept":true,"verifier":"ai@x.vn"}
not-of-unit | departments | handed over | huy | acceptance | {"accept":true,"verifier":"mai@x.vn"}
not-of-unit | departments | verifying | huy | assignment | {"verifier":"mai@x.vn"}
no-authority | decision.authority | verifying | huy | assignment | {"decider":"son@x.vn"}
nothing-to-change | roles | verifying | huy | assignment | {"reason":"x"}
unknown-file | who.may | received | mai | mandate | {"verified":true}
independence | rounds.other_people | second round | huy | assignment | {"verifier":"tung@x.vn"}
independence | rounds.other_people | second round | giamdoc | assignment | {"decider":"huy@x.vn"}

nothing-to-change | messages | received | customer | messages | {"files":[]}
too-many-files | limits.files | received | mai | notes | {"text":"x","files":["upl_1","upl_2","upl_3","upl_4","upl_5","upl_6","upl_7","upl_8","upl_9","upl_a","upl_b"]}
unknown-file | uploads | received | mai | notes | {"text":"x","files":["other"]}
channel-not-offered | channels | no channels | mai | messages | {"direction":"out","channel":"viber","text":"x","by_hand":{}}
channel-needs-reason | channels.*.answer | received | mai | messages | {"direction":"out","channel":"email","text":"x"}
by-hand-only | channels | received | mai | messages | {"direction":"out","channel":"phone","text":"x"}
no-address | channels | without e-mail | mai | messages | {"direction":"out","channel":"email","text":"x","because":"y"}
no-address | channels.*.answer | nameless | mai | messages | {"direction":"out","text":"x"}
in-future | time | received | mai | messages | {"direction":"out","text":"x","by_hand":{"at":"2026-11-23T09:00:00+07:00"}}
before-receipt | promises.*.from | received | mai | messages | {"direction":"out","text":"x","by_hand":{"at":"2026-11-23T08:00:00+07:00"}}
already-held | notices.ask_again | verifying | tung | evidence-request | {"asks":["số điện thoại"],"text":"x","by_hand":{}}
in-past | time | verifying | tung | evidence-request | {"asks":["x"],"text":"x","by_hand":{},"answer_by":"2026-11-23T08:00:00+07:00"}
beyond-calendar | time | verifying | tung | undertakings | {"kind":"visit","what":"x","due":"2199-11-23T08:00:00+07:00"}
in-past | time | verifying | tung | undertakings | {"kind":"visit","what":"x","due":"2026-11-23T08:00:00+07:00"}
unknown-undertaking | undertakings | verifying | tung | undertakings | {"id":"und_9","outcome":"kept"}
undertaking-over | undertakings | undertaking kept | tung | undertakings | {"id":"und_1","outcome":"broken"}
on-hold | erasure.hold | on hold | mai | redaction | {"event":1,"fields":["text"],"ground":"x"}
not-on-hold | erasure.hold | received | giamdoc | hold | {"lift":true,"reason":"x"}
unknown-event | erasure | received | mai | redaction | {"event":9,"fields":["text"],"ground":"x"}

pause-forbidden | pause.allowed | verifying | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x"}
pause-forbidden | pause.promises | pausing | tung | pause | {"promise":"first-reply","category":"waiting-for-complainant","reason":"x"}
pause-forbidden | pause.categories | pausing | tung | pause | {"promise":"resolution","category":"force-majeure","reason":"x"}
safety-not-paused | safety | pausing danger | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x"}
unknown-promise | promises | pausing | tung | pause | {"promise":"delivery","category":"waiting-for-complainant","reason":"x"}
in-future | time | pausing | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x","at":"2026-11-23T12:00:00+07:00"}
before-receipt | promises.*.from | pausing | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x","at":"2026-11-23T08:00:00+07:00"}
already-paused | pause | paused | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x"}
not-paused | pause | pausing | tung | resumption | {"promise":"resolution"}
before-pause | pause | paused | tung | resumption | {"promise":"resolution","at":"2026-11-23T09:30:00+07:00"}
in-future | time | paused | tung | resumption | {"promise":"resolution","at":"2026-11-23T12:00:00+07:00"}
before-resumption | pause | resumed | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x","at":"2026-11-23T10:30:00+07:00"}
promise-over | promises | pausing late | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x"}
promise-over | promises | pausing answered | tung | pause | {"promise":"resolution","category":"waiting-for-complainant","reason":"x"}
proof-needed | promises.*.kept_by | reply overdue | mai | messages | {"direction":"out","text":"x","by_hand":{"at":"2026-11-23T10:30:00+07:00"}}

nothing-found | steps.verify | verifying | tung | decision | {"outcome":"upheld","reasons":"x"}
proposal-waits | decision.approval | deciding | tung | decision | {"outcome":"upheld","reasons":"x"}
unknown-ground | refusal.grounds | verifying | tung | refusal | {"ground":"rude","reasons":"x","checked":"y"}
who-can-help | refusal.grounds.must_name | verifying | tung | refusal | {"ground":"outside-competence","reasons":"x","checked":"y"}
ask-first | refusal.grounds.ask_first | verifying | tung | refusal | {"ground":"no-evidence","reasons":"x","checked":"y"}
evidence-awaited | refusal.grounds.wait | asked | tung | refusal | {"ground":"no-evidence","reasons":"x","checked":"y"}
safety-not-refused | safety.refuse | danger | giamdoc | refusal | {"ground":"no-basis","reasons":"x","checked":"y"}
safety-not-refused | safety.refuse | verifying danger | tung | refusal | {"ground":"no-basis","reasons":"x","checked":"y"}
unknown-proposal | decision | deciding | huy | approval | {"proposal":"pro_9","approve":true}
own-proposal | decision.approval | deciding | tung | approval | {"proposal":"pro_1","approve":true}
own-proposal | refusal.approval | refusing | tung | approval | {"proposal":"pro_1","approve":true}
no-authority | decision.authority | deciding | son | approval | {"proposal":"pro_1","approve":true}
no-authority | decision.authority | deciding | son | approval | {"proposal":"pro_1","approve":false,"reason":"x"}
wrong-step | steps | deciding | tung | response | {"proposal":"pro_1","channel":"phone","text":"x"}
channel-needs-reason | channels.*.answer | responding | tung | response | {"proposal":"pro_1","told":{"by":"zalo","to":"x","words":"y"}}
before-approval | decision.approval | responding | tung | response | {"proposal":"pro_1","told":{"by":"phone","to":"x","words":"y","at":"2026-11-23T10:30:00+07:00"}}
unknown-attempt | attempts | responding | mai | response | {"attempt":"att_9","failed":"x"}
independence | rounds.other_people | second round | tung | findings | {"check":"x","side":"company","text":"y"}
independence | rounds.other_people | second found | huy | refusal | {"ground":"no-basis","reasons":"x","checked":"y"}
independence | rounds.other_people | second deciding | huy | approval | {"proposal":"pro_2","approve":true}
independence | rounds.other_people | second deciding | huy | approval | {"proposal":"pro_2","approve":false,"reason":"x"}
wrong-step | steps | second round | huy | approval | {"proposal":"pro_1","approve":true}

no-result-yet | rounds | verifying | customer | agreement | {}
no-result-yet | rounds | verifying | customer | disagreement | {"text":"x"}
no-result-yet | rounds | verifying | customer | rating | {"round":1,"result":1,"handling":1}
already-rated | rating | rated | customer | rating | {"round":1,"result":1,"handling":1}
before-receipt | rounds.objection.from | answered | mai | disagreement | {"text":"x","received_at":"2026-11-24T10:00:00+07:00"}
already-answered | rounds | objected twice | customer | disagreement | {"text":"x"}
objection-over | rounds.objection.late | no late objection | customer | disagreement | {"text":"x"}
no-response | promises.resolution.kept_by | responding | mai | closure | {"as":"no-objection"}
not-agreed | rounds | answered | mai | closure | {"as":"agreed"}
objection-open | rounds.objection.within | answered | mai | closure | {"as":"no-objection"}
safety-not-silent | safety.auto_close | answered danger | mai | closure | {"as":"no-objection"}
not-last-round | rounds.max | answered | mai | closure | {"as":"last-round"}
not-withdrawn | rounds | answered | mai | closure | {"as":"withdrawn"}
not-joined | notices.join | answered | mai | closure | {"as":"joined"}
not-joined | notices.join | answered | mai | joining | {"undo":true,"reason":"x"}
cannot-join | notices.join | answered | mai | joining | {"into":"KN-26-000400-KV","reason":"x"}
already-joined | notices.join | joined | giamdoc | reopening | {"reason":"x"}
closed | archive | archived | mai | notes | {"text":"x"}
closed | archive | closed | tung | findings | {"check":"x","side":"company","text":"y"}
closed | archive | archived | customer | messages | {"text":"x"}
not-closed | rounds.after_last | answered | giamdoc | reopening | {"reason":"x"}
wrong-step | steps | archived | giamdoc | reopening | {"reason":"x","round":3}
beyond-calendar | calendar | in 2030 | giamdoc | reopening | {"reason":"x","round":2}
"#;

type Station = (&'static str, fn() -> Case);

const STATIONS: &[Station] = &[
    ("received", received),
    ("no channels", no_channels),
    ("on hold", on_hold),
    ("without e-mail", without_email),
    ("nameless", nameless),
    ("danger", danger),
    ("handed over", handed_over),
    ("verifying", verifying),
    ("verifying danger", verifying_danger),
    ("asked", asked),
    ("pausing", pausing),
    ("pausing danger", pausing_danger),
    ("pausing late", pausing_late),
    ("pausing answered", pausing_answered),
    ("paused", paused),
    ("resumed", resumed),
    ("reply overdue", reply_overdue),
    ("undertaking kept", kept_undertaking),
    ("deciding", deciding),
    ("refusing", refusing),
    ("responding", responding),
    ("answered", answered),
    ("answered danger", answered_danger),
    ("rated", rated),
    ("no late objection", no_late_objection),
    ("second round", second_round),
    ("second found", second_found),
    ("second deciding", second_deciding),
    ("objected twice", objected_twice),
    ("closed", closed),
    ("archived", archived),
    ("joined", joined),
    ("in 2030", in_2030),
];

#[test]
fn every_refusal_names_its_rule() {
    let mut seen = Vec::new();
    for row in ROWS.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [code, rule, station, who, name, body] = cells[..] else { panic!("six cells: {row}") };
        let code: RefusalCode = code.parse().expect(row);
        let (_, station) = STATIONS.iter().find(|(name, _)| *name == station).expect(row);
        let email = format!("{who}@x.vn");
        let who = if who == CUSTOMER { CUSTOMER } else { &email };
        let body: Value = serde_json::from_str(body).expect(row);
        assert_eq!(station().refuses(who, name, &body), (code, rule), "{row}");
        seen.push(code);
    }
    let missing: Vec<_> = RefusalCode::ALL
        .iter()
        .filter(|code| !UNSAID.contains(code) && !seen.contains(code))
        .collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}

fn no_channels() -> Case {
    let mut case = received();
    case.policy.channels.clear();
    case
}

fn on_hold() -> Case {
    let mut case = received();
    case.does(DIRECTOR, "hold", &json!({"ground": "court", "reason": "x"}));
    case
}

fn without_email() -> Case {
    received_with(&json!({"complainant": {"phone": "0912345678"}}))
}

fn nameless() -> Case {
    received_with(&json!({"complainant": {}, "danger": true}))
}

fn danger() -> Case {
    received_with(&json!({"danger": true}))
}

fn verifying_danger() -> Case {
    verifying_with(&json!({"danger": true}))
}

fn asked() -> Case {
    let mut case = verifying();
    let ask = json!({"asks": ["Ảnh khe hở"], "text": "x", "by_hand": {}});
    case.does(TUNG, "evidence-request", &ask);
    case
}

fn pausing() -> Case {
    let mut case = verifying();
    case.policy.pause.allowed = true;
    case.at("2026-11-23 10:00");
    case
}

fn pausing_danger() -> Case {
    let mut case = verifying_danger();
    case.policy.pause.allowed = true;
    case
}

fn pausing_late() -> Case {
    let mut case = pausing();
    case.at("2026-11-27 00:00");
    case
}

fn pausing_answered() -> Case {
    let mut case = answered();
    case.policy.pause.allowed = true;
    case
}

fn paused() -> Case {
    let mut case = pausing();
    let pause =
        json!({"promise": "resolution", "category": "waiting-for-complainant", "reason": "x"});
    case.does(TUNG, "pause", &pause);
    case.at("2026-11-23 11:00");
    case
}

fn resumed() -> Case {
    let mut case = paused();
    case.does(TUNG, "resumption", &json!({"promise": "resolution"}));
    case
}

fn reply_overdue() -> Case {
    let mut case = verifying();
    case.at("2026-11-23 11:17");
    case
}

fn refusing() -> Case {
    let mut case = verifying();
    case.does(TUNG, "refusal", &json!({"ground": "no-basis", "reasons": "x", "checked": "y"}));
    case
}

fn second_deciding() -> Case {
    let mut case = second_found();
    case.does(SON, "decision", &decision());
    case
}

fn kept_undertaking() -> Case {
    let mut case = verifying();
    let due = "2026-11-24T14:00:00+07:00";
    case.does(TUNG, "undertakings", &json!({"kind": "visit", "what": "x", "due": due}));
    case.does(TUNG, "undertakings", &json!({"id": "und_1", "outcome": "kept"}));
    case
}

fn in_2030() -> Case {
    let mut case = archived();
    case.at("2030-12-30 09:00");
    case
}

fn rated() -> Case {
    let mut case = answered();
    case.does(CUSTOMER, "rating", &json!({"round": 1, "result": 5, "handling": 5}));
    case
}

fn objected_twice() -> Case {
    let mut case = second_answered();
    case.does(CUSTOMER, "disagreement", &json!({"text": "Vẫn chưa"}));
    case
}

fn no_late_objection() -> Case {
    let mut case = answered();
    case.policy.rounds.objection.late = LateObjection::Refuse;
    case.at("2026-12-11 00:00");
    case
}

fn joined() -> Case {
    use redress_core::complaint::decide::JoinTarget;
    let mut case = verifying();
    let reference = redress_core::reference::Reference::new("KN", 2026, 400).expect("good");
    let body = json!({"into": reference.to_string(), "reason": "x"});
    case.target = Some(JoinTarget { reference, open: true, joined: false });
    case.does(MAI, "joining", &body);
    case
}
