//! A channel that keeps every letter in memory and sends nothing: for the demo, where no mail may
//! leave, and for tests, which script what happens. Must not be configured beside real people.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use redress_core::kinds::ChannelKind;

use crate::{BoxFuture, Channel, Handover, IdempotencyKey, Letter, ProviderMessageId};

/// Most letters kept; the oldest go first.
pub const RECORDED_MAX: usize = 1_000;

/// A letter as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The letter.
    pub letter: Letter,
    /// Its key.
    pub key: IdempotencyKey,
    /// When it was handed over.
    pub at: Timestamp,
    /// What the channel answered.
    pub handover: Handover,
}

/// Records letters; answers the scripted handovers in turn, then accepts everything.
pub struct Memory {
    kind: ChannelKind,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    script: VecDeque<Handover>,
    recorded: VecDeque<Recorded>,
}

impl Memory {
    /// A channel that stands for `kind` and accepts everything.
    pub fn new(kind: ChannelKind) -> Self {
        Self { kind, state: Mutex::default() }
    }

    /// Answers these, one for each further letter, after those scripted before.
    pub fn script(&self, handovers: impl IntoIterator<Item = Handover>) {
        self.state().script.extend(handovers);
    }

    /// Every letter handed over, oldest first, whatever was answered; at most [`RECORDED_MAX`].
    pub fn recorded(&self) -> Vec<Recorded> {
        self.state().recorded.iter().cloned().collect()
    }

    /// What an accepted letter with this key is called: the same each time.
    pub fn provider_id(key: &IdempotencyKey) -> ProviderMessageId {
        ProviderMessageId::new(format!("memory-{key}"), "kept in memory, not sent")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics between the two changes of a record, so a poisoned state is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, letter: &Letter, key: &IdempotencyKey, at: Timestamp) -> Handover {
        let mut state = self.state();
        let handover = state
            .script
            .pop_front()
            .unwrap_or_else(|| Handover::Accepted { provider_id: Self::provider_id(key) });
        if state.recorded.len() == RECORDED_MAX {
            state.recorded.pop_front();
        }
        state.recorded.push_back(Recorded {
            letter: letter.clone(),
            key: key.clone(),
            at,
            handover: handover.clone(),
        });
        handover
    }
}

impl Channel for Memory {
    fn kind(&self) -> ChannelKind {
        self.kind
    }

    fn sender(&self) -> Option<String> {
        (self.kind == ChannelKind::Email).then(|| "house@channel.example".to_owned())
    }

    fn hand_over<'a>(
        &'a self,
        letter: &'a Letter,
        key: &'a IdempotencyKey,
        now: Timestamp,
    ) -> BoxFuture<'a, Handover> {
        Box::pin(async move { self.record(letter, key, now) })
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use redress_core::kinds::Lang;

    use super::*;

    #[tokio::test]
    async fn letters_are_answered_by_script_and_then_accepted() {
        let channel = Memory::new(ChannelKind::Email);
        let busy = Handover::Busy { not_before: Timestamp::UNIX_EPOCH };
        channel.script([Handover::Unknown, busy.clone()]);
        let key = IdempotencyKey::parse("k1").expect("is a key");
        let accepted = Handover::Accepted { provider_id: Memory::provider_id(&key) };
        let letter = Letter {
            to: "ha@example.vn".to_owned(),
            to_name: None,
            subject: "Kết quả".to_owned(),
            text: "Kính gửi bà Hà".to_owned(),
            lang: Lang::Vi,
            in_reply_to: None,
            attachments: vec![],
            automatic: false,
        };
        for answer in [Handover::Unknown, busy, accepted.clone(), accepted] {
            let handover = channel.hand_over(&letter, &key, Timestamp::UNIX_EPOCH).await;
            assert_eq!(handover, answer);
        }
        let recorded = channel.recorded();
        assert_eq!(recorded.len(), 4);
        assert!(recorded.iter().all(|kept| kept.letter == letter && kept.key == key));

        for _ in 0..RECORDED_MAX {
            channel.hand_over(&letter, &key, Timestamp::UNIX_EPOCH).await;
        }
        assert_eq!(channel.recorded().len(), RECORDED_MAX);
    }
}
