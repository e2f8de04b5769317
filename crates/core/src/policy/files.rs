//! A pack as a map from path to bytes: its digest and its canonical form as one blob.
//! Must not read a disk; the server does, and hands the bytes over.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

/// First bytes of the blob form; the digit is its version.
const MAGIC: &[u8] = b"redress-pack-1\n";

/// The files of a pack, ordered by path; paths use `/` and are relative to the pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackFiles(BTreeMap<String, Vec<u8>>);

/// A blob that is not the canonical form of a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackBlobError {
    /// The blob does not begin as a pack does.
    #[error("this is not a stored policy pack")]
    NotAPack,
    /// The blob ends early, or a length or name in it is impossible.
    #[error("the stored policy pack is damaged at byte {at}")]
    Damaged {
        /// Offset of the damage.
        at: usize,
    },
}

impl PackFiles {
    /// An empty pack.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces the one of that path.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.0.remove(path)
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// A file as text; `None` when it is missing or not UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// Every path with its bytes, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// SHA-256 of [`Self::to_bytes`] in lower-case hexadecimal: names the exact content for ever.
    pub fn digest(&self) -> String {
        use std::fmt::Write as _;
        Sha256::digest(self.to_bytes()).iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("writing to a string does not fail");
            hex
        })
    }

    /// The canonical form: magic, then for each file in order of path the lengths of path and
    /// content (eight bytes each, big-endian), the path and the content.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut blob = MAGIC.to_vec();
        for (path, bytes) in &self.0 {
            for length in [path.len(), bytes.len()] {
                blob.extend_from_slice(&(length as u64).to_be_bytes());
            }
            blob.extend_from_slice(path.as_bytes());
            blob.extend_from_slice(bytes);
        }
        blob
    }

    /// Reads the canonical form.
    ///
    /// # Errors
    ///
    /// [`PackBlobError`] for anything that [`Self::to_bytes`] does not write.
    pub fn from_bytes(blob: &[u8]) -> Result<Self, PackBlobError> {
        let mut rest = blob.strip_prefix(MAGIC).ok_or(PackBlobError::NotAPack)?;
        let mut files = BTreeMap::new();
        while !rest.is_empty() {
            let damaged = PackBlobError::Damaged { at: blob.len() - rest.len() };
            let (path, bytes, after) = entry(rest).ok_or_else(|| damaged.clone())?;
            let in_order = files.last_key_value().is_none_or(|(last, _)| *last < path);
            if !in_order {
                return Err(damaged);
            }
            files.insert(path, bytes);
            rest = after;
        }
        Ok(Self(files))
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for PackFiles {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        Self(files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect())
    }
}

/// One file of the blob, and what follows it.
fn entry(rest: &[u8]) -> Option<(String, Vec<u8>, &[u8])> {
    let (path_length, rest) = length(rest)?;
    let (bytes_length, rest) = length(rest)?;
    let (path, rest) = rest.split_at_checked(path_length)?;
    let (bytes, rest) = rest.split_at_checked(bytes_length)?;
    Some((String::from_utf8(path.to_vec()).ok()?, bytes.to_vec(), rest))
}

fn length(rest: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = rest.split_first_chunk::<8>()?;
    Some((usize::try_from(u64::from_be_bytes(*length)).ok()?, rest))
}
