//! Whole lives of complaints, to millions: realistic words in three languages, every state of the
//! process, each step decided by the rules. The same seed gives the same lives.
//!
//! Must not write anything, and must not decide what is allowed: a step that the rules refuse is
//! left out.

mod story;
mod words;

use jiff::{SignedDuration, Timestamp};
use redress_core::{
    complaint::{
        Circumstances, Command, Complaint, Event, Happened, decide,
        decide::next_timer_at,
        evolve,
        past::{Past, PastEvent},
        people::{Actor, Member},
        registry,
    },
    id::{NoticeId, PersonId},
    intake::{self, Interpretation},
    kinds::ChannelKind,
    policy::Policy,
    reference::Reference,
};
use serde_json::Value;

use crate::Chance;

/// How long before the end the first complaint of all came.
const SPAN: SignedDuration = SignedDuration::from_hours(24 * 365 * 4);
/// How long before the end the latest came, most of which are open still.
const LATELY: SignedDuration = SignedDuration::from_hours(24 * 5);
/// One complaint in so many came lately.
const LATELY_ONE_IN: u64 = 8;
/// Most timers of one complaint between two steps.
const TIMERS_MAX: usize = 200;

/// Lives in the order in which their complaints came.
pub struct Lives<'p> {
    policy: &'p Policy,
    members: Vec<Member>,
    until: Timestamp,
    count: u64,
    made: u64,
    chance: Chance,
    year: i16,
    number: u32,
}

impl<'p> Lives<'p> {
    /// `count` lives under `policy` among `members`, lived until `until`.
    ///
    /// The members are those of [`crate::people::everybody`], whatever their ids.
    pub fn new(
        seed: u64,
        (policy, members): (&'p Policy, Vec<Member>),
        count: u64,
        until: Timestamp,
    ) -> Self {
        let chance = Chance::new(seed);
        Self { policy, members, until, count, made: 0, chance, year: 0, number: 0 }
    }

    /// When the n-th complaint came: most evenly over the years, the rest within the last days, the
    /// closer to the end the more.
    fn came_at(&self, n: u64) -> Timestamp {
        let lately = (self.count / LATELY_ONE_IN).max(1);
        let earlier = self.count - lately;
        let part = |span: SignedDuration, times: u64, of: u64| {
            let seconds = i128::from(span.as_secs()) * i128::from(times) / i128::from(of.max(1));
            SignedDuration::from_secs(i64::try_from(seconds).expect("a part of the span"))
        };
        let back = if n < earlier {
            SPAN - part(SPAN - LATELY, n, earlier)
        } else {
            let left = self.count - n;
            part(part(LATELY, left, lately), left, lately)
        };
        self.until.checked_sub(back).expect("some years ago")
    }

    fn reference(&mut self, at: Timestamp) -> Reference {
        let year = self.policy.calendar.local_date(at).year();
        self.number = if year == self.year { self.number + 1 } else { 1 };
        self.year = year;
        Reference::new(&self.policy.prefix, year, self.number)
            .expect("at most a million complaints a year")
    }

    fn live(&mut self, at: Timestamp) -> Past {
        let chance = &mut Chance::new(self.chance.next());
        let (body, staff) = words::notice(chance);
        let by = if staff { self.member(story::CLERK) } else { Actor::Complainant };
        let text = body.to_string();
        let read: intake::Body = serde_json::from_value(body).expect("a body of the API");
        let notice = intake::parse(&read, self.policy, staff, at).expect("a good notice");
        let id = NoticeId::new(at, &bytes(chance));
        let intake = intake::Intake {
            notice: id,
            person: PersonId::new(at, &bytes(chance)),
            reference: self.reference(at),
            body: &text,
            body_sha256: String::new(),
            tracking_sha256: String::new(),
            files: vec![],
            now: at,
        };
        let received = intake.received(&notice);
        let Interpretation { person, opened } =
            intake::interpret(&notice, &intake, self.policy).expect("within the calendar");
        let mut living = Living::born(self, &opened.clone().into(), at);
        story::tell(&mut living, chance);
        living.wait(self.until);
        Past { notice: received, person, opened, by, events: living.events }
    }

    fn member(&self, email: &str) -> Actor {
        let member = self.members.iter().find(|member| member.email == email);
        Actor::Staff(member.expect("a member of the company").clone())
    }
}

impl Iterator for Lives<'_> {
    type Item = Past;

    fn next(&mut self) -> Option<Past> {
        if self.made == self.count {
            return None;
        }
        let at = self.came_at(self.made);
        self.made += 1;
        Some(self.live(at))
    }
}

/// A complaint while it is lived.
struct Living<'l> {
    policy: &'l Policy,
    lives: &'l Lives<'l>,
    now: Timestamp,
    /// Always there; `evolve` takes it and gives it back.
    complaint: Option<Complaint>,
    events: Vec<PastEvent>,
}

