//! The migrations and their few textual macros.
//! Must not run anything: an engine runs the texts in one transaction when it opens.

use crate::error::StoreError;

/// Every migration ever released, in order. A released text never changes.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_start", include_str!("../migrations/0001_start.sql")),
    ("0002_calendars", include_str!("../migrations/0002_calendars.sql")),
    ("0003_seriousness", include_str!("../migrations/0003_seriousness.sql")),
    ("0004_files", include_str!("../migrations/0004_files.sql")),
    ("0005_tiles", include_str!("../migrations/0005_tiles.sql")),
];

/// What an engine calls the things that differ.
pub(crate) struct Dialect {
    pub(crate) bytes: &'static str,
    pub(crate) pos: &'static str,
    pub(crate) key: &'static str,
    pub(crate) clustered: &'static str,
    /// Twin files: the name of a migration and what this engine runs after its text.
    pub(crate) twins: &'static [(&'static str, &'static str)],
}

impl Dialect {
    fn expand(&self, name: &str, text: &str) -> String {
        let twin = self.twins.iter().find(|(twin, _)| *twin == name).map_or("", |(_, text)| *text);
        format!("{text}\n{twin}")
            .replace("{{BYTES}}", self.bytes)
            .replace("{{POS}}", self.pos)
            .replace("{{KEY}}", self.key)
            .replace("{{CLUSTERED}}", self.clustered)
    }
}

/// The migrations still to run, in order: name and text.
///
/// # Errors
///
/// [`StoreError::Newer`] when the database holds one this version does not know.
pub(crate) fn pending(
    applied: &[String],
    dialect: &Dialect,
) -> Result<Vec<(&'static str, String)>, StoreError> {
    let known = |name: &String| MIGRATIONS.iter().any(|(known, _)| known == name);
    if let Some(name) = applied.iter().find(|name| !known(name)) {
        return Err(StoreError::Newer { migration: name.clone() });
    }
    Ok(MIGRATIONS
        .iter()
        .filter(|(name, _)| !applied.iter().any(|done| done == name))
        .map(|(name, text)| (*name, dialect.expand(name, text)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECT: Dialect = Dialect {
        bytes: "BYTEA",
        pos: "BIGINT PRIMARY KEY",
        key: "TEXT",
        clustered: "",
        twins: &[],
    };

    #[test]
    fn no_macro_is_left_unexpanded() {
        for (name, text) in pending(&[], &DIALECT).unwrap() {
            let code: Vec<_> = text.lines().filter(|line| !line.starts_with("--")).collect();
            assert!(!code.join("\n").contains("{{"), "{name}");
        }
    }

    #[test]
    fn every_column_has_a_type_both_engines_have() {
        for (name, text) in MIGRATIONS {
            for line in text.lines().filter(|line| line.starts_with("  ")) {
                let kind = line.split_whitespace().nth(1).unwrap_or_default();
                let kind = kind.trim_end_matches(',');
                let known = ["BIGINT", "TEXT", "{{BYTES}}", "{{POS}}", "{{KEY}}"].contains(&kind);
                let clause = line.starts_with("  PRIMARY KEY (") || line.starts_with("  ON ");
                assert!(known || clause, "{name}: {line}");
            }
        }
    }

    #[test]
    fn complaints_of_before_get_their_gravity() {
        let start = MIGRATIONS.iter().take(1).map(|(name, _)| (*name).to_owned());
        let dialect = &crate::sqlite::DIALECT;
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let texts = pending(&[], dialect).unwrap();
        connection.execute_batch(&texts[0].1).unwrap();
        let rows = [(1, "low", 0), (0, "critical", 1), (0, "high", 2), (0, "medium", 3)];
        for (safety, severity, gravity) in rows.into_iter().chain([(0, "low", 4)]) {
            let id = gravity.to_string();
            let columns = "next_due, next_soon_at, unread, open, director, next_timer_at, version, \
                pos, round, received_at";
            let put = format!(
                "INSERT INTO complaint (id, reference, tracking_hash, state, kind, about, category, \
                 severity, safety, channel, language, title, department, departments, holder, \
                 next_promise, next_round, next_state, person, policy, {columns}) VALUES ('{id}', \
                 '{id}', x'0{id}', '', '', '', '', '{severity}', {safety}, '', '', '', '', '', '', \
                 '', 0, '', '', '', 0, 0, 0, 1, 0, 0, 1, 1, 1, 0)"
            );
            connection.execute_batch(&put).unwrap();
        }
        for (_, text) in pending(&start.collect::<Vec<_>>(), dialect).unwrap() {
            connection.execute_batch(&text).unwrap();
        }
        let mut asked =
            connection.prepare("SELECT id, gravity FROM complaint ORDER BY id").unwrap();
        let found = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let found: Vec<(String, i64)> = found.collect::<Result<_, _>>().unwrap();
        assert!(found.iter().all(|(id, gravity)| *id == gravity.to_string()), "{found:?}");
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn only_what_is_missing_runs_and_the_unknown_is_refused() {
        let all: Vec<_> = MIGRATIONS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert!(pending(&all, &DIALECT).unwrap().is_empty());
        let newer = pending(&["9999_later".to_owned()], &DIALECT);
        assert!(matches!(newer, Err(StoreError::Newer { .. })));
    }
}
