//! Taking a backup beside whoever works. Must not change the installation.

use std::{
    fs::{self, File},
    io::{self, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use redress_store::{Options, Store};
use tar::{Builder, EntryType, Header};

use super::{
    BackupError, DATABASE, FILES, FORMAT, KEY, MANIFEST, Manifest,
    archive::{Part, create, digest, is_digest, take_away},
    at,
    restore::read_through,
};
use crate::World;

/// Bytes of a block of an archive: a head fills one, and what it is the head of follows.
const BLOCK: u64 = 512;

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
    };
    let sources = Sources { manifest: &manifest, database: &database, folder, files: &files };
    let (mut file, swept) = sources.write(part.path(), &mut progress)?;
    if !swept.is_empty() {
        unused(store, &swept).await?;
        let now = Manifest { files: manifest.files - swept.len() as u64, ..manifest.clone() };
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

/// Writes a manifest over the one that an archive begins with, which is not shorter.
fn state_anew(file: &mut File, first: &Manifest, now: &Manifest) -> io::Result<()> {
    let length = serde_json::to_vec_pretty(first)?.len();
    let mut text = serde_json::to_vec_pretty(now)?;
    // White space after the object is no part of it.
    text.resize(length, b' ');
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

impl Sources<'_> {
    /// Answers the archive, and the files that went meanwhile: nobody used them, and they were swept.
    fn write(
        &self,
        part: &Path,
        progress: &mut (impl FnMut(String) + Send),
    ) -> Result<(File, Vec<PathBuf>), BackupError> {
        let file = create(part).map_err(at(part))?;
        let mut archive = Builder::new(io::BufWriter::new(file));
        let manifest = serde_json::to_vec_pretty(self.manifest)
            .map_err(|error| at(part)(io::Error::other(error)))?;
        let mut header = header(manifest.len() as u64);
        archive.append_data(&mut header, MANIFEST, &manifest[..]).map_err(at(part))?;
        append(&mut archive, part, self.database, DATABASE)?;
        append(&mut archive, part, &self.folder.join(KEY), KEY)?;
        let mut swept = Vec::new();
        for (n, path) in self.files.iter().enumerate() {
            let name = path.strip_prefix(self.folder).unwrap_or(path);
            match append(&mut archive, part, path, &name.to_string_lossy()) {
                Err(BackupError::Io { path, source })
                    if source.kind() == io::ErrorKind::NotFound =>
                {
                    swept.push(path);
                }
                appended => appended?,
            }
            progress(format!("{} of {} files", n + 1, self.files.len()));
        }
        let buffered = archive.into_inner().map_err(at(part))?;
        let file = buffered.into_inner().map_err(|error| at(part)(error.into_error()))?;
        Ok((file, swept))
    }
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
