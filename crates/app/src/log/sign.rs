//! Signing: the newest tree as a checkpoint, kept in a file before anybody gets it.
//! Must not sign what is not durable, nor under a name that may have told more.

use std::{fs, io, path::Path};

use redress_proof::{Checkpoint, Note, SigningKey, Tree};

use super::keys::{failed, replace};
use crate::AppError;

/// The file in the data folder with the last checkpoint that was signed.
pub(super) const FILE: &str = "log.checkpoint";

/// A signed tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Size and root.
    pub tree: Tree,
    /// The checkpoint with its signatures.
    pub note: Note,
}

impl Signed {
    /// What a note says, if it is a checkpoint.
    pub(crate) fn of(note: Note) -> Option<Self> {
        let tree = *Checkpoint::parse(note.text()).ok()?.tree();
        Some(Self { tree, note })
    }

    /// The name of the log that signed it.
    pub(super) fn origin(&self) -> &str {
        self.note.text().lines().next().unwrap_or_default()
    }
}

/// How many leaves a checkpoint speaks of.
pub(super) fn size(note: &Note) -> Option<u64> {
    Some(Checkpoint::parse(note.text()).ok()?.tree().size)
}

/// The last checkpoint that was signed here; none where there is no file.
///
/// # Errors
///
/// When it cannot be read, or is no checkpoint.
pub(super) fn last(folder: &Path) -> Result<Option<Signed>, AppError> {
    let text = match fs::read_to_string(folder.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let signed = Note::parse(&text).ok().and_then(Signed::of);
    let spoilt = || {
        let what = format!(
            "`{FILE}` is spoilt; put back the file as it was, or remove it: the log then goes on under a new name"
        );
        failed(io::Error::new(io::ErrorKind::InvalidData, what))
    };
    signed.map(Some).ok_or_else(spoilt)
}

/// Signs a tree and keeps the checkpoint, durably.
///
/// # Errors
///
/// When the file cannot be written; nobody may get the checkpoint then.
pub(super) fn sign(
    folder: &Path,
    origin: &str,
    tree: Tree,
    keys: &[SigningKey],
) -> Result<Signed, AppError> {
    let checkpoint = Checkpoint::new(origin, tree).map_err(AppError::broken)?;
    let note = checkpoint.sign(&keys.iter().collect::<Vec<_>>());
    // Another process signed a larger tree meanwhile: that one is kept.
    let kept = last(folder)?;
    if kept.is_some_and(|kept| kept.origin() == origin && kept.tree.size > tree.size) {
        return Ok(Signed { tree, note });
    }
    replace(folder, FILE, note.to_string().as_bytes()).map_err(failed)?;
    Ok(Signed { tree, note })
}
