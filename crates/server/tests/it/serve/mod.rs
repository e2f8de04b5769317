//! `redress serve` from outside: the built binary on a folder of its own, spoken to over HTTP.
//! Must not reach into the program; what no caller can see is not tested here.

mod arithmetic;
pub(crate) mod backup;
mod crowd;
mod doctor;
mod erasure;
mod export;
mod forbidden;
pub(crate) mod house;
pub(crate) mod http;
mod keys;
pub(crate) mod life;
mod log;
mod mail;
pub(crate) mod mailbox;
mod malformed;
mod memory;
mod notices;
mod operators;
pub(crate) mod outage;
mod packs;
mod races;
mod scanner;
mod security;
mod sight;
pub(crate) mod uploads;
pub(crate) mod wait;
