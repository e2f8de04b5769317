//! Checkpoints: what a log signs of its tree (C2SP tlog-checkpoint v1.0.0).
//! Must not print or read extension lines: nobody could check what they say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Note;
use super::key::{SigningKey, is_name};
use crate::tree::{SIZE_MAX, Tree};

/// The state of a log: its name, its size, its root.
///
/// ```
/// use redress_proof::{Checkpoint, Tree};
/// let checkpoint = Checkpoint::new("example.org/log/1", Tree::empty()).unwrap();
/// let text = "example.org/log/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
/// assert_eq!(checkpoint.text(), text);
/// assert_eq!(Checkpoint::parse(text), Ok(checkpoint));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    tree: Tree,
}

/// A text is not a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not three lines that each end in a line feed.
    #[error("a checkpoint is three lines: origin, size, root")]
    Lines,
    /// The origin is empty, too long, or has spaces or `+`.
    #[error("an origin has 1 to 255 bytes, no space, no control character, no `+`")]
    Origin,
    /// The size is no decimal number, has leading zeros, or is too large.
    #[error("the size is a decimal number without leading zeros, below 2^63")]
    Size,
    /// The root is not the base64 of 32 bytes.
    #[error("the root is the base64 of 32 bytes")]
    Root,
}

/// Reads a decimal number below 2⁶³ without sign or leading zeros.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exact = digits && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|value| exact && *value <= SIZE_MAX)
}

/// Reads the base64 of 32 bytes.
pub(crate) fn bytes32(text: &str) -> Option<[u8; 32]> {
    (text.len() == 44).then(|| STANDARD.decode(text).ok()?.try_into().ok())?
}

impl Checkpoint {
    /// That of the log `origin`.
    ///
    /// # Errors
    ///
    /// [`CheckpointError`] when `origin` may not be one or the tree is too large.
    pub fn new(origin: &str, tree: Tree) -> Result<Self, CheckpointError> {
        match (is_name(origin), tree.size <= SIZE_MAX) {
            (false, _) => Err(CheckpointError::Origin),
            (_, false) => Err(CheckpointError::Size),
            _ => Ok(Self { origin: origin.to_owned(), tree }),
        }
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its tree.
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The text that is signed: three lines.
    pub fn text(&self) -> String {
        let Self { origin, tree } = self;
        format!("{origin}\n{}\n{}\n", tree.size, STANDARD.encode(tree.root))
    }

    /// Reads the text back; only what [`Checkpoint::text`] prints is accepted.
    ///
    /// # Errors
    ///
    /// [`CheckpointError`] for the first line that is not as it must be.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<&str> = text.splitn(5, '\n').collect();
        let [origin, size, root, ""] = *lines.as_slice() else {
            return Err(CheckpointError::Lines);
        };
        if !is_name(origin) {
            return Err(CheckpointError::Origin);
        }
        let size = decimal(size).ok_or(CheckpointError::Size)?;
        let root = bytes32(root).ok_or(CheckpointError::Root)?;
        Ok(Self { origin: origin.to_owned(), tree: Tree { size, root } })
    }

    /// The checkpoint signed by each of `keys`: those of the log, the newest first. A log must
    /// never sign two checkpoints of which one does not grow out of the other.
    pub fn sign(&self, keys: &[&SigningKey]) -> Note {
        let mut note = Note { text: self.text(), signatures: Vec::new() };
        for key in keys {
            let signature = key.sign_note(&note);
            note.add(signature);
        }
        note
    }
}
