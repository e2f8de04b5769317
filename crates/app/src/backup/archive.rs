//! The archive as a file: bytes in, digests out. Must not know what a backup is for.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use crate::secret::hex;

/// Bytes copied at once.
const CHUNK: usize = 1 << 16;

/// A file that is gone unless it is kept: nobody finds half a backup.
pub(crate) struct Part {
    path: PathBuf,
    kept: bool,
}

impl Part {
    /// A name beside `path` for what is not finished.
    pub(crate) fn beside(path: &Path, mark: &str) -> Self {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(mark);
        Self { path: path.with_file_name(name), kept: false }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, durably; what is not durable is taken away again.
    pub(crate) fn keep(mut self, name: &Path) -> io::Result<()> {
        fs::rename(&self.path, name)?;
        name.clone_into(&mut self.path);
        sync_folder(name)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            // Whatever cannot be taken away says by its name that it is not finished.
            drop(fs::remove_file(&self.path));
            drop(fs::remove_dir_all(&self.path));
        }
    }
}

/// Takes away a file or a folder, if it is there.
pub(super) fn take_away(path: &Path) -> io::Result<()> {
    let gone = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    gone.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Makes the entry of a file in its folder durable.
pub(crate) fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// A new file that only its owner reads.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Copies everything, and answers its SHA-256 in hexadecimal and its length.
pub(super) fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<(String, u64)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    let mut length = 0;
    loop {
        let count = from.read(&mut buffer)?;
        let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else {
            return Ok((hex(&digest.finalize()), length));
        };
        digest.update(read);
        to.write_all(read)?;
        length += count as u64;
    }
}

/// A file that is read to its end whatever the disk says: exactly so many bytes, zeros for those it does
/// not give. The digest tells.
pub(crate) struct Unfailing {
    file: File,
    left: u64,
    digest: Sha256,
    failed: bool,
}

impl Unfailing {
    /// Opens a file; answers its length too.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, u64)> {
        let file = File::open(path)?;
        let left = file.metadata()?.len();
        Ok((Self { file, left, digest: Sha256::new(), failed: false }, left))
    }

    /// The SHA-256 of what was read, hexadecimal.
    pub(crate) fn found(self) -> String {
        hex(&self.digest.finalize())
    }
}

impl Read for Unfailing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let Some(buffer) = buffer.get_mut(..most).filter(|buffer| !buffer.is_empty()) else {
            return Ok(0);
        };
        let mut count = buffer.len();
        if !self.failed {
            match self.file.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Ok(given @ 1..) => count = given,
                Ok(0) | Err(_) => self.failed = true,
            }
        }
        if self.failed {
            buffer.fill(0);
        }
        self.digest.update(buffer.get(..count).unwrap_or_default());
        self.left -= count as u64;
        Ok(count)
    }
}

/// SHA-256 of a file in hexadecimal, and its length.
pub(super) fn digest(path: &Path) -> io::Result<(String, u64)> {
    copy(&mut File::open(path)?, &mut io::sink())
}

/// Whether a text is a SHA-256 in lower-case hexadecimal.
pub(crate) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
