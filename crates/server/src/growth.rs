//! The log of changes, as it is watched while the server serves: each change is said once.
//! Must not do anything about it.

use redress_app::{App, AppError};

use crate::install::chain;

/// How the log of changes was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Found {
    /// Written back in time.
    #[default]
    Well,
    /// Held by a reading that does not end.
    Held,
    /// Not found out, and why.
    Unreadable(String),
}

/// What was last found, and said.
#[derive(Debug, Default)]
pub(crate) struct Growth(Found);

impl Growth {
    /// Looks once a turn.
    pub(crate) async fn look(&mut self, app: &App) {
        let looked = app.look_at_changes().await.and_then(|()| app.changes_held());
        if self.is_news(&looked) {
            say(looked);
        }
    }

    /// Whether this was not found the last time.
    fn is_news(&mut self, looked: &Result<Option<u64>, AppError>) -> bool {
        let found = match looked {
            Ok(None) => Found::Well,
            Ok(Some(_)) => Found::Held,
            Err(error) => Found::Unreadable(chain(error)),
        };
        std::mem::replace(&mut self.0, found) != self.0
    }
}

fn say(looked: Result<Option<u64>, AppError>) {
    match looked {
        Ok(None) => tracing::info!("the log of changes is written back again"),
        Ok(Some(bytes)) => tracing::error!(
            bytes,
            "the log of changes grows: something reads the database and does not end"
        ),
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "the log of changes cannot be looked at; it is tried again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_found_of_the_log_of_changes_is_said_once_for_each_change() {
        let mut growth = Growth::default();
        let unreadable = |why: &str| Err(AppError::Io(std::io::Error::other(why.to_owned())));
        for (n, (looked, is_news)) in [
            (Ok(None), false),
            (unreadable("a"), true),
            (unreadable("a"), false),
            (unreadable("b"), true),
            (Ok(Some(70 << 20)), true),
            (Ok(Some(71 << 20)), false),
            (Ok(None), true),
            (Ok(None), false),
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(growth.is_news(&looked), is_news, "{n}");
        }
    }
}
