//! The file with the keys that sign the log, apart from the database: whoever has only a copy of the
//! database, or a backup, cannot sign. Must not print a key.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use redress_proof::{SigningKey, VerificationKey};

use crate::AppError;

/// The file in the data folder; a line for each key that signs, the newest first.
pub(super) const FILE: &str = "log.key";

/// The keys of the file; none where it is not there.
///
/// # Errors
///
/// When it cannot be read, or is not keys.
pub(crate) fn read(folder: &Path) -> Result<Vec<SigningKey>, AppError> {
    lines(folder).map_err(failed)
}

fn lines(folder: &Path) -> io::Result<Vec<SigningKey>> {
    let text = match fs::read_to_string(folder.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(|line| SigningKey::from_private_text(line).map_err(spoilt)).collect()
}

/// The public halves of the keys that sign the log of a data folder, the newest first; none before the
/// first start.
///
/// # Errors
///
/// When the file cannot be read, or is not keys.
pub fn log_keys_of(folder: &Path) -> io::Result<Vec<VerificationKey>> {
    Ok(lines(folder)?.iter().map(|key| key.verification_key().clone()).collect())
}

fn spoilt(error: redress_proof::KeyError) -> io::Error {
    let what = format!(
        "`{FILE}` is spoilt ({error}); put back the file as it was, or remove it: the log then goes on under a new name"
    );
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Puts these keys in the place of those of the file, durably. Only this account may read it.
///
/// # Errors
///
/// When it cannot be written; the file is then as it was.
pub(super) fn write(folder: &Path, keys: &[SigningKey]) -> Result<(), AppError> {
    let lines: String = keys.iter().map(|key| key.to_private_text() + "\n").collect();
    replace(folder, FILE, lines.as_bytes()).map_err(failed)
}

/// A file of the log that cannot be used; without room on the disk it is tried again.
pub(super) fn failed(error: io::Error) -> AppError {
    use io::ErrorKind::{QuotaExceeded, StorageFull};
    if [StorageFull, QuotaExceeded].contains(&error.kind()) {
        return AppError::DiskFull;
    }
    AppError::broken(error)
}

/// Puts a file of the data folder in the place of another, durably.
pub(super) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let part = folder.join(format!("{name}.{}.part", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, folder.join(name))?;
    fs::File::open(folder)?.sync_all()
}
