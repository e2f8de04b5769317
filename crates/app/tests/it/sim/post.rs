//! A mail server that drops, doubles, delays and refuses letters, hands them on in any order, and in
//! whose middle the program may die. Must not know what a letter is about.

use std::sync::{Mutex, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use redress_app::core::kinds::ChannelKind;
use redress_channels::{
    BoxFuture, Channel, Handover, IdempotencyKey, Letter, RefusalReason, RefusalWord,
    memory::Memory,
};
use redress_testkit::Chance;
use tokio::sync::Notify;

/// What became of a letter at the post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Taken, and the sender was told so.
    Taken,
    /// Not taken, and the sender was told to come again.
    Later,
    /// The sender was told nothing; it may have been taken.
    Untold,
    /// It will never be taken.
    Refused,
    /// The sender died while it was handed over; it may have been taken.
    Died,
}

/// A letter that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handed {
    pub(crate) key: String,
    pub(crate) fate: Fate,
    /// How often the disk had failed by then.
    pub(crate) struck: usize,
}

struct State {
    chance: Chance,
    armed: bool,
    struck: usize,
    handed: Vec<Handed>,
    /// Keys of letters that arrived, in the order in which they did.
    arrived: Vec<String>,
}

/// The mail server.
pub(crate) struct Post {
    state: Mutex<State>,
    died: Notify,
}

impl Post {
    pub(crate) fn new(seed: u64) -> Self {
        let state = State {
            chance: Chance::new(seed),
            armed: false,
            struck: 0,
            handed: Vec::new(),
            arrived: Vec::new(),
        };
        Self { state: Mutex::new(state), died: Notify::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics holding it")
    }

    /// Lets it be faulty from now on, or lets it be well.
    pub(crate) fn arm(&self, armed: bool) {
        self.state().armed = armed;
    }

    /// Tells it how often the disk failed, for its record.
    pub(crate) fn note(&self, struck: usize) {
        self.state().struck = struck;
    }

    /// Every letter handed over, in order.
    pub(crate) fn handed(&self) -> Vec<Handed> {
        self.state().handed.clone()
    }

    /// Keys of the letters that arrived.
    pub(crate) fn arrived(&self) -> Vec<String> {
        self.state().arrived.clone()
    }

    /// Ends when the program is to die in the middle of a letter.
    pub(crate) async fn dies(&self) {
        self.died.notified().await;
    }

    fn take(&self, key: &IdempotencyKey, now: Timestamp) -> Option<Handover> {
        let mut state = self.state();
        let drawn = if state.armed { state.chance.below(20) } else { 19 };
        let later = SignedDuration::from_mins(1 + state.chance.below(300).cast_signed());
        let taken = Handover::Accepted { provider_id: Memory::provider_id(key) };
        let reason = RefusalReason::new(RefusalWord::MailboxFull, "452 full");
        let (fate, arrives, answer) = match drawn {
            0 => (Fate::Died, state.chance.once_in(2), None),
            1 | 2 => (Fate::Untold, true, Some(Handover::Unknown)),
            3 => (Fate::Untold, false, Some(Handover::Unknown)),
            4 | 5 => (Fate::Later, false, Some(Handover::Busy { not_before: now + later })),
            6 => (Fate::Refused, false, Some(Handover::Refused { reason })),
            _ => (Fate::Taken, true, Some(taken)),
        };
        let struck = state.struck;
        state.handed.push(Handed { key: key.to_string(), fate, struck });
        if arrives {
            let places = state.arrived.len() as u64 + 1;
            let place = usize::try_from(state.chance.below(places)).expect("is small");
            state.arrived.insert(place, key.to_string());
        }
        answer
    }
}

impl Channel for Post {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Email
    }

    fn sender(&self) -> Option<String> {
        Some("house@channel.example".to_owned())
    }

    fn hand_over<'a>(
        &'a self,
        _letter: &'a Letter,
        key: &'a IdempotencyKey,
        now: Timestamp,
    ) -> BoxFuture<'a, Handover> {
        Box::pin(async move {
            if let Some(answer) = self.take(key, now) {
                return answer;
            }
            self.died.notify_one();
            std::future::pending().await
        })
    }
}
