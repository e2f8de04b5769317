//! What every channel can do. Must not know any of them.

use std::{future::Future, pin::Pin};

use jiff::Timestamp;
use redress_core::kinds::ChannelKind;

use crate::{Handover, IdempotencyKey, Letter};

/// A future behind a pointer, so that channels of different kinds stand in one registry.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A way by which letters go out.
pub trait Channel: Send + Sync {
    /// Which kind of channel this is.
    fn kind(&self) -> ChannelKind;

    /// The address its letters come from, where it has one that others can write to.
    fn sender(&self) -> Option<String> {
        None
    }

    /// Hands one letter to the provider, once, and says what happened.
    ///
    /// `key` names the letter: the same key gives the same provider-side id, so that a repetition
    /// after [`Handover::Unknown`] can be recognised as one by whoever receives both. `now` dates
    /// the letter and counts [`Handover::Busy`] waits. Commit the attempt before calling: a future
    /// that is dropped half-way, or a process that ends, has to be treated as `Unknown`.
    fn hand_over<'a>(
        &'a self,
        letter: &'a Letter,
        key: &'a IdempotencyKey,
        now: Timestamp,
    ) -> BoxFuture<'a, Handover>;
}
