//! Values of the messages that go to the complainant.

use jiff::Timestamp;
use redress_core::{
    complaint::{
        Event,
        event::{MessageQueued, QueuedWords},
        state::{Proposal, Verdict},
        vocabulary::Purpose,
    },
    kinds::Lang,
};
use serde_json::{Value, json};

use super::{Values, common, say, spoken};
use crate::{App, AppError, Loaded};

impl App {
    /// The name and values of the message an attempt carries.
    pub(crate) async fn message_values(
        &self,
        loaded: &Loaded,
        queued: &MessageQueued,
        words: &QueuedWords,
        name: Option<&str>,
    ) -> Result<(&'static str, Values), AppError> {
        let lang = spoken(&loaded.pack, loaded.complaint.language);
        let now = self.now();
        let mut values = common(&loaded.pack, &loaded.complaint.reference.to_string());
        values.insert("name".to_owned(), json!(name.unwrap_or_default()));
        values.insert("text".to_owned(), json!(words.text));
        values
            .insert("tracking_url".to_owned(), json!(self.tracking_url(loaded.id, lang.as_str())));
        values.insert("signer".to_owned(), self.signer(loaded, queued, lang).await?);
        let message = match queued.purpose {
            Purpose::Response => {
                result(&mut values, loaded, queued, lang, now);
                "response"
            }
            Purpose::EvidenceRequest => {
                request(&mut values, loaded, queued, lang, now);
                "evidence-request"
            }
            Purpose::DateMoved => {
                values.insert("moves".to_owned(), super::moved(loaded, lang, now));
                "date-moved"
            }
            Purpose::Message | Purpose::Acknowledgement => "message",
        };
        Ok((message, values))
    }

    /// Who signs: whoever queued the words, and their unit.
    async fn signer(
        &self,
        loaded: &Loaded,
        queued: &MessageQueued,
        lang: Lang,
    ) -> Result<Value, AppError> {
        let by = loaded.history.iter().find_map(|told| {
            let Event::MessageQueued(known) = &told.event else { return None };
            if known.attempt == queued.attempt { told.happened().by } else { None }
        });
        let accounts = self.accounts().await?;
        let account = accounts.iter().find(|row| by.is_some_and(|by| by.to_string() == row.id));
        let name =
            account.map_or_else(|| loaded.pack.policy.company.name.clone(), |row| row.name.clone());
        let unit = account.map(|row| row.department.as_str()).filter(|unit| !unit.is_empty());
        let unit =
            unit.map_or_else(|| loaded.pack.policy.receiving().id.to_string(), str::to_owned);
        Ok(
            json!({"name": name, "department": say(&loaded.pack, lang, &format!("department.{unit}"))}),
        )
    }
}

fn due(loaded: &Loaded, at: Timestamp, lang: Lang, now: Timestamp) -> String {
    redress_text::due(lang, at, loaded.pack.policy.calendar.zone(), now)
}

fn result(
    values: &mut Values,
    loaded: &Loaded,
    queued: &MessageQueued,
    lang: Lang,
    now: Timestamp,
) {
    let c = &loaded.complaint;
    let policy = &loaded.pack.policy;
    let proposal = c.proposals.iter().find(|proposal| Some(proposal.id) == queued.proposal);
    let (outcome, ground) = match proposal.map(|proposal| &proposal.verdict) {
        Some(Verdict::Refusal(ground)) => {
            ("refused", say(&loaded.pack, lang, &format!("ground.{ground}")))
        }
        Some(Verdict::Decision(outcome)) => (outcome.as_str(), String::new()),
        None => ("not-upheld", String::new()),
    };
    let until = policy.calendar.add(now, policy.rounds.objection.within).ok();
    let until = until.filter(|_| c.round().number < policy.rounds.max);
    values.insert("again".to_owned(), json!(c.round().number > 1));
    values.insert("outcome".to_owned(), json!(outcome));
    values.insert("ground".to_owned(), json!(ground));
    values.insert("who_can_help".to_owned(), json!(who_can_help(loaded, proposal)));
    values.insert("remedies".to_owned(), remedies(loaded, proposal, lang, now));
    let until = until.map(|until| due(loaded, until.at, lang, now)).unwrap_or_default();
    values.insert("objection_until".to_owned(), json!(until));
}

fn who_can_help(loaded: &Loaded, proposal: Option<&Proposal>) -> String {
    let id = proposal.map(|proposal| proposal.id);
    let words = loaded.history.iter().find_map(|told| {
        let Event::RefusalProposed(refusal) = &told.event else { return None };
        if Some(refusal.proposal) == id { refusal.words.as_ref() } else { None }
    });
    words.and_then(|words| words.who_can_help.clone()).unwrap_or_default()
}

fn remedies(loaded: &Loaded, proposal: Option<&Proposal>, lang: Lang, now: Timestamp) -> Value {
    let remedies = proposal.map(|proposal| &proposal.remedies[..]).unwrap_or_default();
    let line = |(_, at, what): &(_, Timestamp, String)| json!({"what": what, "due": due(loaded, *at, lang, now)});
    Value::Array(remedies.iter().map(line).collect())
}

fn request(
    values: &mut Values,
    loaded: &Loaded,
    queued: &MessageQueued,
    lang: Lang,
    now: Timestamp,
) {
    let asked = loaded.history.iter().find_map(|told| {
        let Event::EvidenceRequested(asked) = &told.event else { return None };
        (asked.attempt == queued.attempt).then_some(asked)
    });
    let asks = asked
        .and_then(|asked| asked.words.as_ref())
        .map(|words| words.asks.clone())
        .unwrap_or_default();
    let answer_by = asked.and_then(|asked| asked.answer_by).map(|at| due(loaded, at, lang, now));
    values.insert("asks".to_owned(), json!(asks));
    values.insert("answer_by".to_owned(), json!(answer_by.unwrap_or_default()));
}
