//! Whether the process lives, and whether it can work. No detail for the public but that the disk is
//! full or nearly so, the age of the last backup, where backups are taken by the clock, for how long
//! files wait for a scanner that does not answer, how long the log of changes has grown that a
//! reading holds, and how much work is tried again and again.

use axum::{extract::State, http::StatusCode};
use redress_app::Room;

use crate::Site;

pub(crate) async fn live() -> &'static str {
    "ok\n"
}

pub(crate) async fn ready(State(site): State<Site>) -> (StatusCode, String) {
    let (status, word) = match (site.app.is_ready().await, site.app.room()) {
        (true, Room::None) => (StatusCode::SERVICE_UNAVAILABLE, "not ready\nroom none"),
        (true, Room::Little { .. }) => (StatusCode::OK, "ready\nroom little"),
        (true, Room::Enough) => (StatusCode::OK, "ready"),
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
    };
    let backup = backup(&site).await.map(|age| format!("backup {age}\n"));
    let scanner = scanner(&site).await.map(|age| format!("degraded scanner {age}\n"));
    let changes = changes(&site).map(|held| format!("degraded changes {held}\n"));
    let failing = Some(site.app.failing_count()).filter(|count| *count > 0);
    let failing = failing.map(|count| format!("degraded work {count}\n"));
    let more: String = [backup, scanner, changes, failing].into_iter().flatten().collect();
    (status, format!("{word}\n{more}"))
}

/// For how many seconds the oldest file waits that the scanner was asked about in vain.
async fn scanner(site: &Site) -> Option<i64> {
    // A store that does not answer is said above.
    let waiting = site.app.files_waiting().await.ok()??;
    let age = site.app.now().duration_since(waiting.since).as_secs().max(0);
    (waiting.attempts > 0).then_some(age)
}

/// Bytes of a log of changes that a reading holds, or `unreadable`.
fn changes(site: &Site) -> Option<String> {
    match site.app.changes_held() {
        Ok(held) => held.map(|bytes| bytes.to_string()),
        Err(_) => Some("unreadable".to_owned()),
    }
}

/// The age of the last backup in whole seconds, `none`, or `unreadable`.
async fn backup(site: &Site) -> Option<String> {
    let (schedule, now) = (site.settings.backups.clone()?, site.app.now());
    let newest = tokio::task::spawn_blocking(move || schedule.newest(now)).await;
    Some(match newest {
        Ok(Ok(Some(at))) => now.duration_since(at).as_secs().max(0).to_string(),
        Ok(Ok(None)) => "none".to_owned(),
        Ok(Err(_)) | Err(_) => "unreadable".to_owned(),
    })
}
