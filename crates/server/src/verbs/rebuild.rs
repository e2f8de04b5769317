//! `redress rebuild`: read rows made anew from the events, compared with the live ones by name.
//! Must not change a live row; the search index, which holds no text, is the one thing it renews.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redress_store::{Difference, Options, Store};
use serde_json::{Value, json};

use crate::chance;
use crate::clock::SystemClock;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::chain;
use crate::operator::{Expect, Place};
use crate::output::{Output, progress};

/// Differences that are listed at most.
const DIFFERENCES_MAX: usize = 1_000;

/// Arguments of `rebuild`.
#[derive(Debug, clap::Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    place: Place,
    /// Make the search index anew instead: every complaint is found by its words again.
    #[arg(long)]
    search: bool,
}

impl Rebuild {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        if self.search {
            return self.index(output);
        }
        let folder = Beside::make(&self.place.folder()?)?;
        let fresh = folder.0.join("rebuilt.sqlite");
        let differences = self.place.with_app(Expect::Existing, async |app| {
            let store = Store::open(&fresh, Options::new(Arc::new(|| SystemClock.now())))
                .map_err(|error| Fault::environment("store", chain(&error)))?;
            let found = app.rebuild(&store, DIFFERENCES_MAX).await;
            store.close().await.map_err(|error| Fault::environment("store", chain(&error)))?;
            Ok(found?)
        })?;
        if output.is_json() {
            let rows: Vec<Value> = differences.iter().map(row).collect();
            output.json(&json!({ "equal": rows.is_empty(), "differences": rows }))?;
        } else {
            say(&differences, output)?;
        }
        Ok(if differences.is_empty() { Exit::Done } else { Exit::No })
    }

    /// The index holds no text and is compared with nothing: it is made anew, beside whoever works.
    fn index(&self, output: &mut Output) -> Result<Exit, Fault> {
        let done = self.place.with_app(Expect::Existing, async |app| {
            Ok(app.reindex(|done| progress(&format!("{done} complaints"))).await?)
        })?;
        progress("");
        if output.is_json() {
            output.json(&json!({ "indexed": done }))?;
        } else {
            output.line(format_args!("{done} complaints are found by their words"))?;
        }
        Ok(Exit::Done)
    }
}

fn row(difference: &Difference) -> Value {
    let Difference { table, key, column, live, rebuilt } = difference;
    json!({ "table": table, "key": key, "column": column, "live": live, "rebuilt": rebuilt })
}

fn say(differences: &[Difference], output: &mut Output) -> Result<(), Fault> {
    for Difference { table, key, column, live, rebuilt } in differences {
        let column = column.map(|column| format!(" {column}")).unwrap_or_default();
        let (live, rebuilt) = (shown(live.as_ref()), shown(rebuilt.as_ref()));
        output.line(format_args!("{table} {key}{column}: {live}, rebuilt {rebuilt}"))?;
    }
    match differences.len() {
        0 => output.line("every read row equals what the events say"),
        DIFFERENCES_MAX => output.line(format_args!("{DIFFERENCES_MAX} differences or more")),
        many => output.line(format_args!("{many} differences")),
    }
}

fn shown(value: Option<&String>) -> String {
    value.map_or_else(|| "missing".to_owned(), |value| format!("\"{value}\""))
}

/// A folder of its own beside the database, on the same disk; gone when this is.
struct Beside(PathBuf);

impl Beside {
    fn make(data: &Path) -> Result<Self, Fault> {
        let mut bytes = [0; 8];
        chance::fill(&mut bytes);
        let path = data.join(format!("rebuild-{:016x}", u64::from_be_bytes(bytes)));
        fs::create_dir(&path).map_err(|error| {
            Fault::environment("data-folder", format!("cannot be written: {error}"))
                .at(path.display().to_string())
        })?;
        Ok(Self(path))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What stays behind after a failure costs only space, and its name says what it is.
        drop(fs::remove_dir_all(&self.0));
    }
}
