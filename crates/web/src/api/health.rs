//! Whether the process lives, and whether it can work. No detail for the public but that the disk is
//! full or nearly so, and the age of the last backup, where backups are taken by the clock.

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
    match backup(&site).await {
        Some(age) => (status, format!("{word}\nbackup {age}\n")),
        None => (status, format!("{word}\n")),
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
