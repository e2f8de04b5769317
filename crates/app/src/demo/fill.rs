//! Fills an installation: every notice through `App::receive`, every command through `App::run`,
//! the jobs between them, on a clock that is moved from one deed to the next.
//! Must not write a row of its own.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use redress_core::complaint::people::{Actor, Member};
use serde_json::{Map, Value};

use super::{
    DemoError,
    clock::ShiftedClock,
    draw::{self, Picture},
    plan::{Deed, Planned, plan},
    story::{self, House, Step, Story},
    when::Reckoning,
};
use crate::{App, AppError, NewAccount, receive::NoticeIn, run::Asked, uploads::blocking};

/// How long before the first notice the accounts were made.
pub(super) const BEFORE: SignedDuration = SignedDuration::from_hours(24 * 40);
/// Most turns of the jobs at one instant.
const TURNS_MAX: usize = 50;
/// Most timers between two deeds.
const TIMERS_MAX: usize = 1_000;
/// Fields that hold instants.
const INSTANTS: [&str; 5] = ["at", "due", "answer_by", "received_at", "happened_at"];
/// Who does what the program itself does.
const BY: Actor = Actor::System("demo");

/// What a filled demo shows at its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filled {
    /// Words for complaints worth following, with their references.
    pub(super) shown: Vec<(String, String)>,
}

/// Carries the stories out.
pub(super) struct Filler<'a> {
    app: &'a App,
    clock: &'a ShiftedClock,
    reckoning: Reckoning,
    members: HashMap<String, Member>,
    /// References by the ids of stories.
    references: HashMap<String, String>,
    /// Where the clock stands.
    at: Timestamp,
}

impl<'a> Filler<'a> {
    /// A filler of an empty installation, whose stories end at `now`.
    pub(super) fn new(app: &'a App, clock: &'a ShiftedClock, now: Timestamp) -> Self {
        let zone = app.pack().policy.calendar.zone().clone();
        let at = now.checked_sub(BEFORE).unwrap_or(now);
        clock.set(at);
        Self {
            app,
            clock,
            reckoning: Reckoning { now, zone },
            members: HashMap::new(),
            references: HashMap::new(),
            at,
        }
    }

    /// Makes the accounts and the roster, and lets every story happen.
    ///
    /// # Errors
    ///
    /// [`DemoError`] naming the story.
    pub(super) async fn fill(mut self, house: &House) -> Result<Filled, DemoError> {
        self.people(house).await?;
        let stories = story::stories().map_err(DemoError::Data)?;
        let planned = plan(&stories, &self.reckoning).map_err(DemoError::Data)?;
        let mut shown = Vec::new();
        for planned in &planned {
            self.advance(planned.at).await?;
            self.happen(planned, &mut shown).await.map_err(|source| DemoError::Story {
                story: planned.story.id.clone(),
                step: step_name(planned),
                source: Box::new(source),
            })?;
            self.jobs().await?;
        }
        self.advance(self.reckoning.now).await?;
        Ok(Filled { shown })
    }

    async fn people(&mut self, house: &House) -> Result<(), DemoError> {
        for colleague in &house.colleague {
            let role = colleague.role.parse().map_err(|_| {
                DemoError::Data(format!("people.toml: no role `{}`", colleague.role))
            })?;
            let new = NewAccount {
                name: colleague.name.clone(),
                email: super::email(&colleague.id),
                role,
                department: colleague.department.clone(),
                authority: colleague.authority.clone(),
            };
            let member = self.app.add_account(&new, &BY).await?;
            self.members.insert(colleague.id.clone(), member);
        }
        for duty in &house.duty {
            let read = |text: &str| {
                let at = self.reckoning.read(text, self.reckoning.now);
                at.ok_or_else(|| DemoError::Data(format!("people.toml: no time `{text}`")))
            };
            let (from, until) = (read(&duty.from)?, read(&duty.until)?);
            let email = super::email(&duty.who);
            self.app.set_duty(&email, from, until, &duty.phone, &BY).await?;
        }
        Ok(())
    }

    /// Moves the clock to `to`, stopping at each timer on the way.
    async fn advance(&mut self, to: Timestamp) -> Result<(), AppError> {
        for _ in 0..TIMERS_MAX {
            let next = self.app.store.next_timer(self.at).await?;
            let Some(next) = next.filter(|next| *next <= to) else { break };
            self.turn_to(next);
            self.jobs().await?;
        }
        self.turn_to(to);
        self.jobs().await
    }

