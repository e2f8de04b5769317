//! `redress complaint`: read complaints, or run one command on one. Must not have rules of its own.

use std::path::PathBuf;

use clap::Subcommand;
use redress_app::view::{Detail, EventView, Item, Viewer};
use redress_app::{App, Asked, ListQuery};
use redress_core::complaint::people::{Actor, Member, may_see};
use redress_core::complaint::registry::find;
use redress_core::id::AccountId;
use redress_core::kinds::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app_fault::{named, of_flags};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::input;
use crate::install::world;
use crate::operator::{Expect, Place};
use crate::output::Output;
use crate::verbs::commands::Commands;

/// What to do with complaints.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List complaints, next due first.
    List(List),
    /// Show one complaint with its history.
    Show(Show),
    /// Run one command on one complaint.
    Run(Run),
    /// List the commands, or the fields of one.
    Commands(Commands),
}

/// Arguments of `complaint list`.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    /// A state, open or all; open without it.
    #[arg(long)]
    state: Option<String>,
    /// A department.
    #[arg(long)]
    department: Option<String>,
    /// running, soon, late, kept or missed.
    #[arg(long)]
    promise: Option<String>,
    /// Words, a telephone, a code of a lift, or a reference.
    #[arg(long)]
    q: Option<String>,
    /// How many at most, 1 to 200.
    #[arg(long)]
    limit: Option<u32>,
    /// Where the page before ended.
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

/// Arguments of `complaint show`.
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The reference, as people type it.
    reference: String,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

/// What `complaint run --help` says of commands.
const COMMANDS: &str = "\
`redress complaint commands` lists the commands, `redress complaint commands NAME` the fields of one;
/api/openapi.json of a running server describes the same for programs.

  echo '{\"command\":\"handover\",\"body\":{\"to\":\"technical\"}}' | \\
      redress complaint run KN-26-000001-… - --as huy@example.vn --data ./redress-data";

/// Arguments of `complaint run`.
#[derive(Debug, clap::Args)]
#[command(after_help = COMMANDS)]
pub(crate) struct Run {
    /// The reference, as people type it.
    reference: String,
    /// The JSON file with {"command":"NAME","body":{…}}; - is standard input.
    file: PathBuf,
    /// The account that runs it.
    #[arg(long = "as", value_name = "USER")]
    actor: String,
    /// The version the complaint must still have.
    #[arg(long, value_name = "VERSION")]
    if_match: Option<u64>,
    #[command(flatten)]
    place: Place,
}

/// Who reads.
#[derive(Debug, clap::Args)]
pub(crate) struct Who {
    /// See what this account may see; everything without it.
    #[arg(long = "as", value_name = "USER")]
    reader: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    command: String,
    #[serde(default = "no_fields")]
    body: Value,
}

/// A command that needs no field needs no body.
fn no_fields() -> Value {
    json!({})
}

/// A complaint as the API shows it, and its events.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    detail: Detail,
    events: Vec<EventView>,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::List(list) => list.run(output),
            Self::Show(show) => show.run(output),
            Self::Run(run) => run.run(output),
            Self::Commands(commands) => commands.run(output),
        }
    }
}

impl Who {
    async fn member(&self, app: &App) -> Result<Member, Fault> {
        match &self.reader {
            Some(email) => app.member(email).await.map_err(named("account", email)),
            None => Ok(operator()),
        }
    }
}

impl List {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let query = ListQuery {
            state: self.state.clone(),
            department: self.department.clone(),
            promise: self.promise.clone(),
            q: self.q.clone(),
            limit: self.limit,
            after: self.after.clone(),
            ..ListQuery::default()
        };
        let (items, next) = self.place.with_app(Expect::Existing, async |app| {
            self.know_department(app)?;
            let listed = app.list(&query, &self.who.member(app).await?).await.map_err(of_flags)?;
            Ok((app.listed(&listed).await?, listed.next))
        })?;
        if output.is_json() {
            output.json(&json!({ "items": items, "next": next }))?;
            return Ok(Exit::Done);
        }
        for item in &items {
            output.line(line(item))?;
        }
        next.map_or(Ok(()), |next| output.line(format_args!("more: --after {next}")))?;
        Ok(Exit::Done)
    }
}

