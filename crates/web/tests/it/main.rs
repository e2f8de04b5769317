//! The desk over HTTP: sessions, forged forms, who sees what, and forms that come back.
//! Must not test rules of the process; the core does.

mod desk;
mod erasure;
mod portal;
mod roster;
mod verify;
mod world;
