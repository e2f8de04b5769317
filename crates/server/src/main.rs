//! The binary `redress`: configuration, wiring, the verbs of the command line.
//! Must not hold rules of the process or words of its pages: those are `redress-core` and
//! `redress-text`.

mod app_fault;
mod calendars;
mod chance;
mod cli;
mod clock;
mod config;
mod door;
mod exit;
mod fault;
mod growth;
mod input;
mod install;
mod instant;
mod operator;
mod output;
mod pack;
mod verbs;
mod watchdog;

use std::process::ExitCode;

fn main() -> ExitCode {
    keep_to_owner();
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    cli::run(&arguments).into()
}

/// Whatever is written is read and written by its owner alone: data folders, backups, exports, and
/// what lies beside them while they are made hold what people told in confidence.
#[cfg(unix)]
fn keep_to_owner() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// Elsewhere the folder's own rules hold.
#[cfg(not(unix))]
fn keep_to_owner() {}
