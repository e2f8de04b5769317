//! Taking a backup beside whoever works. Must not change the installation.

use std::{
    fs::{self, File},
    io::{self, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use redress_store::{Options, Store};
use tar::{Builder, EntryType, Header};

use super::{
    BackupError, DATABASE, FILES, FORMAT, KEY, MANIFEST, Manifest, ROTTEN, Rotten,
    archive::{Part, Unfailing, create, digest, is_digest, take_away},
    at,
    restore::read_through,
};
use crate::World;

/// Bytes of a block of an archive: a head fills one, and what it is the head of follows.
const BLOCK: u64 = 512;
/// Bytes after a manifest for counts that grow: more than the digits of any.
const ROOM: usize = 32;

/// Copies the installation in `folder` into the new file `to`, and reads it back. `progress` hears
/// what is done. Blocks while files are copied: run it on a thread of its own.
///
/// # Errors
///
/// [`BackupError`]; nothing of that name is there then.
pub(super) async fn take_backup(
    store: &Store,
    world: &World,
    folder: &Path,
    to: &Path,
    mut progress: impl FnMut(String) + Send,
) -> Result<Manifest, BackupError> {
    outside(folder, to)?;
    let copy = Part::beside(to, ".database-part");
    let part = Part::beside(to, ".part");
    for left in [copy.path(), part.path()] {
        take_away(left).map_err(at(left))?;
    }
    let made_at = world.now();
    progress("copying the database".to_owned());
    // In a folder of its own, for the engine leaves files beside one that it could not write.
    fs::create_dir(copy.path()).map_err(at(copy.path()))?;
    let database = copy.path().join(DATABASE);
    store.copy_into(&database).await?;
    let events = verify(&database, world, &mut progress).await?;
    let files = files(&folder.join(FILES))?;
    let missing = missing(&database, world, folder, &files).await?;
    let (database_sha256, database_bytes) = digest(&database).map_err(at(&database))?;
    let mut manifest = Manifest {
        format: FORMAT,
        made_at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        events,
        database_sha256,
        database_bytes,
        files: files.len() as u64,
        missing,
        rotten: 0,
        rotten_files: vec![],
    };
    let sources = Sources { manifest: &manifest, database: &database, folder, files: &files };
    let Written { mut file, swept, rotten } = sources.write(part.path(), &mut progress)?;
    if !swept.is_empty() || !rotten.is_empty() {
        unused(store, &swept).await?;
        let (files, count) = (manifest.files - swept.len() as u64, rotten.len() as u64);
        let now = Manifest { files, rotten: count, rotten_files: rotten, ..manifest.clone() };
        state_anew(&mut file, &manifest, &now).map_err(at(part.path()))?;
        manifest = now;
    }
    file.sync_all().map_err(at(part.path()))?;
    progress("reading it back".to_owned());
    read_through(part.path())?;
    part.keep(to).map_err(at(to))?;
    Ok(manifest)
}

/// Refuses a name that exists, or that lies in the data folder.
fn outside(folder: &Path, to: &Path) -> Result<(), BackupError> {
    if to.exists() {
        return Err(BackupError::Exists { path: to.to_owned() });
    }
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let place = fs::canonicalize(parent).map_err(at(parent))?;
    let inside = fs::canonicalize(folder).map_err(at(folder))?;
    if place.starts_with(&inside) {
        return Err(BackupError::Inside { folder: folder.to_owned() });
    }
    Ok(())
}

/// Recomputes the whole log of a copied database; answers how many events it has.
pub(super) async fn verify(
    database: &Path,
    world: &World,
    progress: &mut (impl FnMut(String) + Send),
) -> Result<u64, BackupError> {
    let store = Store::open(database, Options::new(world.clock()))?;
    let report = store.verify_log(|pos| progress(format!("checking the log: {pos} events"))).await;
    store.close().await?;
    let report = report?;
    match report.fault {
        Some(fault) => Err(BackupError::Log { fault }),
        None => Ok(report.size),
    }
}

/// The attachments of a data folder, in order; parts that are still being written are left out.
fn files(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let mut files = Vec::new();
    for shelf in list(folder)? {
        if shelf.is_dir() {
            let names = list(&shelf)?.into_iter();
            files.extend(names.filter(|path| {
                path.file_name().and_then(|name| name.to_str()).is_some_and(is_digest)
            }));
        }
    }
    Ok(files)
}

/// How many attachments the copied database names that are not among the files. Each is said: it is to
/// be put back from an older backup, and all others are worth a backup meanwhile.
async fn missing(
    database: &Path,
    world: &World,
    folder: &Path,
    files: &[PathBuf],
) -> Result<u64, BackupError> {
    let store = Store::open(database, Options::new(world.clock()))?;
    let (mut missing, mut after) = (0, String::new());
    loop {
        let page = store.digests_after(&after).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(last);
        for digest in &page {
            let shelf = folder.join(FILES).join(digest.get(..2).unwrap_or_default());
            if files.binary_search(&shelf.join(digest)).is_err() {
                missing += 1;
                tracing::error!(file.sha256 = %digest, "an attachment is missing: the backup goes without it");
            }
        }
    }
    store.close().await?;
    Ok(missing)
}

/// Sees that files which went while others were copied are named by no upload.
async fn unused(store: &Store, swept: &[PathBuf]) -> Result<(), BackupError> {
    for path in swept {
        let digest = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if store.upload_by_digest(digest).await?.is_some() {
            return Err(at(path)(io::ErrorKind::NotFound.into()));
        }
    }
    Ok(())
}

/// A manifest as an archive begins with it. White space after the object is no part of it.
fn stated(manifest: &Manifest) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(manifest)?;
    text.resize(text.len() + ROOM, b' ');
    Ok(text)
}

/// Writes a manifest over the one that an archive begins with: only counts have changed.
fn state_anew(file: &mut File, first: &Manifest, now: &Manifest) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(now)?;
    text.resize(stated(first)?.len(), b' ');
    file.seek(io::SeekFrom::Start(BLOCK))?;
    file.write_all(&text)
}

