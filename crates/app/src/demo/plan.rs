//! When everything of all stories happens, on one line of time.
//! Must not run anything.

use jiff::{SignedDuration, Timestamp};

use super::{
    story::{Step, Story},
    when::Reckoning,
};

/// How long before the end of the stories nothing happens any more.
const QUIET: SignedDuration = SignedDuration::from_secs(30);

/// What happens.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed<'s> {
    /// The notice comes in.
    Notice,
    /// A command is run.
    Step(&'s Step),
}

/// Something of a story with its instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned<'s> {
    /// When.
    pub(super) at: Timestamp,
    /// Of which story.
    pub(super) story: &'s Story,
    /// What.
    pub(super) deed: Deed<'s>,
}

/// Everything of all stories in the order in which it happens.
///
/// # Errors
///
/// The story whose times cannot be read, run backwards or reach past the end.
pub(super) fn plan<'s>(
    stories: &'s [Story],
    reckoning: &Reckoning,
) -> Result<Vec<Planned<'s>>, String> {
    let end = reckoning.now.checked_sub(QUIET).unwrap_or(reckoning.now);
    let mut all = Vec::new();
    for story in stories {
        let fault = |what: &str, when: &str| format!("{}: `{when}` {what}", story.id);
        let mut last = reckoning
            .read(&story.when, reckoning.now)
            .ok_or_else(|| fault("cannot be read", &story.when))?;
        all.push(Planned { at: last, story, deed: Deed::Notice });
        for step in &story.step {
            let at = reckoning
                .read(&step.when, last)
                .ok_or_else(|| fault("cannot be read", &step.when))?;
            if at < last || at > end {
                return Err(fault("is before the step before it, or not over yet", &step.when));
            }
            all.push(Planned { at, story, deed: Deed::Step(step) });
            last = at;
        }
    }
    // Stable: what happens at one instant keeps the order of its story.
    all.sort_by_key(|planned| planned.at);
    Ok(all)
}
