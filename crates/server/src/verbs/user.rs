//! `redress user`: accounts. Must not choose a password for anybody: without one from standard
//! input an account gets a single-use link.

use clap::Subcommand;
use redress_app::{App, NewAccount, Password};
use redress_core::complaint::people::{Actor, AuthorityScope, Member};
use redress_core::kinds::Role;
use serde_json::{Value, json};

use crate::app_fault::{named, of_flags};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::input;
use crate::operator::{Expect, Place};
use crate::output::Output;
use crate::verbs::delegate::{Delegate, Delegations, Undelegate};

/// Who acts when an operator does.
pub(crate) const OPERATOR: Actor = Actor::System("operator");

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make an account, and print the single-use link that sets its password.
    Add(Add),
    /// List every account.
    List(List),
    /// Disable an account; its sessions and tokens end at once.
    Disable(One),
    /// Print a new single-use link that sets the password of an account.
    Reset(One),
    /// Let somebody stand in for the Director, from when until when.
    Delegate(Delegate),
    /// List who stands in for the Director, now and later.
    Delegations(Delegations),
    /// End a delegation now.
    Undelegate(Undelegate),
}

/// Arguments of `user add`.
#[derive(Debug, clap::Args)]
pub(crate) struct Add {
    /// The name as shown to colleagues.
    #[arg(long)]
    name: String,
    /// The e-mail address, which is also the name to sign in by.
    #[arg(long)]
    email: String,
    /// The role: care, department, director, admin or auditor.
    #[arg(long)]
    role: Role,
    /// The department of the person.
    #[arg(long)]
    department: Option<String>,
    /// A department the person may approve for, or "all"; may be given several times.
    #[arg(long, value_name = "DEPARTMENT")]
    authority: Vec<String>,
    /// Read the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    place: Place,
}

/// Arguments of `user list`.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    #[command(flatten)]
    place: Place,
}

/// Arguments of verbs on one account.
#[derive(Debug, clap::Args)]
pub(crate) struct One {
    /// The e-mail address of the account.
    #[arg(long, alias = "user")]
    email: String,
    #[command(flatten)]
    place: Place,
}

impl Verb {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        match self {
            Self::Add(add) => add.run(output),
            Self::List(list) => list.run(output),
            Self::Disable(one) => one.disable(output),
            Self::Reset(one) => one.reset(output),
            Self::Delegate(delegate) => delegate.run(output),
            Self::Delegations(list) => list.run(output),
            Self::Undelegate(end) => end.run(output),
        }
    }
}

impl Add {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let password = self.password_stdin.then(input::line).transpose()?;
        let (member, link) =
            self.place.with_app(Expect::OrNew, async |app| self.make(app, password).await)?;
        if output.is_json() {
            output.json(&json!({
                "id": member.id.to_string(), "email": member.email, "name": member.name,
                "role": member.role, "department": member.department.map(|d| d.to_string()),
                "authority": member.authority.iter().map(scope).collect::<Vec<_>>(),
                "setup_link": link,
            }))?;
        } else {
            output.line(format_args!("{} is made, role {}", member.email, member.role))?;
            say_link(link.as_deref(), output)?;
        }
        Ok(Exit::Done)
    }

    async fn make(
        &self,
        app: &App,
        password: Option<String>,
    ) -> Result<(Member, Option<String>), Fault> {
        let new = NewAccount {
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.role,
            department: self.department.clone(),
            authority: self.authority.clone(),
        };
        let password = password.as_deref().map(Password::typed);
        // Before the account: a password that cannot be used must not leave one behind.
        password.as_ref().map_or(Ok(()), Password::judge).map_err(of_flags)?;
        let member = app.add_account(&new, &OPERATOR).await.map_err(of_flags)?;
        let Some(password) = password else {
            let link = app.setup_link(Some(member.id)).await?;
            return Ok((member, Some(link)));
        };
        app.set_password(&member, &password).await.map_err(|error| {
            let mut fault = Fault::from(error);
            fault.message += "; the account is made without a password, `user reset` gives a link";
            fault
        })?;
        Ok((member, None))
    }
}

impl List {
    fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let rows = self.place.with_app(Expect::Existing, async |app| Ok(app.accounts().await?))?;
        if output.is_json() {
            let rows = rows.iter().map(|row| {
                let department = Some(&row.department).filter(|department| !department.is_empty());
                let authority: Vec<&str> = row.authority.split_whitespace().collect();
                json!({ "id": row.id, "email": row.email, "name": row.name, "role": row.role,
                        "department": department, "authority": authority,
                        "disabled": row.disabled })
            });
            output.json(&rows.collect::<Vec<Value>>())?;
            return Ok(Exit::Done);
        }
        for row in &rows {
            let disabled = if row.disabled { "  disabled" } else { "" };
            let unit = &row.department;
            let line =
                format!("{:<32} {:<10} {unit:<12} {}{disabled}", row.email, row.role, row.name);
            output.line(line)?;
        }
        Ok(Exit::Done)
    }
}

impl One {
    fn disable(&self, output: &mut Output) -> Result<Exit, Fault> {
        self.place.with_app(Expect::Existing, async |app| {
            let done = app.set_active(&self.email, false, &OPERATOR).await;
            done.map_err(named("account", &self.email))
        })?;
        if output.is_json() {
            output.json(&json!({ "email": self.email, "disabled": true }))?;
        } else {
            output.line(format_args!("{} is disabled", self.email))?;
        }
        Ok(Exit::Done)
    }

    fn reset(&self, output: &mut Output) -> Result<Exit, Fault> {
        let link = self.place.with_app(Expect::Existing, async |app| {
            let member = app.member(&self.email).await;
            let member = member.map_err(named("account", &self.email))?;
            Ok(app.setup_link(Some(member.id)).await?)
        })?;
        if output.is_json() {
            output.json(&json!({ "email": self.email, "setup_link": link }))?;
        } else {
            say_link(Some(&link), output)?;
        }
        Ok(Exit::Done)
    }
}

fn say_link(link: Option<&str>, output: &mut Output) -> Result<(), Fault> {
    let Some(link) = link else { return Ok(()) };
    output.line("the password is set by this link, once, within 72 hours:")?;
    output.line(link)
}

fn scope(scope: &AuthorityScope) -> String {
    match scope {
        AuthorityScope::All => "all".to_owned(),
        AuthorityScope::Department(of) => of.to_string(),
    }
}
