//! Files named by events: what is kept of them for ever. Names are words and stand elsewhere.

use serde::{Deserialize, Serialize};

/// A file that came with a notice, a message or a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFact {
    /// Id of the upload, `upl_…`.
    pub upload: String,
    /// SHA-256 of the bytes as they came, hexadecimal.
    pub sha256: String,
    /// Media type found in the bytes, `image/jpeg`; `application/octet-stream` when unknown.
    pub media_type: String,
    /// Size as it came.
    pub bytes: u64,
}

/// A file with the name it was given; the name is personal and lives among the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// What is kept for ever.
    pub fact: FileFact,
    /// The name it was given, cleaned.
    pub name: String,
}

/// The facts of `files`.
pub fn facts(files: &[NamedFile]) -> Vec<FileFact> {
    files.iter().map(|file| file.fact.clone()).collect()
}

/// The names of `files`.
pub fn names(files: &[NamedFile]) -> Vec<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

/// The uploads named, in their order; one named twice is one file.
pub fn each_once<'a>(ids: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for id in ids {
        if !once.contains(id) {
            once.push(id.clone());
        }
    }
    once
}
