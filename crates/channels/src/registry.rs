//! The channels this installation can send by. Must not choose among them: the planner does.

use std::{collections::BTreeMap, fmt, sync::Arc};

use redress_core::kinds::ChannelKind;

use crate::Channel;

/// Two channels of one kind were configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a channel of kind `{0}` is configured already")]
pub struct KindTaken(pub ChannelKind);

/// The configured channels, one of a kind. Without any, staff send by hand and keep the proof.
#[derive(Clone, Default)]
pub struct Registry {
    channels: BTreeMap<ChannelKind, Arc<dyn Channel>>,
}

impl Registry {
    /// Adds a channel.
    ///
    /// # Errors
    ///
    /// [`KindTaken`] when its kind is there already.
    pub fn add(&mut self, channel: Arc<dyn Channel>) -> Result<(), KindTaken> {
        let kind = channel.kind();
        if self.channels.contains_key(&kind) {
            return Err(KindTaken(kind));
        }
        self.channels.insert(kind, channel);
        Ok(())
    }

    /// The kinds that can send by themselves, in the order of [`ChannelKind::ALL`].
    pub fn senders(&self) -> Vec<ChannelKind> {
        self.channels.keys().copied().collect()
    }

    /// The channel of a kind, if it is configured.
    pub fn get(&self, kind: ChannelKind) -> Option<Arc<dyn Channel>> {
        self.channels.get(&kind).cloned()
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.channels.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Memory;

    #[test]
    fn a_registry_holds_one_channel_of_a_kind() {
        let mut registry = Registry::default();
        assert!(registry.senders().is_empty() && registry.get(ChannelKind::Email).is_none());
        for (kind, told) in [
            (ChannelKind::Sms, Ok(())),
            (ChannelKind::Email, Ok(())),
            (ChannelKind::Sms, Err(KindTaken(ChannelKind::Sms))),
        ] {
            assert_eq!(registry.add(Arc::new(Memory::new(kind))), told);
        }
        assert_eq!(registry.senders(), [ChannelKind::Email, ChannelKind::Sms]);
        let found = registry.get(ChannelKind::Sms).expect("was added");
        assert_eq!(found.kind(), ChannelKind::Sms);
    }
}
