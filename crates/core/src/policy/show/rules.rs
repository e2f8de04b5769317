//! The tables of the page that are made from rules: promises, channels, routes, grounds, authority.
//! Must not word anything.

use super::{
    super::{FillError, Speaker, section::Section},
    PageTable,
};

type Made = Result<Vec<String>, String>;

/// The tables of a section.
pub(super) fn tables(speaker: &Speaker<'_>, section: Section) -> Result<Vec<PageTable>, FillError> {
    let made = match section {
        Section::Limits => Some(promises(speaker)?),
        Section::Channels => Some(channels(speaker)?),
        Section::Verify => Some(routes(speaker)?),
        Section::Principles => Some(grounds(speaker)?),
        Section::Decide => Some(authority(speaker)?),
        Section::Preamble
        | Section::Who
        | Section::Safety
        | Section::Receive
        | Section::Respond
        | Section::Close => None,
    };
    Ok(made.into_iter().collect())
}

fn table(
    speaker: &Speaker<'_>,
    id: &str,
    head: &[&str],
    rows: Result<Vec<Vec<String>>, String>,
) -> Result<PageTable, FillError> {
    let head: Result<Vec<String>, FillError> =
        head.iter().map(|label| speaker.say(&format!("label.{label}"))).collect();
    let rows = rows.map_err(|reason| FillError { at: 0, reason })?;
    Ok(PageTable { id: id.to_owned(), head: head?, rows })
}

fn promises(speaker: &Speaker<'_>) -> Result<PageTable, FillError> {
    let mut rows = Vec::new();
    for rule in &speaker.policy.promises {
        for round in &rule.rounds {
            rows.push((rule, *round));
        }
    }
    let rows = rows.into_iter().map(|(rule, round)| -> Made {
        let name = speaker.say(&format!("promise.{}", rule.id)).map_err(|error| error.reason)?;
        Ok(vec![
            name,
            round.to_string(),
            speaker.within(rule)?,
            speaker.promise_owner(rule)?,
            speaker.kept_by(rule)?,
            speaker.warnings(rule)?,
        ])
    });
    let head = ["promise", "round", "within", "owner", "kept-by", "warned"];
    table(speaker, "promises", &head, rows.collect())
}

fn channels(speaker: &Speaker<'_>) -> Result<PageTable, FillError> {
    let policy = speaker.policy;
    let rows = policy.channels.iter().map(|rule| -> Made {
        let at = Speaker::channel_at(rule).unwrap_or_else(|| "—".to_owned());
        Ok(vec![speaker.channel(rule.kind)?, at, speaker.ways_back(rule)?])
    });
    table(speaker, "channels", &["channel", "at", "ways-back"], rows.collect())
}

fn routes(speaker: &Speaker<'_>) -> Result<PageTable, FillError> {
    let rows = speaker.policy.handover.routes.iter().map(|route| -> Made {
        let about = speaker.say(&format!("about.{}", route.about)).map_err(|error| error.reason)?;
        Ok(vec![about, speaker.route(route)?])
    });
    table(speaker, "routes", &["about", "department"], rows.collect())
}

fn grounds(speaker: &Speaker<'_>) -> Result<PageTable, FillError> {
    let rows = speaker.policy.refusal.grounds.iter().map(|ground| -> Made {
        Ok(vec![speaker.ground(&ground.id)?, speaker.ground_needs(ground)?])
    });
    table(speaker, "grounds", &["ground", "needs"], rows.collect())
}

fn authority(speaker: &Speaker<'_>) -> Result<PageTable, FillError> {
    let rows = speaker
        .policy
        .decision
        .authority
        .iter()
        .map(|authority| -> Made { Ok(vec![speaker.authority(authority)?]) });
    table(speaker, "authority", &["authority"], rows.collect())
}
