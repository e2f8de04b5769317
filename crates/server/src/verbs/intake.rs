//! `redress intake`: takes in a notice as the public door would. Must not have rules of its own.

use std::path::PathBuf;

use clap::Subcommand;
use redress_app::{NoticeIn, Receipt};
use redress_core::intake::NewNotice;
use serde_json::{Value, json};

use crate::app_fault::named;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::input;
use crate::operator::{Expect, Place};
use crate::output::Output;

/// What to take in.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Take in the body of `POST /api/v1/complaints`.
    Form(Form),
}

/// What `intake form --help` says of the body.
const FIELDS: &str = "\
The body is a JSON object. Needed: language (vi, en, lo), about (product, service, both, unsure), text, and
complainant with as (person, organisation, representative) and one of phone, email, address.
May be there: kind, category, remedy_sought, asset, complainant.name, .organisation, .represents,
relation, place, happened_at, needs, reply_by, danger (true, false), mandate, attachments (upload
ids), consent {notice, processing}.
With --as also: channel, received_at, office, sender.
Unknown fields are refused; /api/openapi.json of a running server has every kind and choice.

  {\"language\":\"vi\",\"about\":\"service\",\"text\":\"Thang máy rung mạnh.\",
   \"complainant\":{\"as\":\"person\",\"name\":\"bà Hà\",\"phone\":\"0912345678\"}}";

/// Arguments of `intake form`.
#[derive(Debug, clap::Args)]
#[command(after_help = FIELDS)]
pub(crate) struct Form {
    /// The JSON file; - is standard input.
    file: PathBuf,
    /// Only say what would be made of it.
    #[arg(long)]
    dry_run: bool,
    /// The key against taking it in twice, 16 to 255 characters.
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// The account that enters it, for notices by telephone, at the counter or by letter.
    #[arg(long = "as", value_name = "USER")]
    entered_by: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// What came of it.
enum Taken {
    Read(Box<NewNotice>),
    Stored(Receipt),
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Form(form) => form.run(output),
        }
    }
}

impl Form {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let body = input::json_text(&self.file)?;
        let taken = self.place.with_app(Expect::OrNew, async |app| {
            let by = match &self.entered_by {
                Some(email) => Some(app.member(email).await.map_err(named("account", email))?),
                None => None,
            };
            let key = self.idempotency_key.as_deref();
            let notice = NoticeIn { body: &body, by: by.as_ref(), owner: "command-line", key };
            if self.dry_run {
                return Ok(Taken::Read(Box::new(app.read_notice(&notice)?)));
            }
            Ok(Taken::Stored(app.receive(notice).await?))
        })?;
        match taken {
            Taken::Read(notice) => say_notice(&notice, output),
            Taken::Stored(receipt) => say_receipt(&receipt, output),
        }
    }
}

fn say_notice(notice: &NewNotice, output: &mut Output) -> Result<Exit, Fault> {
    let answer = json!({
        "valid": true, "language": notice.language, "kind": notice.kind, "about": notice.about,
        "category": notice.category, "danger": notice.danger, "as": notice.capacity,
        "reply_by": notice.reply_by,
    });
    if output.is_json() {
        output.json(&answer)?;
        return Ok(Exit::Done);
    }
    for (name, value) in answer.as_object().into_iter().flatten() {
        match value {
            Value::String(text) => output.line(format_args!("{name:<10} {text}"))?,
            other => output.line(format_args!("{name:<10} {other}"))?,
        }
    }
    Ok(Exit::Done)
}

fn say_receipt(receipt: &Receipt, output: &mut Output) -> Result<Exit, Fault> {
    if output.is_json() {
        output.json(receipt)?;
        return Ok(Exit::Done);
    }
    output.line(format_args!("{}, received {}", receipt.reference, receipt.received_at))?;
    for promise in &receipt.promises {
        output.line(format_args!("{:<12} before {}", promise.promise, promise.due))?;
    }
    output.line(&receipt.tracking_url)?;
    Ok(Exit::Done)
}