impl List {
    /// A department the policy does not have is a slip of the finger, not an empty queue.
    fn know_department(&self, app: &App) -> Result<(), Fault> {
        let Some(asked) = self.department.as_deref().filter(|asked| !asked.is_empty()) else {
            return Ok(());
        };
        let pack = app.pack();
        let known: Vec<&str> = pack.policy.departments.iter().map(|d| d.id.as_str()).collect();
        if known.contains(&asked) {
            return Ok(());
        }
        let message = format!("there is no department `{asked}`: {}", known.join(", "));
        Err(Fault::no("fields", message).at("--department"))
    }
}

impl Show {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let (detail, events) = self.place.with_app(Expect::Existing, async |app| {
            let missing = named("complaint", &self.reference);
            let loaded = app.load(&self.reference).await.map_err(&missing)?;
            if !may_see(&self.who.member(app).await?, &loaded.complaint) {
                return Err(missing(redress_app::AppError::NotFound));
            }
            let detail = app.detail(&loaded, Viewer::Staff).await?;
            Ok((detail, app.event_views(&loaded.history).await?))
        })?;
        if output.is_json() {
            output.json(&Shown { detail, events })?;
        } else {
            say(&detail, &events, output)?;
        }
        Ok(Exit::Done)
    }
}

impl Run {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let order: Order =
            serde_json::from_str(&input::json_text(&self.file)?).map_err(|error| {
                let message = format!("write {{\"command\":\"NAME\",\"body\":{{…}}}}: {error}");
                Fault::no("malformed", message).at(self.file.display().to_string())
            })?;
        if find(&order.command).is_none() {
            let message = format!(
                "there is no command `{}`; `redress complaint commands` lists them",
                order.command
            );
            return Err(Fault::no("not-found", message));
        }
        if !order.body.is_object() {
            let message = format!(
                "`body` must be an object of fields; `redress complaint commands {}` lists them",
                order.command
            );
            return Err(Fault::no("fields", message).at("body"));
        }
        let (version, events) = self.place.with_app(Expect::Existing, async |app| {
            let member = app.member(&self.actor).await.map_err(named("account", &self.actor))?;
            let actor = Actor::Staff(member);
            let loaded = app.load(&self.reference).await;
            let loaded = loaded.map_err(named("complaint", &self.reference))?;
            let asked = Asked {
                name: &order.command,
                body: &order.body,
                actor: &actor,
                owner: "command-line",
                if_match: self.if_match,
            };
            // Known and out of sight look the same.
            let ran = app.run(loaded, asked).await.map_err(named("complaint", &self.reference))?;
            Ok((ran.version, app.event_views(&ran.events).await?))
        })?;
        if output.is_json() {
            output.json(&json!({ "version": version, "events": events }))?;
        } else {
            output.line(format_args!("version {version}"))?;
            say_events(&events, output)?;
        }
        Ok(Exit::Done)
    }
}

/// Whoever may open the data folder may read all of it, as an auditor does.
fn operator() -> Member {
    let world = world();
    Member {
        id: AccountId::new(world.now(), &world.chance()),
        email: "operator".to_owned(),
        name: "operator".to_owned(),
        role: Role::Auditor,
        department: None,
        authority: Vec::new(),
        stands_in_for: None,
    }
}

fn line(item: &Item) -> String {
    let due = item
        .next
        .as_ref()
        .map(|next| format!("{} {}", next.promise, next.due.as_deref().unwrap_or(&next.state)));
    let due = due.unwrap_or_default();
    format!("{}  {:<12} {due:<40} {}", item.reference, item.state, item.title)
}

fn say(detail: &Detail, events: &[EventView], output: &mut Output) -> Result<(), Fault> {
    output.line(line(&detail.item))?;
    if let Some(text) = &detail.text {
        output.line(text)?;
    }
    for promise in &detail.promises {
        let (name, round) = (&promise.promise, &promise.round);
        output.line(format_args!("{name} {round:?}: {} ({})", promise.due, promise.state))?;
    }
    say_events(events, output)
}

fn say_events(events: &[EventView], output: &mut Output) -> Result<(), Fault> {
    for event in events {
        let EventView { version, kind, at, actor, .. } = event;
        output.line(format_args!("{version:>4}  {at}  {kind}  {} {}", actor.kind, actor.who))?;
    }
    Ok(())
}
