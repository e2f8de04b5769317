//! Reads a policy pack from a folder, within bounds. Must not judge its content: `redress-core` does.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use redress_app::parse_pack;
use redress_core::policy::{Pack, PackFiles, parse_undated};

use crate::fault::Fault;

/// Files of a pack at most.
const FILES_MAX: usize = 500;
/// Folders inside each other at most.
const DEPTH_MAX: usize = 6;
/// Bytes of one file at most.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// Bytes of a pack at most.
const PACK_BYTES_MAX: u64 = 32 * 1024 * 1024;
const _: () = assert!(FILE_BYTES_MAX < PACK_BYTES_MAX);

/// Reads every file of a pack. Names that begin with a dot are left out; a link is followed only
/// while it stays inside the pack.
pub(crate) fn files(folder: &Path) -> Result<PackFiles, Fault> {
    let root = fs::canonicalize(folder).map_err(|error| unreadable(folder, &error))?;
    let mut reading = Reading { root, files: PackFiles::new(), count: 0, bytes: 0 };
    reading.folder(folder, "", 0)?;
    Ok(reading.files)
}

/// Reads and checks a pack to be put in force, its templates too; `today` judges how far its calendar reaches.
pub(crate) fn checked(folder: &Path, today: Date) -> Result<Pack, Fault> {
    parse_pack(&files(folder)?, today).map_err(Fault::invalid_policy)
}

/// Reads and checks a pack to be asked only; how far its calendar reaches from today is no matter.
pub(crate) fn asked(folder: &Path) -> Result<Pack, Fault> {
    parse_undated(&files(folder)?).map_err(Fault::invalid_policy)
}

/// Reads a regular file of at most `bytes_max` bytes.
pub(crate) fn read_file(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Fault> {
    let bytes = read_beginning(path, bytes_max)?;
    if bytes.len() as u64 > bytes_max {
        return Err(too_much(path, format!("the file is larger than {bytes_max} bytes")));
    }
    Ok(bytes)
}

/// Reads a regular file; of a larger one `bytes_max` bytes and one more.
pub(crate) fn read_beginning(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Fault> {
    // Asked before it is opened: opening a pipe would wait for a writer.
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_file() {
        return Err(Fault::environment("unreadable", "this is not a file").at(shown(path)));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut bytes = Vec::new();
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
}

struct Reading {
    root: PathBuf,
    files: PackFiles,
    count: usize,
    bytes: u64,
}

impl Reading {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), Fault> {
        if depth > DEPTH_MAX {
            let message = format!("folders lie more than {DEPTH_MAX} deep inside each other");
            return Err(too_much(folder, message));
        }
        for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
            let entry = entry.map_err(|error| unreadable(folder, &error))?;
            let Ok(name) = entry.file_name().into_string() else {
                return Err(wrong(&entry.path(), "the name of this file is not UTF-8"));
            };
            if !name.starts_with('.') {
                self.entry(&entry.path(), &format!("{prefix}{name}"), depth)?;
            }
        }
        Ok(())
    }

    fn entry(&mut self, path: &Path, name: &str, depth: usize) -> Result<(), Fault> {
        let real = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
        if !real.starts_with(&self.root) {
            return Err(wrong(path, "this link leads out of the pack; put the file itself there"));
        }
        let about = fs::metadata(&real).map_err(|error| unreadable(path, &error))?;
        if about.is_dir() {
            return self.folder(path, &format!("{name}/"), depth + 1);
        }
        if !about.is_file() {
            return Err(wrong(path, "a pack holds files and folders only"));
        }
        self.count += 1;
        if self.count > FILES_MAX {
            return Err(too_much(path, format!("a pack holds at most {FILES_MAX} files")));
        }
        let bytes = read_file(path, FILE_BYTES_MAX)?;
        self.bytes += bytes.len() as u64;
        if self.bytes > PACK_BYTES_MAX {
            return Err(too_much(path, format!("a pack holds at most {PACK_BYTES_MAX} bytes")));
        }
        self.files.insert(name, bytes);
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::environment("unreadable", format!("cannot be read: {error}")).at(shown(path))
}

fn wrong(path: &Path, message: &str) -> Fault {
    Fault::no("invalid-policy", message).at(shown(path))
}

fn too_much(path: &Path, message: String) -> Fault {
    Fault::no("too-large", message).at(shown(path))
}