    fn turn_to(&mut self, at: Timestamp) {
        self.at = self.at.max(at);
        self.clock.set(self.at);
    }

    /// Lets the jobs work until nothing is left to do now.
    async fn jobs(&self) -> Result<(), AppError> {
        for _ in 0..TURNS_MAX {
            let ticked = self.app.tick().await?;
            if ticked.timers == 0 && ticked.work == 0 {
                return Ok(());
            }
        }
        Err(AppError::broken("the jobs of the demo do not come to rest"))
    }

    async fn happen(
        &mut self,
        planned: &Planned<'_>,
        shown: &mut Vec<(String, String)>,
    ) -> Result<(), AppError> {
        match planned.deed {
            Deed::Notice => {
                let reference = self.receive(planned.story).await?;
                if let Some(words) = &planned.story.shown_as {
                    shown.push((words.clone(), reference.clone()));
                }
                self.references.insert(planned.story.id.clone(), reference);
                Ok(())
            }
            Deed::Step(step) => self.run(planned.story, step).await,
        }
    }

    async fn receive(&self, story: &Story) -> Result<String, AppError> {
        let owner = format!("demo-{}", story.id);
        let body = Value::Object(self.body(&story.notice, &owner).await?).to_string();
        let by = story.by.as_ref().map(|who| self.member(who)).transpose()?;
        let notice = NoticeIn { body: &body, by, owner: &owner, key: None };
        Ok(self.app.receive(notice).await?.reference)
    }

    async fn run(&self, story: &Story, step: &Step) -> Result<(), AppError> {
        let owner = format!("demo-{}", story.id);
        let body = Value::Object(self.body(&step.body, &owner).await?);
        let actor = match step.who.as_str() {
            "customer" => Actor::Complainant,
            who => Actor::Staff(self.member(who)?.clone()),
        };
        let reference = self.references.get(&story.id).ok_or(AppError::NotFound)?;
        let loaded = self.app.load(reference).await?;
        let asked =
            Asked { name: &step.run, body: &body, actor: &actor, owner: &owner, if_match: None };
        self.app.run(loaded, asked).await?;
        Ok(())
    }

    fn member(&self, who: &str) -> Result<&Member, AppError> {
        let unknown = || AppError::broken(format!("nobody is called `{who}`"));
        self.members.get(who).ok_or_else(unknown)
    }

    /// A body with its times read, its pictures drawn and uploaded, and its references put in.
    async fn body(
        &self,
        written: &Map<String, Value>,
        owner: &str,
    ) -> Result<Map<String, Value>, AppError> {
        let mut body = written.clone();
        for (name, value) in &mut body {
            self.read_times(name, value)?;
        }
        let mut found = Vec::new();
        body.values_mut().for_each(|value| pictures(value, &mut found));
        for value in found {
            let picture: Picture =
                serde_json::from_value(value.take()).map_err(AppError::broken)?;
            let name = picture.name.clone();
            let bytes = blocking(move || draw::bytes(&picture)).await?;
            *value = Value::String(self.app.upload(owner, &name, &bytes).await?.id);
        }
        Ok(body)
    }

    fn read_times(&self, name: &str, value: &mut Value) -> Result<(), AppError> {
        match value {
            Value::String(text) => {
                let read = match name {
                    name if INSTANTS.contains(&name) => {
                        self.reckoning.read(text, self.at).map(|at| at.to_string())
                    }
                    "until" => self.reckoning.date(text, self.at),
                    "into" => self.references.get(text.as_str()).cloned(),
                    _ => return Ok(()),
                };
                let unread = || AppError::broken(format!("`{name}` cannot be `{text}`"));
                *text = read.ok_or_else(unread)?;
                Ok(())
            }
            Value::Array(list) => list.iter_mut().try_for_each(|one| self.read_times(name, one)),
            Value::Object(map) => {
                map.iter_mut().try_for_each(|(name, value)| self.read_times(name, value))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        }
    }
}

/// Finds the pictures to be drawn within a value.
fn pictures<'v>(value: &'v mut Value, found: &mut Vec<&'v mut Value>) {
    if value.get("draw").is_some() {
        found.push(value);
        return;
    }
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| pictures(one, found)),
        Value::Object(map) => map.values_mut().for_each(|one| pictures(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn step_name(planned: &Planned<'_>) -> String {
    match planned.deed {
        Deed::Notice => "notice".to_owned(),
        Deed::Step(step) => format!("{} {} {}", step.when, step.who, step.run),
    }
}