impl<'l> Living<'l> {
    fn born(lives: &'l Lives<'l>, opened: &Event, now: Timestamp) -> Self {
        let complaint = evolve(None, opened, &happened(opened, &Actor::Complainant, now));
        Self { policy: lives.policy, lives, now, complaint, events: vec![] }
    }

    fn complaint(&self) -> &Complaint {
        self.complaint.as_ref().expect("an opened complaint stays one")
    }

    /// Somebody does something after a while; whether there was time for it, and the rules let it.
    fn does(&mut self, after: SignedDuration, who: &str, name: &str, body: &Value) -> bool {
        let at = self.now.checked_add(after).expect("some years");
        if at > self.lives.until {
            return false;
        }
        self.wait(at);
        let by_complainant = who == crate::CUSTOMER;
        let actor = if by_complainant { Actor::Complainant } else { self.lives.member(who) };
        let (shape, command) = registry::parse(name, body, by_complainant)
            .unwrap_or_else(|fault| unreachable!("{name} {body} is no command: {fault:?}"));
        actor.is_one_of(shape.who, self.complaint()) && self.decided(&actor, &command)
    }

    /// Nobody does anything for a while.
    fn wait_for(&mut self, while_: SignedDuration) {
        let until = self.now.checked_add(while_).expect("some years");
        self.wait(until.min(self.lives.until));
    }

    /// Decides a command, and lets happen what it makes happen; whether anything did.
    fn decided(&mut self, actor: &Actor, command: &Command) -> bool {
        let circumstances = Circumstances {
            now: self.now,
            actor,
            policy: self.policy,
            members: &self.lives.members,
            senders: &[ChannelKind::Email],
            files: &[],
            target: None,
            words_of: None,
        };
        let Ok(events) = decide(self.complaint(), command, &circumstances) else { return false };
        let any = !events.is_empty();
        for event in events {
            let happened = happened(&event, actor, self.now);
            self.complaint = evolve(self.complaint.take(), &event, &happened);
            self.events.push(PastEvent { event, actor: actor.clone(), now: self.now });
        }
        any
    }

    /// Time goes on until `until`; what is due by itself happens on the way.
    fn wait(&mut self, until: Timestamp) {
        for _ in 0..TIMERS_MAX {
            let timer = next_timer_at(self.complaint(), self.policy);
            let Some(at) = timer.filter(|at| *at <= until) else { break };
            self.now = self.now.max(at);
            if !self.decided(&Actor::System("timer"), &Command::Tick) {
                break;
            }
        }
        self.now = self.now.max(until);
    }
}

fn happened(event: &Event, actor: &Actor, now: Timestamp) -> Happened {
    Happened { by: actor.account(), at: event.happened_at(now), recorded_at: now }
}

fn bytes<const N: usize>(chance: &mut Chance) -> [u8; N] {
    let mut bytes = [0; N];
    for part in bytes.chunks_mut(8) {
        part.copy_from_slice(&chance.next().to_be_bytes()[..part.len()]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use redress_core::complaint::Stage;

    use super::*;
    use crate::{people, policy};

    fn lives(seed: u64, until: &str) -> Vec<Past> {
        let until = until.parse().expect("an instant");
        Lives::new(seed, (policy(), people::everybody()), 600, until).collect()
    }

    fn stage(past: &Past) -> Stage {
        let opened = Event::from(past.opened.clone());
        let born = evolve(None, &opened, &happened(&opened, &past.by, past.notice.received_at));
        let lived = past.events.iter().fold(born, |complaint, past| {
            evolve(complaint, &past.event, &happened(&past.event, &past.actor, past.now))
        });
        lived.expect("it stays one").stage
    }

    #[test]
    fn every_state_comes_up_and_complaints_come_in_order() {
        let lives = lives(1, "2026-11-23T09:00:00Z");
        let mut states = BTreeMap::new();
        for past in &lives {
            *states.entry(stage(past).as_str()).or_insert(0) += 1;
        }
        assert_eq!(states.len(), Stage::ALL.len(), "{states:?}");
        assert!(lives.is_sorted_by_key(|past| past.notice.received_at));
        let second =
            |past: &Past| past.events.iter().any(|past| past.event.name() == "round.opened");
        assert!(lives.iter().any(second), "a second round");
        let refused =
            |past: &Past| past.events.iter().any(|past| past.event.name() == "refusal.proposed");
        assert!(lives.iter().any(refused), "a refusal");
    }

    #[test]
    fn the_same_seed_and_end_give_the_same_lives() {
        let end = "2026-11-23T09:00:00Z";
        assert_eq!(lives(7, end), lives(7, end));
        assert_ne!(lives(7, end), lives(8, end));
        assert_ne!(lives(7, end), lives(7, "2026-11-23T08:00:00Z"));
    }
}
