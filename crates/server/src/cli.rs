//! The command line as a whole: which verbs there are, and how one is run.
//! Must not list a verb that does not work yet, or do the work of one.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::exit::Exit;
use crate::output::{Output, say_usage};
use crate::verbs;

/// Complaint handling that carries out a published policy.
#[derive(Debug, Parser)]
#[command(name = "redress", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    /// Answer as JSON, errors included.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve portal, desk, API and jobs in one process.
    Serve(verbs::serve::Serve),
    /// Serve a demo filled with invented complaints, and print how to sign in.
    Demo(verbs::demo::Demo),
    /// Check, test and publish a policy.
    #[command(subcommand)]
    Policy(verbs::policy::Verb),
    /// Say when a promise falls due, and why.
    Deadline(verbs::deadline::Deadline),
    /// Ask a calendar.
    #[command(subcommand)]
    Calendar(verbs::calendar::Verb),
    /// Make and look after accounts.
    #[command(subcommand)]
    User(verbs::user::Verb),
    /// Make tokens for the API.
    #[command(subcommand)]
    Token(verbs::token::Verb),
    /// Take in what arrived elsewhere.
    #[command(subcommand)]
    Intake(verbs::intake::Verb),
    /// Read complaints, or run one command on one.
    #[command(subcommand)]
    Complaint(verbs::complaint::Verb),
    /// Erase a person: words go for ever, facts, figures and proof stay.
    Erase(verbs::erase::Erase),
    /// Copy everything into one file, read it back and verify it; whoever works goes on.
    Backup(verbs::backup::Backup),
    /// Restore a backup onto an empty folder.
    Restore(verbs::backup::Restore),
    /// Write everything as lines of JSON that any program can read; whoever works goes on.
    Export(verbs::export::Export),
    /// Bring such lines into an empty folder, checked whole.
    Import(verbs::export::Import),
    /// Look at everything an installation needs, and say the cure of each failure.
    Doctor(verbs::doctor::Doctor),
    /// Recreate every read row from the events and report how the live ones differ.
    Rebuild(verbs::rebuild::Rebuild),
    /// Look after the log.
    #[command(subcommand)]
    Log(verbs::log::Verb),
    /// Check receipts, offline.
    #[command(subcommand)]
    Receipt(verbs::receipt::Verb),
    /// Check or print the configuration.
    #[command(subcommand)]
    Config(verbs::config::Verb),
}

/// Runs the command that `arguments` (the program first) spell.
pub(crate) fn run(arguments: &[OsString]) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let json = arguments.iter().any(|argument| argument == "--json");
            return say_usage(&error, json);
        }
    };
    let mut output = Output::new(cli.json);
    let ended = match &cli.verb {
        Verb::Serve(verb) => verb.run(&mut output),
        Verb::Demo(verb) => verb.run(&mut output),
        Verb::Policy(verb) => verb.run(&mut output),
        Verb::Deadline(verb) => verb.run(&mut output),
        Verb::Calendar(verb) => verb.run(&mut output),
        Verb::User(verb) => verb.run(&mut output),
        Verb::Token(verb) => verb.run(&mut output),
        Verb::Intake(verb) => verb.run(&mut output),
        Verb::Complaint(verb) => verb.run(&mut output),
        Verb::Erase(verb) => verb.run(&mut output),
        Verb::Backup(verb) => verb.run(&mut output),
        Verb::Restore(verb) => verb.run(&mut output),
        Verb::Export(verb) => verb.run(&mut output),
        Verb::Import(verb) => verb.run(&mut output),
        Verb::Doctor(verb) => verb.run(&mut output),
        Verb::Rebuild(verb) => verb.run(&mut output),
        Verb::Log(verb) => verb.run(&mut output),
        Verb::Receipt(verb) => verb.run(&mut output),
        Verb::Config(verb) => verb.run(&mut output),
    };
    output.finish(ended)
}
