//! Bringing an export into an empty folder: every leaf and every sum is checked while it is read, and
//! what is shown is made anew from the events. Must not leave half of it to be served.

use std::{io::BufRead, path::Path};

use redress_channels::Registry;
use redress_store::{Options, Store};

use super::{
    DATABASE, ImportError,
    reading::{Read, Reading},
    room::Room,
};
use crate::{App, FileSettings, OtherPolicy, Settings, World, backup::Rotten};

/// What was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Events.
    pub events: u64,
    /// Attachments.
    pub files: u64,
    /// Those of them that were not as they were sent when they were exported.
    pub rotten: Vec<Rotten>,
    /// Complaints that are found by their words again.
    pub complaints: u64,
    /// Whether passwords, tokens and key came with it.
    pub secrets: bool,
}

/// Imports the lines of `from` into `folder`, which must be empty or not there. `key` names the
/// installation's key where the lines hold none. `progress` hears what is done.
///
/// # Errors
///
/// [`ImportError`]; the folder is then as it was.
pub async fn import(
    from: &mut (impl BufRead + Send),
    folder: &Path,
    key: Option<&Path>,
    world: &World,
    mut progress: impl FnMut(String) + Send,
) -> Result<Imported, ImportError> {
    let room = Room::take(folder)?;
    let store = Store::open(&folder.join(DATABASE), Options::new(world.clock()))?;
    let read = Reading::new(&store, folder, from).all(key, &mut progress).await;
    let closed = store.close().await;
    let Read { events, files, rotten, secrets } = read?;
    closed?;
    let settings = Settings {
        folder: folder.to_owned(),
        pack: None,
        channels: Registry::default(),
        public_url: String::new(),
        files: FileSettings::default(),
    };
    let app = App::enter(settings, world.clone(), OtherPolicy::Stays, Options::new(world.clock()))
        .await?;
    let made = remake(&app, &mut progress).await;
    app.close().await?;
    let complaints = made?;
    room.keep()?;
    Ok(Imported { events, files, rotten, complaints, secrets })
}

/// Makes anew what is shown, and by what it is found.
async fn remake(app: &App, progress: &mut (impl FnMut(String) + Send)) -> Result<u64, ImportError> {
    progress("making what is shown".to_owned());
    app.rebuild_into(&app.store).await?;
    Ok(app.reindex(|done| progress(format!("{done} complaints are found by their words"))).await?)
}
