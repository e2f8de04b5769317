//! What each message gives its template; `messages/README.md` of the shipped pack is the same table.
//! Must stay a table: values come from `complainant` and `colleagues`.

/// Given to every message.
const COMMON: &[&str] = &["company.name", "company.site", "company.hotline", "reference"];

const RESPONSE: &[&str] = &[
    "name",
    "again",
    "outcome",
    "ground",
    "text",
    "who_can_help",
    "remedies",
    "objection_until",
    "tracking_url",
    "signer.name",
    "signer.department",
];
const MESSAGE: &[&str] = &["name", "text", "tracking_url", "signer.name", "signer.department"];
const EVIDENCE_REQUEST: &[&str] =
    &["name", "asks", "text", "answer_by", "tracking_url", "signer.name", "signer.department"];
const DIRECTOR_NOTICE: &[&str] = &[
    "title",
    "text",
    "channel",
    "about",
    "received_at",
    "safety",
    "files",
    "promises",
    "handed_over_at",
    "desk_url",
];
const WARNING: &[&str] = &["promise", "due", "share", "late", "holder", "desk_url"];
const DUTY: &[&str] =
    &["safety", "received_at", "channel", "phone", "place", "due", "text", "desk_url"];
const NEW_ROUND: &[&str] = &["name", "received_at", "other_people", "promises", "tracking_url"];
const DATE_MOVED: &[&str] = &["name", "moves", "tracking_url"];
const DATE_MOVED_NOTICE: &[&str] = &["moves", "holder", "told", "desk_url"];
const CLOSED: &[&str] =
    &["name", "reason", "joined_into", "undertakings", "kept_until", "tracking_url"];

/// Every variable of a message.
pub(super) fn variables(message: &str) -> impl Iterator<Item = &'static str> {
    let own: &[&str] = match message {
        "receipt-unverified" => &["tracking_url"],
        "response" => RESPONSE,
        "message" => MESSAGE,
        "evidence-request" => EVIDENCE_REQUEST,
        "director-notice" => DIRECTOR_NOTICE,
        "warning" => WARNING,
        "duty" => DUTY,
        "new-round" => NEW_ROUND,
        "closed" => CLOSED,
        "date-moved" => DATE_MOVED,
        "date-moved-notice" => DATE_MOVED_NOTICE,
        _ => &[],
    };
    COMMON.iter().chain(own).copied()
}

/// Whether a message gives `name`: one of its variables, or the group some of them are in.
pub(super) fn is_given(message: &str, name: &str) -> bool {
    variables(message).any(|known| {
        known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use redress_core::policy::{MESSAGES, MOVES_MESSAGES, shipped_files};

    use super::*;

    #[test]
    fn the_table_is_the_one_of_the_readme() {
        let files = shipped_files();
        let page = files.text("messages/README.md").expect("it is shipped");
        for message in MESSAGES.iter().chain(MOVES_MESSAGES) {
            let start = format!("| `{message}` |");
            let row = page.lines().find(|line| line.starts_with(&start)).expect("a row");
            for name in variables(message).filter(|name| !COMMON.contains(name)) {
                assert!(row.contains(&format!("`{name}`")), "{message}: {name}");
            }
        }
    }
}
