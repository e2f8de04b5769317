//! Reading a backup: through it to check it, or onto an empty folder. Must not trust a name in it:
//! only the names we write are read, and each lands where we say.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use tar::{Archive, Entries};

use super::{
    BackupError, DATABASE, FILES, FORMAT, KEY, MANIFEST, Manifest, ROTTEN, Rotten,
    archive::{copy, create, is_digest, sync_folder},
    at,
    take::verify,
};
use crate::{World, export::Room, secret::SECRET_BYTES};

/// Longest manifest that is read.
const MANIFEST_BYTES_MAX: u64 = 1 << 16;
/// Longest list of rotten attachments that is read.
const ROTTEN_BYTES_MAX: u64 = 1 << 26;

/// Restores the backup `file` into `folder`, which must be empty or not there. `progress` hears
/// what is done.
///
/// # Errors
///
/// [`BackupError`]; the folder is then as it was.
pub async fn restore(
    file: &Path,
    folder: &Path,
    world: &World,
    mut progress: impl FnMut(String) + Send,
) -> Result<Manifest, BackupError> {
    let room = Room::take(folder)?;
    let manifest = read(file, Some(folder))?;
    let events = verify(&folder.join(DATABASE), world, &mut progress).await?;
    if events != manifest.events {
        let what = format!("{} events are stated, {events} are there", manifest.events);
        return Err(BackupError::damaged(what));
    }
    room.keep()?;
    Ok(manifest)
}

/// Reads a backup to its end, and checks each part of it against its digest.
pub(super) fn read_through(file: &Path) -> Result<Manifest, BackupError> {
    read(file, None)
}

/// Reads the archive; with `into` its parts are written there.
fn read(file: &Path, into: Option<&Path>) -> Result<Manifest, BackupError> {
    let opened = File::open(file).map_err(at(file))?;
    let mut archive = Archive::new(io::BufReader::new(opened));
    let mut entries = archive.entries().map_err(at(file))?;
    let mut manifest = manifest_of(file, &mut entries)?;
    let mut seen = Seen::default();
    for entry in entries {
        let mut entry = entry.map_err(|_| BackupError::damaged("it ends early"))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if name == ROTTEN {
            manifest.rotten_files.extend(rotten(&mut entry)?);
            continue;
        }
        let place = Place::of(&name)
            .ok_or_else(|| BackupError::damaged(format!("`{name}` is nothing a backup holds")))?;
        let (digest, length) = one(&mut entry, into.map(|into| into.join(&name)).as_deref())?;
        seen.note(&place, &name, &digest, length, &manifest)?;
    }
    seen.whole(&manifest)?;
    Ok(manifest)
}

/// What a backup says of itself, and nothing after.
pub(super) fn first_words(file: &Path) -> Result<Manifest, BackupError> {
    let mut archive = Archive::new(File::open(file).map_err(at(file))?);
    manifest_of(file, &mut archive.entries().map_err(at(file))?)
}

/// The manifest, which comes first.
fn manifest_of<R: Read>(
    file: &Path,
    entries: &mut Entries<'_, R>,
) -> Result<Manifest, BackupError> {
    let strange =
        |what: &str| BackupError::NotABackup { path: file.to_owned(), what: what.to_owned() };
    let first = entries.next().ok_or_else(|| strange("it is empty"))?;
    let mut first = first.map_err(|_| strange("it is no archive"))?;
    if first.path_bytes().as_ref() != MANIFEST.as_bytes() {
        return Err(strange("its manifest is missing"));
    }
    let mut text = String::new();
    first
        .by_ref()
        .take(MANIFEST_BYTES_MAX)
        .read_to_string(&mut text)
        .map_err(|_| strange("its manifest is spoilt"))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|_| strange("its manifest is spoilt"))?;
    if manifest.format != FORMAT {
        return Err(strange("a newer version wrote it; use that version"));
    }
    Ok(manifest)
}

/// The attachments that were not as they were sent when the backup was taken.
fn rotten(entry: &mut impl Read) -> Result<Vec<Rotten>, BackupError> {
    serde_json::from_reader(entry.take(ROTTEN_BYTES_MAX))
        .map_err(|error| BackupError::damaged(format!("`{ROTTEN}` cannot be read ({error})")))
}

/// Writes one part, or only reads it; answers its digest and length.
fn one(entry: &mut impl Read, to: Option<&Path>) -> Result<(String, u64), BackupError> {
    let early = |error: io::Error| BackupError::damaged(format!("it ends early ({error})"));
    let Some(path) = to else { return copy(entry, &mut io::sink()).map_err(early) };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let mut file = create(path).map_err(at(path))?;
    let done = copy(entry, &mut file).map_err(|error| {
        use io::ErrorKind::{QuotaExceeded, StorageFull};
        let full = [StorageFull, QuotaExceeded].contains(&error.kind());
        if full { at(path)(error) } else { early(error) }
    })?;
    file.sync_all().map_err(at(path))?;
    sync_folder(path).map_err(at(path))?;
    Ok(done)
}

/// A part of a backup.
enum Place {
    Database,
    Key,
    File(String),
}

impl Place {
    /// The part of this name, if there is one; nothing else is ever written.
    fn of(name: &str) -> Option<Self> {
        match name {
            DATABASE => Some(Self::Database),
            KEY => Some(Self::Key),
            _ => {
                let mut parts = name.split('/');
                let (folder, shelf, digest) = (parts.next()?, parts.next()?, parts.next()?);
                let good = folder == FILES
                    && parts.next().is_none()
                    && is_digest(digest)
                    && digest.starts_with(shelf)
                    && shelf.len() == 2;
                good.then(|| Self::File(digest.to_owned()))
            }
        }
    }
}

/// What was read so far.
#[derive(Default)]
struct Seen {
    database: bool,
    key: bool,
    files: u64,
    rotten: Vec<Rotten>,
}

impl Seen {
    fn note(
        &mut self,
        place: &Place,
        name: &str,
        digest: &str,
        length: u64,
        manifest: &Manifest,
    ) -> Result<(), BackupError> {
        let good = match place {
            Place::Database => {
                self.database = true;
                digest == manifest.database_sha256
            }
            Place::Key => {
                self.key = true;
                length == SECRET_BYTES as u64
            }
            Place::File(stated) => {
                self.files += 1;
                if digest != stated {
                    let (sha256, found) = (stated.clone(), digest.to_owned());
                    self.rotten.push(Rotten { sha256, found });
                }
                true
            }
        };
        if good { Ok(()) } else { Err(BackupError::damaged(format!("`{name}` is not as it was"))) }
    }

    fn whole(&self, manifest: &Manifest) -> Result<(), BackupError> {
        let stated = &manifest.rotten_files;
        if let Some(other) = self.rotten.iter().find(|other| !stated.contains(other)) {
            let what = format!("the attachment {} is not as it was", other.sha256);
            return Err(BackupError::damaged(what));
        }
        let (told, found) = (manifest.rotten, self.rotten.len() as u64);
        if [found, stated.len() as u64] != [told; 2] {
            let what = format!("{told} attachments are stated as rotten, {found} are");
            return Err(BackupError::damaged(what));
        }
        let missing = match (self.database, self.key, self.files == manifest.files) {
            (true, true, true) => return Ok(()),
            (false, ..) => "the database is missing".to_owned(),
            (_, false, _) => "the key is missing".to_owned(),
            _ => format!("{} files are stated, {} are there", manifest.files, self.files),
        };
        Err(BackupError::damaged(missing))
    }
}
