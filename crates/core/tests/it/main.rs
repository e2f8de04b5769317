//! Tests of the process from outside: lives that read as history, refusals, time, properties,
//! stored forms, intake. One binary, so that they link once.

mod clocks;
mod close;
mod gate;
mod golden;
mod history;
mod intake;
mod life;
mod moves;
mod permissions;
mod policy;
mod properties;
mod refusals;
mod result;
mod rounds;
mod search;
mod time;
mod words;
