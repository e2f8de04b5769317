//! What must hold whatever happens. Must not change anything but by letting time pass.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use redress_app::{
    Loaded, Told,
    core::{
        complaint::{Complaint, Event, Stage, evolve, state::AttemptFate},
        kinds::ChannelKind,
    },
};
use redress_store::{Options, Store};

use super::{
    play::Play,
    post::{Fate, Handed},
};

/// Differences that are shown.
const SHOWN: usize = 10;
/// Hours after which every letter is out: the post is well again, and waits double up to six hours.
const OUT_WITHIN: i64 = 24 * 5;

/// For how long a process that died may hold work: twice its five minutes, where the clock went back
/// by less than those.
const LEASES_LAPSE: SignedDuration = SignedDuration::from_mins(11);

/// Stages a complaint may go to from each, by the policy's five steps.
fn ways(from: Stage) -> &'static [Stage] {
    use Stage::{
        Answered, Archived, Closed, Deciding, HandedOver, Received, Responding, Verifying,
    };
    match from {
        Received => &[HandedOver, Closed],
        HandedOver => &[Received, Verifying, Closed],
        Verifying => &[Received, HandedOver, Deciding, Closed],
        Deciding => &[Verifying, Responding, Closed],
        Responding => &[Answered, Closed],
        Answered => &[Received, Responding, Closed],
        Closed => &[Archived, Received, HandedOver, Verifying, Deciding, Responding, Answered],
        Archived => &[Received, HandedOver, Verifying, Deciding, Responding, Answered],
    }
}

/// Steps between stages that were seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) ways: BTreeSet<(Stage, Stage)>,
}

impl Play {
    /// Lets the program do what is due, and looks at everything.
    pub(super) async fn look(&mut self) {
        // What a dead process held is free by then.
        self.house.clock.pass(LEASES_LAPSE);
        self.house.settle().await;
        let store = self.house.store();
        let due = store.timers_due(self.house.clock.now()).await.expect("it is read");
        assert!(due.is_empty(), "timers are left: {due:?}");
        for taken in &self.taken {
            let loaded = self.house.app.load(&taken.receipt.reference).await;
            let loaded = loaded.unwrap_or_else(|error| panic!("a notice is lost: {error:?}"));
            has_a_date_or_says_why(&loaded);
            transitions(&loaded.history, &mut self.seen);
        }
        let events = all(&store).await;
        self.one_for_each_key(&events);
        self.letters(&events);
        let report = store.verify_log(|_| {}).await.expect("it is read");
        assert_eq!(report.fault, None);
        self.rows_are_those_of_the_events(&store).await;
        assert!(store.flaws().await.expect("it is read").is_empty());
    }

    /// Days pass with a well post: nothing that waits to be sent is left.
    pub(super) async fn end(&mut self) {
        for _ in 0..OUT_WITHIN / 3 {
            self.house.clock.pass(SignedDuration::from_hours(3));
            self.house.settle().await;
        }
        for taken in &self.taken {
            let loaded = self.house.app.load(&taken.receipt.reference).await.expect("it is there");
            let left = loaded.complaint.attempts.iter().find(|attempt| {
                attempt.channel == ChannelKind::Email && attempt.fate == AttemptFate::Queued
            });
            assert!(left.is_none(), "a letter is never sent: {left:?}");
            let work = self.house.store().outbox_of(&loaded.row.id).await.expect("it is read");
            assert!(work.iter().any(|item| item.kind == "inform"), "the Director hears nothing");
            let left = work.iter().find(|item| item.done_at.is_none());
            assert!(left.is_none(), "work is never done: {left:?}");
        }
        self.look().await;
        let (handed, arrived) = (self.house.post.handed(), self.house.post.arrived());
        let taken = handed.iter().filter(|handed| handed.fate == Fate::Taken);
        assert!(taken.into_iter().all(|handed| arrived.contains(&handed.key)));
    }

