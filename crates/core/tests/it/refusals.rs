//! Every refusal with the rule it names: who asks for what at which station of the life.

use redress_core::{
    complaint::RefusalCode::{self, *},
    policy::LateObjection,
};
use redress_testkit::{CUSTOMER, Case, people::*};
use serde_json::{Value, json};

use crate::history::*;

type Row = (RefusalCode, &'static str, fn() -> Case, &'static str, &'static str, Value);

/// Codes that the process does not say by itself yet.
const UNSAID: &[RefusalCode] = &[MandateNotVerified];

fn at_the_gate() -> Vec<Row> {
    let verifier = |email: &str| json!({"accept": true, "verifier": email});
    vec![
        (NotPermitted, "roles", received, KIEM, "handover", json!({})),
        (NotPermitted, "roles", received, ADMIN, "notes", json!({"text": "x"})),
        (NotPermitted, "roles", received, TUNG, "notes", json!({"text": "x"})),
        (NotPermitted, "roles", received, CUSTOMER, "sighting", json!({})),
        (NotPermitted, "handover.by", received, MAI, "handover", json!({})),
        (UnknownDepartment, "departments", received, DIRECTOR, "handover", json!({"to": "sales"})),
        (UnknownCategory, "categories", received, MAI, "classification", json!({"category": "X"})),
        (WrongStep, "steps", deciding, DIRECTOR, "handover", json!({})),
        (WrongStep, "steps", verifying, TUNG, "acceptance", json!({"accept": true})),
        (UnknownAccount, "accounts", handed_over, HUY, "acceptance", verifier("ai@x.vn")),
        (NotOfUnit, "departments", handed_over, HUY, "acceptance", verifier(MAI)),
        (NotOfUnit, "departments", verifying, HUY, "assignment", json!({"verifier": MAI})),
        (NoAuthority, "decision.authority", verifying, HUY, "assignment", json!({"decider": SON})),
        (NothingToChange, "roles", verifying, HUY, "assignment", json!({"reason": "x"})),
        (UnknownFile, "who.may", received, MAI, "mandate", json!({"verified": true})),
        (
            Independence,
            "rounds.other_people",
            second_round,
            HUY,
            "assignment",
            json!({"verifier": TUNG}),
        ),
        (
            Independence,
            "rounds.other_people",
            second_round,
            DIRECTOR,
            "assignment",
            json!({"decider": HUY}),
        ),
    ]
}

fn in_words() -> Vec<Row> {
    let out =
        |channel: &str| json!({"direction": "out", "channel": channel, "text": "x", "by_hand": {}});
    let send = |channel: &str| json!({"direction": "out", "channel": channel, "text": "x", "because": "y"});
    let ask = |what: &str| json!({"asks": [what], "text": "x", "by_hand": {}});
    let at = |at: &str| json!({"direction": "out", "text": "x", "by_hand": {"at": at}});
    vec![
        (NothingToChange, "messages", received, CUSTOMER, "messages", json!({"files": []})),
        (
            TooManyFiles,
            "limits.files",
            received,
            MAI,
            "notes",
            json!({"text": "x", "files": vec!["upl_1"; 11]}),
        ),
        (UnknownFile, "uploads", received, MAI, "notes", json!({"text": "x", "files": ["other"]})),
        (ChannelNotOffered, "channels", no_channels, MAI, "messages", out("viber")),
        (ChannelNeedsReason, "channels.*.answer", received, MAI, "messages", out("email")),
        (ByHandOnly, "channels", received, MAI, "messages", send("phone")),
        (NoAddress, "channels", without_email, MAI, "messages", send("email")),
        (
            NoAddress,
            "channels.*.answer",
            nameless,
            MAI,
            "messages",
            json!({"direction": "out", "text": "x"}),
        ),
        (
            AlreadyHeld,
            "notices.ask_again",
            verifying,
            TUNG,
            "evidence-request",
            ask("số điện thoại"),
        ),
        (InFuture, "time", received, MAI, "messages", at("2026-11-23T09:00:00+07:00")),
        (
            BeforeReceipt,
            "promises.*.from",
            received,
            MAI,
            "messages",
            at("2026-11-23T08:00:00+07:00"),
        ),
        (
            InPast,
            "time",
            verifying,
            TUNG,
            "evidence-request",
            json!({"asks": ["x"], "text": "x", "by_hand": {}, "answer_by": "2026-11-23T08:00:00+07:00"}),
        ),
        (
            InPast,
            "time",
            verifying,
            TUNG,
            "undertakings",
            json!({"kind": "visit", "what": "x", "due": "2026-11-23T08:00:00+07:00"}),
        ),
        (
            UnknownUndertaking,
            "undertakings",
            verifying,
            TUNG,
            "undertakings",
            json!({"id": "und_9", "outcome": "kept"}),
        ),
        (
            UndertakingOver,
            "undertakings",
            kept_undertaking,
            TUNG,
            "undertakings",
            json!({"id": "und_1", "outcome": "broken"}),
        ),
        (
            UnknownEvent,
            "erasure",
            received,
            MAI,
            "redaction",
            json!({"event": 9, "fields": ["text"], "ground": "x"}),
        ),
    ]
}

fn to_results() -> Vec<Row> {
    let refusal = |ground: &str| json!({"ground": ground, "reasons": "x", "checked": "y"});
    vec![
        (NothingFound, "steps.verify", verifying, TUNG, "decision", decision()),
        (ProposalWaits, "decision.approval", deciding, TUNG, "decision", decision()),
        (UnknownGround, "refusal.grounds", verifying, TUNG, "refusal", refusal("rude")),
        (
            WhoCanHelp,
            "refusal.grounds.must_name",
            verifying,
            TUNG,
            "refusal",
            refusal("outside-competence"),
        ),
        (AskFirst, "refusal.grounds.ask_first", verifying, TUNG, "refusal", refusal("no-evidence")),
        (EvidenceAwaited, "refusal.grounds.wait", asked, TUNG, "refusal", refusal("no-evidence")),
        (SafetyNotRefused, "safety.refuse", verifying_danger, TUNG, "refusal", refusal("no-basis")),
        (UnknownProposal, "decision", deciding, HUY, "approval", approve("pro_9")),
        (OwnProposal, "decision.approval", deciding, TUNG, "approval", approve("pro_1")),
        (OwnProposal, "refusal.approval", refusing, TUNG, "approval", approve("pro_1")),
        (NoAuthority, "decision.authority", deciding, SON, "approval", approve("pro_1")),
        (
            NoAuthority,
            "decision.authority",
            deciding,
            SON,
            "approval",
            json!({"proposal": "pro_1", "approve": false, "reason": "x"}),
        ),
        (WrongStep, "steps", deciding, TUNG, "response", told("pro_1")),
        (
            ChannelNeedsReason,
            "channels.*.answer",
            responding,
            TUNG,
            "response",
            json!({"proposal": "pro_1", "told": {"by": "visit", "to": "x", "words": "y"}}),
        ),
        (
            UnknownAttempt,
            "attempts",
            responding,
            MAI,
            "response",
            json!({"attempt": "att_9", "failed": "x"}),
        ),
        (
            BeyondCalendar,
            "calendar",
            in_2030,
            DIRECTOR,
            "reopening",
            json!({"reason": "x", "round": 2}),
        ),
        (
            Independence,
            "rounds.other_people",
            second_round,
            TUNG,
            "findings",
            json!({"check": "x", "side": "company", "text": "y"}),
        ),
        (Independence, "rounds.other_people", second_found, HUY, "refusal", refusal("no-basis")),
        (Independence, "rounds.other_people", second_deciding, HUY, "approval", approve("pro_2")),
        (
            Independence,
            "rounds.other_people",
            second_deciding,
            HUY,
            "approval",
            json!({"proposal": "pro_2", "approve": false, "reason": "x"}),
        ),
        (WrongStep, "steps", second_round, HUY, "approval", approve("pro_1")),
    ]
}

fn at_the_end() -> Vec<Row> {
    let close = |closed_as: &str| json!({"as": closed_as});
    let rating = json!({"round": 1, "result": 1, "handling": 1});
    let disagree = json!({"text": "Chưa"});
    let reopen = |round: u8| json!({"reason": "x", "round": round});
    vec![
        (NoResultYet, "rounds", verifying, CUSTOMER, "agreement", json!({})),
        (NoResultYet, "rounds", verifying, CUSTOMER, "disagreement", disagree.clone()),
        (NoResultYet, "rounds", verifying, CUSTOMER, "rating", rating.clone()),
        (AlreadyRated, "rating", rated, CUSTOMER, "rating", rating),
        (
            BeforeReceipt,
            "rounds.objection.from",
            answered,
            MAI,
            "disagreement",
            json!({"text": "x", "received_at": "2026-11-24T10:00:00+07:00"}),
        ),
        (AlreadyAnswered, "rounds", objected_twice, CUSTOMER, "disagreement", disagree.clone()),
        (
            ObjectionOver,
            "rounds.objection.late",
            no_second_round,
            CUSTOMER,
            "disagreement",
            disagree,
        ),
        (NotPermitted, "departments.closes", answered, TUNG, "closure", close("agreed")),
        (
            NoResponse,
            "promises.resolution.kept_by",
            responding,
            MAI,
            "closure",
            close("no-objection"),
        ),
        (NotAgreed, "rounds", answered, MAI, "closure", close("agreed")),
        (ObjectionOpen, "rounds.objection.within", answered, MAI, "closure", close("no-objection")),
        (
            SafetyNotSilent,
            "safety.auto_close",
            answered_danger,
            MAI,
            "closure",
            close("no-objection"),
        ),
        (NotLastRound, "rounds.max", answered, MAI, "closure", close("last-round")),
        (NotWithdrawn, "rounds", answered, MAI, "closure", close("withdrawn")),
        (NotJoined, "notices.join", answered, MAI, "closure", close("joined")),
        (NotJoined, "notices.join", answered, MAI, "joining", json!({"undo": true, "reason": "x"})),
        (
            CannotJoin,
            "notices.join",
            answered,
            MAI,
            "joining",
            json!({"into": "KN-26-000400-KV", "reason": "x"}),
        ),
        (AlreadyJoined, "notices.join", joined, DIRECTOR, "reopening", json!({"reason": "x"})),
        (Closed, "archive", archived, MAI, "notes", json!({"text": "x"})),
        (
            Closed,
            "archive",
            closed,
            TUNG,
            "findings",
            json!({"check": "x", "side": "company", "text": "y"}),
        ),
        (Closed, "archive", archived, CUSTOMER, "messages", json!({"text": "x"})),
        (NotClosed, "rounds.after_last", answered, DIRECTOR, "reopening", json!({"reason": "x"})),
        (WrongStep, "steps", archived, DIRECTOR, "reopening", reopen(3)),
    ]
}

#[test]
fn every_refusal_names_its_rule() {
    let rows = [at_the_gate(), in_words(), to_results(), at_the_end()].concat();
    for (code, rule, station, who, name, body) in &rows {
        assert_eq!(station().refuses(who, name, body), (*code, *rule), "{who} {name} {body}");
    }
    let missing: Vec<_> = RefusalCode::ALL
        .iter()
        .filter(|code| !UNSAID.contains(code) && rows.iter().all(|row| row.0 != **code))
        .collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}

fn no_channels() -> Case {
    let mut case = received();
    case.policy.channels.clear();
    case
}

fn without_email() -> Case {
    received_with(&json!({"complainant": {"phone": "0912345678"}}))
}

fn nameless() -> Case {
    received_with(&json!({"complainant": {}, "danger": true}))
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

fn no_second_round() -> Case {
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
