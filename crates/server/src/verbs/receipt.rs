//! `redress receipt`: whether a receipt is genuine, and what it says. Must not open a data folder,
//! read a clock or ask anybody: the file and the keys are enough.

use std::path::PathBuf;

use clap::Subcommand;
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use redress_app::{ReceiptRefused, ReceiptSays, check_receipt};
use redress_core::kinds::Lang;
use redress_proof::{RECEIPT_BYTES_MAX, VerificationKey, Words};
use redress_text::{Arg, t, t_args};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::fault::Fault;
use crate::input;
use crate::output::Output;

/// What to do with a receipt.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Say whether a receipt is genuine, and what it proves; exit 1 if it is not accepted.
    Verify(Verify),
}

/// Arguments of `receipt verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// The receipt; `-` is standard input.
    file: PathBuf,
    /// A key of the log or of a witness, `NAME+ID+BASE64`, as whoever has it publishes it; may be
    /// given more than once. A receipt carries no key, so without one none is accepted.
    #[arg(long = "key", value_name = "VKEY")]
    keys: Vec<VerificationKey>,
    /// The language of the answer: vi, en or lo.
    #[arg(long, default_value = "en")]
    lang: Lang,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Verify(verify) => verify.run(output),
        }
    }
}

impl Verify {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let bytes = input::bytes(&self.file, RECEIPT_BYTES_MAX as u64)?;
        let checked = check_receipt(&bytes, &self.keys);
        let exit = if checked.is_ok() { Exit::Done } else { Exit::No };
        match (checked, output.is_json()) {
            (Ok(says), true) => output.json(&Answer::of(&says))?,
            (Ok(says), false) => self.say(&says, output)?,
            (Err(refused), true) => output.json(&self.refused_json(&refused))?,
            (Err(refused), false) => self.say_refused(&refused, output)?,
        }
        Ok(exit)
    }

    fn refused_json(&self, refused: &ReceiptRefused) -> Value {
        let ReceiptRefused { code, detail, claimed } = refused;
        let claimed = claimed.iter().map(|(name, id)| json!({"name": name, "id": id}));
        json!({
            "valid": false, "reason": code, "message": self.why(refused), "detail": detail,
            "claimed": claimed.collect::<Value>(),
        })
    }

    fn why(&self, refused: &ReceiptRefused) -> String {
        self.with(refused.text_id(), &[("ending", redress_app::RECEIPT_ENDING.into())])
    }

    fn t(&self, id: &str) -> String {
        t(self.lang, id)
    }

    fn with(&self, id: &str, values: &[(&str, Arg<'_>)]) -> String {
        t_args(self.lang, id, values)
    }

    /// An instant as clocks in Vietnam and Laos show it, with the offset: whose clock it was is not
    /// in the file.
    fn at(&self, at: Timestamp) -> String {
        let zone = TimeZone::fixed(offset(7));
        format!("{} (+07:00)", redress_text::instant_in_full(self.lang, at, &zone))
    }

    fn say_refused(&self, refused: &ReceiptRefused, output: &mut Output) -> Result<(), Fault> {
        output.line(self.t("verify-refused"))?;
        output.line(self.why(refused))?;
        output.line(format_args!("{}: {}", self.t("verify-code"), refused.code))?;
        if !refused.claimed.is_empty() {
            output.line(self.t("verify-claims"))?;
        }
        // What `--key` wants begins like this; the key itself is not in the file.
        for (name, id) in &refused.claimed {
            output.line(format_args!("  {}+{id}+…", plain(name)))?;
        }
        Ok(())
    }

    fn say(&self, says: &ReceiptSays, output: &mut Output) -> Result<(), Fault> {
        output.line(self.t("verify-valid"))?;
        let origin = plain(&says.origin);
        output.line(self.with("verify-valid-lead", &[("origin", origin.as_str().into())]))?;
        output.line("")?;
        for (label, value) in self.rows(says) {
            output.line(format_args!("{}: {value}", self.t(label)))?;
        }
        if says.late.is_some() {
            output.line(self.t("verify-late"))?;
        }
        if says.words == Words::Closed {
            output.line(self.t("verify-said-closed"))?;
        }
        for (title, points) in POINTS {
            output.line("")?;
            output.line(self.t(title))?;
            for point in *points {
                output.line(format_args!("- {}", self.t(point)))?;
            }
        }
        Ok(())
    }

    /// What it says, label and value.
    fn rows(&self, says: &ReceiptSays) -> Vec<(&'static str, String)> {
        let (index, size) = (says.index.to_string(), says.size.to_string());
        let place = [("index", index.as_str().into()), ("size", size.as_str().into())];
        let witnesses: Vec<String> = says
            .witnesses
            .iter()
            .map(|by| {
                let (name, time) = (plain(&by.name), self.at(by.at));
                let values = [("name", name.as_str().into()), ("time", time.as_str().into())];
                self.with("verify-witness", &values)
            })
            .collect();
        let witnesses =
            if witnesses.is_empty() { self.t("verify-no-witness") } else { witnesses.join("; ") };
        let some = |label, value: Option<String>| value.map(|value| (label, value));
        [
            some("verify-reference", says.reference.as_deref().map(plain)),
            some("verify-received", says.received_at.map(|at| self.at(at))),
            some("verify-recorded", Some(self.at(says.recorded_at))),
            some("verify-place", Some(self.with("verify-place-of", &place))),
            some("verify-witnesses", Some(witnesses)),
            some("verify-said", says.said.as_deref().map(plain)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What is said of every receipt: a title and its points.
const POINTS: &[(&str, &[&str])] = &[
    ("verify-proves", &["verify-proves-exact", "verify-proves-bound"]),
    ("verify-not", &["verify-not-true", "verify-not-time", "verify-not-missing"]),
];

/// What a receipt says, as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    valid: bool,
    origin: &'a str,
    reference: Option<&'a str>,
    received_at: Option<Timestamp>,
    recorded_at: String,
    index: u64,
    size: u64,
    payload: Box<RawValue>,
    witnesses: Vec<Witness<'a>>,
    event: Option<&'a str>,
    stream: Option<&'a str>,
    late_seconds: Option<i64>,
    words: Option<Box<RawValue>>,
    words_state: &'static str,
}

#[derive(Serialize)]
struct Witness<'a> {
    name: &'a str,
    at: Timestamp,
}

impl<'a> Answer<'a> {
    fn of(says: &'a ReceiptSays) -> Self {
        let (words, words_state) = match &says.words {
            Words::None => (None, "none"),
            Words::Closed => (None, "closed"),
            Words::Open(words) => (Some(exact(words)), "open"),
        };
        let witnesses = says.witnesses.iter().map(|by| Witness { name: &by.name, at: by.at });
        Self {
            valid: true,
            origin: &says.origin,
            reference: says.reference.as_deref(),
            received_at: says.received_at,
            recorded_at: format!("{:.3}", says.recorded_at),
            index: says.index,
            size: says.size,
            payload: exact(&says.payload),
            witnesses: witnesses.collect(),
            event: says.event.as_deref(),
            stream: says.stream.as_deref(),
            late_seconds: says.late.map(|late| late.as_secs()),
            words,
            words_state,
        }
    }
}

/// A recorded text as the JSON that it is, to the letter; one that is none as a JSON text.
fn exact(text: &str) -> Box<RawValue> {
    let raw = RawValue::from_string(text.to_owned());
    raw.unwrap_or_else(|_| to_raw_value(text).expect("a text is JSON"))
}

/// A text of somebody else for a terminal: nothing in it moves the cursor or turns letters round.
fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| match c {
            '\n' => ' ',
            c if c.is_control() || turns(c) => '\u{FFFD}',
            c => c,
        })
        .collect()
}
