//! The use cases against a real store, under a clock that moves when told.
//! Must not speak HTTP or SQL, nor reach into the program.
#![expect(clippy::panic, reason = "helpers of tests say what they found instead")]

mod adopt;
mod backup;
mod backups;
mod calendars;
mod changes;
mod checking;
mod deputies;
mod erase;
mod export;
mod history;
mod holidays;
mod jobs;
mod kit;
mod log;
mod outage;
mod page;
mod pictures;
mod processes;
mod promises;
mod rebuild;
mod redaction;
mod search;
mod sim;
mod sweep;
mod undertakings;
mod undertakings_told;
mod uploads;
mod versions;
mod water;
