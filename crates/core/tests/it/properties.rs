//! Rules that hold whatever anybody does: random moves of everybody, accepted ones kept.

use std::collections::BTreeSet;

use proptest::prelude::*;
use redress_core::{
    complaint::{
        Complaint, Event, Happened, Stage,
        decide::next_timer_at,
        event::ComplaintErased,
        evolve,
        state::{AttemptFate, Verdict},
        vocabulary::{ClosedAs, ErasureGround, Purpose},
        ways,
    },
    id::AccountId,
    policy::{
        AfterWait, AgainFrom, ApprovalRule, IfNobody, KeptBy, LateObjection, Policy, Silence,
    },
};
use redress_testkit::{
    Case, Chance,
    moves::{Move, next, opening, play},
    policy,
};

/// Plays a life; after each accepted move every rule is looked at.
fn live(seed: u64, moves: &[u64]) -> Case {
    live_under(policy().clone(), seed, moves)
}

/// Plays a life that begins under the shipped policy and goes on under another.
pub(crate) fn live_under(policy: Policy, seed: u64, moves: &[u64]) -> Case {
    let mut case = opening(&mut Chance::new(seed));
    case.policy = policy;
    holds(&case);
    for seed in moves {
        let drawn = next(&case.complaint, &case.policy, case.now, &mut Chance::new(*seed));
        let before = case.clone();
        if play(&mut case, &drawn).is_ok() {
            holds(&case);
            step_holds(&before, &case);
            crate::clocks::step_holds(&before, &case);
        }
        if matches!(drawn, Move::Wait(_)) {
            let timer = next_timer_at(&case.complaint, &case.policy);
            assert!(timer.is_none_or(|at| at > case.now), "left undone after a tick: {timer:?}");
        }
    }
    case
}

/// What holds at every moment.
fn holds(case: &Case) {
    let c = &case.complaint;
    if c.stage.is_open() {
        assert!(has_holder(c, &case.policy), "nobody answers for it: {c:#?}");
        assert!(runs_or_says_why(c), "nothing runs: {c:#?}");
    }
    independence(c, &case.policy);
    for proposal in &c.proposals {
        if let redress_core::complaint::state::ProposalFate::Approved(by) = proposal.fate {
            let alone = case.policy.decision.approval == ApprovalRule::Authority;
            assert!(alone || by != proposal.by, "approved by its proposer");
        }
    }
}

/// The receiving unit at the gate, then a unit, then a unit and a person.
fn has_holder(c: &Complaint, policy: &Policy) -> bool {
    match c.stage {
        Stage::Received => policy.receiving().receives,
        Stage::HandedOver => c.department.is_some(),
        Stage::Verifying | Stage::Deciding | Stage::Responding | Stage::Answered => {
            c.department.is_some() && c.round().verifier.is_some()
        }
        Stage::Closed | Stage::Archived => true,
    }
}

fn runs_or_says_why(c: &Complaint) -> bool {
    let resolution = c.waiting_promises().any(|promise| promise.set.promise == "resolution");
    match c.stage {
        Stage::Answered => {
            let waits = c.round().objection_until.is_some();
            !resolution && (waits || c.late_objection || c.waits_for_person)
        }
        _ => resolution,
    }
}

fn independence(c: &Complaint, policy: &Policy) {
    if !(policy.rounds.other_verifier && policy.rounds.other_decider) {
        return;
    }
    for (n, round) in c.rounds.iter().enumerate() {
        let before: BTreeSet<AccountId> =
            c.rounds[..n].iter().flat_map(|round| round.took_part.iter().copied()).collect();
        let acted = round.took_part.iter().chain(&round.verifier).chain(&round.decider);
        for account in acted.filter(|account| before.contains(account)) {
            assert!(round.waived.contains(account), "took part before, without a waiver: {c:#?}");
        }
    }
}