/// The entries of a folder in order; none where there is no folder.
fn list(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(at(folder)(error)),
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>().map_err(at(folder))?;
    paths.sort_unstable();
    Ok(paths)
}

/// What goes into the archive.
struct Sources<'s> {
    manifest: &'s Manifest,
    database: &'s Path,
    folder: &'s Path,
    files: &'s [PathBuf],
}

/// An archive that was written.
struct Written {
    file: File,
    /// Files that went meanwhile: nobody used them, and they were swept.
    swept: Vec<PathBuf>,
    /// Files that are not as they were sent.
    rotten: Vec<Rotten>,
}

impl Sources<'_> {
    fn write(
        &self,
        part: &Path,
        progress: &mut (impl FnMut(String) + Send),
    ) -> Result<Written, BackupError> {
        let file = create(part).map_err(at(part))?;
        let mut archive = Builder::new(io::BufWriter::new(file));
        let manifest = stated(self.manifest).map_err(at(part))?;
        append_bytes(&mut archive, MANIFEST, &manifest).map_err(at(part))?;
        append(&mut archive, part, self.database, DATABASE)?;
        append(&mut archive, part, &self.folder.join(KEY), KEY)?;
        let (mut swept, mut rotten) = (Vec::new(), Vec::new());
        for (n, path) in self.files.iter().enumerate() {
            let name = path.strip_prefix(self.folder).unwrap_or(path);
            match append_file(&mut archive, part, path, &name.to_string_lossy()) {
                Err(BackupError::Io { path, source })
                    if source.kind() == io::ErrorKind::NotFound =>
                {
                    swept.push(path);
                }
                appended => rotten.extend(appended?),
            }
            progress(format!("{} of {} files", n + 1, self.files.len()));
        }
        if !rotten.is_empty() {
            let list = serde_json::to_vec_pretty(&rotten);
            let list = list.map_err(|error| at(part)(error.into()))?;
            append_bytes(&mut archive, ROTTEN, &list).map_err(at(part))?;
        }
        let buffered = archive.into_inner().map_err(at(part))?;
        let file = buffered.into_inner().map_err(|error| at(part)(error.into_error()))?;
        Ok(Written { file, swept, rotten })
    }
}

fn append_bytes(
    archive: &mut Builder<io::BufWriter<File>>,
    name: &str,
    bytes: &[u8],
) -> io::Result<()> {
    archive.append_data(&mut header(bytes.len() as u64), name, bytes)
}

/// An attachment, as it is: one that is not as it was sent is said, and others are worth a backup.
fn append_file(
    archive: &mut Builder<io::BufWriter<File>>,
    part: &Path,
    path: &Path,
    name: &str,
) -> Result<Option<Rotten>, BackupError> {
    let (mut file, length) = Unfailing::open(path).map_err(at(path))?;
    archive.append_data(&mut header(length), name, &mut file).map_err(at(part))?;
    let found = file.found();
    let sha256 = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if found == sha256 {
        return Ok(None);
    }
    tracing::error!(
        file.sha256 = %sha256,
        "an attachment is rotten, its bytes are not those that were sent: put it back from an older \
         backup, which is kept"
    );
    Ok(Some(Rotten { sha256, found }))
}

fn append(
    archive: &mut Builder<io::BufWriter<File>>,
    part: &Path,
    path: &Path,
    name: &str,
) -> Result<(), BackupError> {
    let file = File::open(path).map_err(at(path))?;
    let length = file.metadata().map_err(at(path))?.len();
    archive.append_data(&mut header(length), name, file).map_err(at(part))
}

fn header(length: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(length);
    header.set_mode(0o600);
    header
}