    /// Every notice that was answered is there once, and none besides.
    fn one_for_each_key(&self, events: &[Told]) {
        let notices = events.iter().filter(|told| matches!(told.event, Event::NoticeReceived(_)));
        let opened = events.iter().filter_map(|told| match &told.event {
            Event::ComplaintOpened(opened) => Some(opened.reference.to_string()),
            _ => None,
        });
        let (notices, opened) = (notices.count(), opened.collect::<Vec<_>>());
        let known: BTreeSet<&str> =
            self.taken.iter().map(|t| t.receipt.reference.as_str()).collect();
        assert_eq!(known.len(), self.taken.len(), "two senders have one reference");
        assert_eq!((notices, opened.len()), (self.taken.len(), self.taken.len()));
        assert!(opened.iter().all(|reference| known.contains(reference.as_str())));
    }

    /// No letter is handed over again without a reason on record.
    fn letters(&self, events: &[Told]) {
        let mut by_key: BTreeMap<String, Vec<Handed>> = BTreeMap::new();
        for handed in self.house.post.handed() {
            by_key.entry(handed.key.clone()).or_default().push(handed);
        }
        let mut attempted: BTreeMap<String, usize> = BTreeMap::new();
        for told in events {
            if let Event::MessageAttempted(event) = &told.event {
                let key = format!("{}-{}", told.stored.stream.id(), event.attempt);
                *attempted.entry(key).or_default() += 1;
            }
        }
        for (key, handed) in &by_key {
            for pair in handed.windows(2) {
                let [before, after] = pair else { continue };
                let not_sent = before.fate != Fate::Taken;
                assert!(not_sent || after.struck > before.struck, "sent twice: {key} {handed:?}");
            }
            // Words to a complainant are on record before they leave.
            let attempts = attempted.get(key).copied().unwrap_or_default();
            let on_record = !key.contains("-att_") || handed.len() <= attempts;
            assert!(on_record, "{key} was handed over off the record");
        }
    }

    async fn rows_are_those_of_the_events(&self, store: &Store) {
        let room = tempfile::tempdir().expect("there is room");
        let clock = self.house.clock.clone();
        let options = Options::new(std::sync::Arc::new(move || clock.now()));
        let fresh = Store::open(&room.path().join("fresh.sqlite"), options).expect("it opens");
        self.house.app.rebuild_into(&fresh).await.expect("it is built");
        let differences = store.compare_rows(&fresh, SHOWN).await.expect("both are read");
        assert_eq!(differences, []);
    }
}

async fn all(store: &Store) -> Vec<Told> {
    let (mut events, mut after) = (Vec::new(), 0);
    loop {
        let page = store.events_after(after, 1_000).await.expect("it is read");
        let Some(last) = page.last() else { return events };
        after = last.pos;
        events.extend(page.into_iter().map(|stored| Told::read(stored).expect("it is read")));
    }
}

/// An open complaint has a date, a stated pause, or an answer that waits to be heard.
fn has_a_date_or_says_why(loaded: &Loaded) {
    let complaint = &loaded.complaint;
    if !complaint.stage.is_open() {
        return;
    }
    let resolution = complaint.waiting_promises().any(|p| p.set.promise == "resolution");
    let waits = complaint.round().objection_until.is_some()
        || complaint.late_objection
        || complaint.waits_for_person;
    let says = if complaint.stage == Stage::Answered { waits } else { resolution };
    assert!(says, "nothing runs: {complaint:#?}");
}

/// Every step of a history is one of the policy's.
fn transitions(history: &[Told], seen: &mut Seen) {
    let mut complaint: Option<Complaint> = None;
    for told in history {
        let before = complaint.as_ref().map(|complaint| complaint.stage);
        complaint = evolve(complaint, &told.event, &told.happened());
        let after = complaint.as_ref().map(|complaint| complaint.stage);
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let event = told.event.name();
            assert!(ways(before).contains(&after), "{event}: {before:?} to {after:?}");
            seen.ways.insert((before, after));
        }
    }
}
