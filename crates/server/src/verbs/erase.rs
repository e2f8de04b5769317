//! `redress erase`: personal data out, proof kept. Must not judge: the use case does.

use clap::builder::PossibleValuesParser;
use redress_app::{App, Erased, Erasing, PersonKept, WhoGoes};
use redress_core::complaint::people::Actor;
use redress_core::complaint::vocabulary::ErasureGround;
use redress_core::id::PersonId;
use serde_json::json;

use crate::app_fault::named;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::operator::{Expect, Place};
use crate::output::Output;
use crate::verbs::user::OPERATOR;

/// Arguments of `erase`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("whom").required(true))]
pub(crate) struct Erase {
    /// The id of the person, as `complaint show --json` tells it.
    #[arg(long, value_name = "ID", group = "whom")]
    person: Option<String>,
    /// A complaint of the person, by its reference.
    #[arg(long, value_name = "REF", group = "whom")]
    complaint: Option<String>,
    /// A record of another name that shares a contact and goes as well; may be given again.
    #[arg(long = "with", value_name = "ID")]
    with: Vec<String>,
    /// The legal ground.
    #[arg(long, value_name = "CODE", value_parser = PossibleValuesParser::new(ErasureGround::WORDS))]
    ground: String,
    /// Only say who and what would go.
    #[arg(long)]
    dry_run: bool,
    /// The account that erases; whoever runs the installation without it.
    #[arg(long = "as", value_name = "USER")]
    actor: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl Erase {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let (going, erased) =
            self.place.with_app(Expect::Existing, async |app| self.erase(app).await)?;
        match (erased, output.is_json()) {
            (Some(erased), true) => output.json(&erased)?,
            (Some(erased), false) => say_erased(&going, &erased, output)?,
            (None, true) => output.json(&json!({"would_erase": going}))?,
            (None, false) => say_going(&going, output)?,
        }
        Ok(Exit::Done)
    }

    async fn erase(&self, app: &App) -> Result<(WhoGoes, Option<Erased>), Fault> {
        let actor = match &self.actor {
            Some(email) => Actor::Staff(app.member(email).await.map_err(named("account", email))?),
            None => OPERATOR,
        };
        let person = self.person(app).await?;
        let going = app.who_goes(person, &actor).await;
        let going = going.map_err(named("person", &person.to_string()))?;
        if self.dry_run {
            return Ok((going, None));
        }
        let with = self.with.iter().map(|id| read(id)).collect::<Result<Vec<_>, _>>()?;
        let ground = self.ground.parse().map_err(|_| Fault::usage("no such ground").at("--ground"));
        let asked = Erasing { person, with: &with, ground: ground?, actor: &actor };
        let erased = app
            .erase(asked)
            .await
            .map_err(named("record that shares a contact", &self.with.join(" ")))?;
        Ok((going, Some(erased)))
    }

    async fn person(&self, app: &App) -> Result<PersonId, Fault> {
        match (&self.person, &self.complaint) {
            (Some(id), _) => read(id),
            (None, Some(reference)) => {
                let loaded = app.load(reference).await.map_err(named("complaint", reference))?;
                Ok(loaded.complaint.person)
            }
            (None, None) => Err(Fault::usage("name a person or a complaint").at("--person")),
        }
    }
}

fn read(id: &str) -> Result<PersonId, Fault> {
    id.parse().map_err(|_| Fault::no("not-found", format!("there is no person `{id}`")))
}

fn say_going(going: &WhoGoes, output: &mut Output) -> Result<(), Fault> {
    output.line("would be erased:")?;
    for person in std::iter::once(&going.person).chain(&going.same) {
        output.line(format_args!("  {}", line(person)))?;
    }
    say_others(going, output)
}

fn say_others(going: &WhoGoes, output: &mut Output) -> Result<(), Fault> {
    if going.others.is_empty() {
        return Ok(());
    }
    output.line("share a contact under another name, and stay (name them by --with):")?;
    for person in &going.others {
        output.line(format_args!("  {}", line(person)))?;
    }
    Ok(())
}

fn line(person: &PersonKept) -> String {
    let contacts = person.contacts.iter().map(|contact| contact.value.as_str());
    let contacts = contacts.collect::<Vec<_>>().join(", ");
    let complaints = person.complaints.iter().map(|complaint| match &complaint.hold {
        Some(ground) => format!("{} (on legal hold: {ground})", complaint.reference),
        None => complaint.reference.clone(),
    });
    let complaints = complaints.collect::<Vec<_>>().join(", ");
    format!("{}  {}  {contacts}  {complaints}", person.id, person.name)
}

fn say_erased(going: &WhoGoes, erased: &Erased, output: &mut Output) -> Result<(), Fault> {
    let Erased { persons, complaints, events, files, left } = erased;
    output.line(format_args!(
        "erased: {} records of the person, {} complaints ({}), the words of {events} events, {files} files",
        persons.len(),
        complaints.len(),
        complaints.join(", "),
    ))?;
    let kept: Vec<PersonKept> =
        going.others.iter().filter(|other| !persons.contains(&other.id)).cloned().collect();
    say_others(&WhoGoes { others: kept, ..going.clone() }, output)?;
    if left.log_of_changes {
        output.line(
            "somebody reads: the database's log of changes is emptied by a job of the server",
        )?;
    }
    for backup in &left.backups {
        let (file, made_at, goes_at) = (&backup.file, &backup.made_at, &backup.goes_at);
        output.line(format_args!(
            "still in the backup {file} of {made_at}, which goes on {goes_at}"
        ))?;
    }
    for file in &left.before_upgrades {
        output.line(format_args!("still in {file}, kept before an upgrade: delete it yourself"))?;
    }
    output.line("not reached: backups and exports that were carried elsewhere")
}