/// What holds between two moments.
fn step_holds(before: &Case, after: &Case) {
    for told in &after.history[before.history.len()..] {
        match &told.event {
            Event::Closed(closed) => closing(before, after, closed.closed_as),
            _ if before.policy.safety.may_refuse => {}
            Event::ProposalApproved(e) => {
                assert!(!refuses_danger(&before.complaint, |p| p.id == e.proposal));
            }
            Event::ResponseTold(e) => {
                assert!(!refuses_danger(&before.complaint, |p| p.id == e.proposal));
            }
            Event::RefusalProposed(_) => assert!(!before.complaint.safety),
            _ => {}
        }
    }
    let shown = |case: &Case| case.complaint.rounds[0].objection_until;
    if let (Some(was), Some(is)) = (shown(before), shown(after)) {
        assert!(is >= was, "the time to object became shorter");
    }
}

fn refuses_danger(
    c: &Complaint,
    is: impl Fn(&redress_core::complaint::state::Proposal) -> bool,
) -> bool {
    c.safety && c.proposals.iter().any(|p| is(p) && matches!(p.verdict, Verdict::Refusal(_)))
}

fn closing(before: &Case, after: &Case, closed_as: ClosedAs) {
    let c = &before.complaint;
    match closed_as {
        ClosedAs::Withdrawn => assert!(c.withdrawn),
        ClosedAs::Joined => assert!(after.complaint.joined_into.is_some()),
        ClosedAs::Agreed | ClosedAs::NoObjection | ClosedAs::LastRound => {
            let reached = c.attempts.iter().any(|attempt| {
                attempt.round == c.round().number
                    && attempt.purpose == Purpose::Response
                    && matches!(attempt.fate, AttemptFate::Reached(_))
            });
            assert!(reached || ways::exhausted(c, &before.policy), "no result reached: {c:#?}");
            assert!(!(c.safety && closed_as == ClosedAs::NoObjection), "danger closed by silence");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_rules_hold_whatever_anybody_does(seed: u64, moves in prop::collection::vec(any::<u64>(), 1..90)) {
        let case = live(seed, &moves);
        prop_assert_eq!(case.replayed(true), Some(case.complaint.clone()));
        let erased = case.replayed(false).expect("also without words it is a complaint");
        prop_assert_eq!(erased.stage, case.complaint.stage);
        prop_assert_eq!(erased.version, case.complaint.version);
        prop_assert_eq!(&erased.title, &None);
        only_words_are_gone(&erased, &case);
    }
}

/// Everything that figures and promises are made of is the same without words, and an erasure leaves
/// it so.
fn only_words_are_gone(erased: &Complaint, case: &Case) {
    let c = &case.complaint;
    assert_eq!((&erased.promises, &erased.rounds), (&c.promises, &c.rounds));
    assert_eq!(erased.attempts, c.attempts);
    let proposed = |c: &Complaint| {
        let proposals = c.proposals.iter();
        let dated = proposals.map(|one| {
            let dates: Vec<_> = one.remedies.iter().map(|(who, due, _)| (*who, *due)).collect();
            (one.id, one.verdict.clone(), one.by, one.fate, dates)
        });
        dated.collect::<Vec<_>>()
    };
    assert_eq!(proposed(erased), proposed(c));
    assert_eq!((&erased.files, &erased.mandate), (&c.files, &c.mandate));
    assert_eq!((erased.closed_as, &erased.department), (c.closed_as, &c.department));
    assert_eq!((erased.hold, erased.safety, erased.severity), (c.hold, c.safety, c.severity));
    assert_eq!(next_timer_at(erased, &case.policy), next_timer_at(c, &case.policy));
    let kept = |c: &Complaint| {
        let undertakings = c.undertakings.iter();
        undertakings.map(|one| (one.id, one.owner, one.due, one.kept_at)).collect::<Vec<_>>()
    };
    assert_eq!(kept(erased), kept(c));
    let event = Event::from(ComplaintErased { ground: ErasureGround::PersonAsked });
    let happened = Happened { by: None, at: case.now, recorded_at: case.now };
    let after = evolve(Some(erased.clone()), &event, &happened).expect("it is still a complaint");
    assert!(after.erased && after.ways.is_empty() && after.title.is_none());
    assert_eq!((&after.promises, after.stage), (&c.promises, c.stage));
}

/// Another reading of every rule that steers a life.
pub(crate) fn other_policy(mut policy: Policy, chance: &mut Chance) -> Policy {
    let rounds = &mut policy.rounds;
    rounds.max = *chance.one(&[1, 2, 3]);
    rounds.again_from = *chance.one(&[AgainFrom::Handover, AgainFrom::Verification]);
    rounds.other_verifier = !chance.once_in(4);
    rounds.other_decider = rounds.other_verifier;
    rounds.if_nobody = *chance.one(&[IfNobody::Director, IfNobody::Refuse]);
    rounds.objection.silence = *chance.one(&[Silence::Close, Silence::Stay]);
    rounds.objection.late = *chance.one(&[LateObjection::Director, LateObjection::Refuse]);
    rounds.after_last = *chance.one(&[LateObjection::Director, LateObjection::Refuse]);
    policy.decision.approval = *chance.one(&[ApprovalRule::OtherPerson, ApprovalRule::Authority]);
    policy.handover.then = *chance.one(&[AfterWait::Route, AfterWait::Stay]);
    policy.safety.may_refuse = chance.once_in(2);
    policy.pause.allowed = !chance.once_in(4);
    policy.pause.promises = vec!["resolution".to_owned(), "first-reply".to_owned()];
    for promise in &mut policy.promises {
        if promise.rounds.contains(&2) {
            promise.rounds.push(3);
        }
        if promise.id == "first-reply" {
            promise.kept_by = *chance.one(&[KeptBy::AnyReply, KeptBy::PersonReply]);
        }
    }
    policy
}

#[test]
fn the_rules_hold_under_other_readings_too() {
    for seed in 0..60 {
        let mut chance = Chance::new(1_000 + seed);
        let policy = other_policy(policy().clone(), &mut chance);
        let moves: Vec<u64> = (0..60).map(|_| chance.next()).collect();
        let case = live_under(policy, seed, &moves);
        assert_eq!(case.replayed(true), Some(case.complaint.clone()));
    }
}

#[test]
fn random_lives_are_long_and_reach_everything() {
    let mut seen = BTreeSet::new();
    let mut stages = BTreeSet::new();
    let mut second_rounds = 0;
    for seed in 0..120 {
        let mut chance = Chance::new(seed);
        let moves: Vec<u64> = (0..80).map(|_| chance.next()).collect();
        let case = live(seed, &moves);
        seen.extend(case.history.iter().map(|told| told.event.name()));
        stages.insert(case.complaint.stage);
        second_rounds += usize::from(case.complaint.rounds.len() > 1);
    }
    let elsewhere = [
        "notice.received",
        "notice.interpreted",
        "person.recorded",
        "text.redacted",
        "complaint.erased",
        "person.erased",
        "log.erased",
        "promise.paused",
        "promise.resumed",
        "complaint.joined",
        "complaint.unjoined",
        "independence.waived",
        "policy.put_in_force",
        "promise.moved",
        "calendar.changed",
        "log.key_added",
        "log.key_retired",
        "log.restarted",
        "log.restart_confirmed",
        "clock.jumped",
        "account.changed",
        "delegation.made",
        "duty.set",
    ];
    let missing: Vec<_> = Event::NAMES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !seen.contains(name) && !elsewhere.contains(name))
        .collect();
    assert!(missing.is_empty(), "no random life holds {missing:?}");
    assert!(stages.len() >= 6, "{stages:?}");
    assert!(second_rounds >= 20, "only {second_rounds} lives of 120 hold a second round");
}
