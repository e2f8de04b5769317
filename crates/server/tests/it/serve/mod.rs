//! `redress serve` from outside: the built binary on a folder of its own, spoken to over HTTP.
//! Must not reach into the program; what no caller can see is not tested here.

mod arithmetic;
mod crash;
mod forbidden;
pub(crate) mod house;
mod http;
mod keys;
mod life;
mod mail;
mod malformed;
mod notices;
mod operators;
mod packs;
mod races;
mod security;
mod sight;
mod uploads;
mod wait;
