//! Uploads: hostile until looked at, stored by content, durable before any event names them.
//! Must not believe a name or a media type somebody sent.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use jiff::SignedDuration;
use redress_core::{
    complaint::file::{FileFact, NamedFile},
    plain,
};
use redress_store::{Claim, ClaimKind, Row, UploadRow, UploadUse, Write as StoreWrite};
use serde::Serialize;

use crate::{
    App, AppError,
    jobs::open_lock,
    secret::{Secret, hex, sha256},
};

/// Uploads of one owner within an hour.
pub(crate) const UPLOADS_PER_HOUR: u64 = 60;
/// How long an upload waits for its use by somebody else than its creator.
pub(crate) const UPLOAD_LIFE: SignedDuration = SignedDuration::from_hours(1);
/// Longest file name in characters.
const NAME_CHARS_MAX: usize = 120;

/// What an upload answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Uploaded {
    /// Its id, usable once.
    pub id: String,
    /// The cleaned name.
    pub name: String,
    /// The media type found in the bytes.
    pub media_type: String,
    /// Size.
    pub bytes: u64,
}

impl App {
    /// Takes a file. `owner` names the session or address it came from.
    ///
    /// # Errors
    ///
    /// [`AppError::EmptyFile`], [`AppError::TooLarge`], [`AppError::TooMany`], or a failure of the disk.
    pub async fn upload(
        &self,
        owner: &str,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Uploaded, AppError> {
        let max = self.packs.current().policy.limits.file_bytes;
        let size = bytes.len() as u64;
        if size == 0 {
            return Err(AppError::EmptyFile);
        }
        if size > max {
            return Err(AppError::TooLarge { max });
        }
        let now = self.world.now();
        let since = now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(now);
        if self.store.uploads_since(owner, since).await? >= UPLOADS_PER_HOUR {
            return Err(AppError::TooMany { retry_after: 3600 });
        }
        let id = format!("upl_{}", hex(&self.world.bytes::<16>()));
        let media_type = sniff(&bytes).to_owned();
        let digest = hex(&sha256(&bytes));
        let path = self.file_path(&digest);
        let mark = hex(&self.world.bytes::<8>());
        let folder = self.folder.join("files");
        // Held until the upload names the bytes, so that no sweep takes them for forgotten.
        let stored = blocking(move || {
            let lock = open_lock(&folder)?;
            lock.lock_shared()?;
            keep(&path, &bytes, &mark)?;
            Ok(lock)
        })
        .await?;
        let name = clean_name(name);
        let row = UploadRow {
            id_hash: Secret::received(&id).hash(),
            owner: owner.to_owned(),
            digest,
            name: name.clone(),
            media_type: media_type.clone(),
            bytes: size,
            created_at: now,
            used_by: String::new(),
        };
        self.store.write(StoreWrite::PutUpload(row)).await?;
        drop(stored);
        Ok(Uploaded { id, name, media_type, bytes: size })
    }

    /// What is known of uploads of `owner` that wait for their use.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn uploads(&self, ids: &[String], owner: &str) -> Result<Vec<Uploaded>, AppError> {
        let files = self.resolve(ids, owner).await?;
        let known = files.into_iter().map(|file| Uploaded {
            id: file.fact.upload,
            name: file.name,
            media_type: file.fact.media_type,
            bytes: file.fact.bytes,
        });
        Ok(known.collect())
    }

    /// The files behind upload ids, as far as they exist, are unused, and belong to `owner` or
    /// are young.
    pub(crate) async fn resolve(
        &self,
        ids: &[String],
        owner: &str,
    ) -> Result<Vec<NamedFile>, AppError> {
        let mut files = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(row) = self.store.upload(&Secret::received(id).hash()).await? else {
                continue;
            };
            let age = self.world.now().duration_since(row.created_at);
            if row.used_by.is_empty() && (row.owner == owner || age <= UPLOAD_LIFE) {
                let fact = FileFact {
                    upload: id.clone(),
                    sha256: row.digest,
                    media_type: row.media_type,
                    bytes: row.bytes,
                };
                files.push(NamedFile { fact, name: row.name });
            }
        }
        Ok(files)
    }

    /// The file behind an upload that a notice used already.
    pub(crate) async fn used_file(&self, id: &str) -> Result<Option<NamedFile>, AppError> {
        let row = self.store.upload(&Secret::received(id).hash()).await?;
        Ok(row.map(|row| NamedFile {
            fact: FileFact {
                upload: id.to_owned(),
                sha256: row.digest,
                media_type: row.media_type,
                bytes: row.bytes,
            },
            name: row.name,
        }))
    }

    /// Where the bytes with this digest lie.
    pub(crate) fn file_path(&self, digest: &str) -> PathBuf {
        let (first, _) = digest.split_at(2.min(digest.len()));
        self.folder.join("files").join(first).join(digest)
    }

    /// The bytes of a file as it came.
    ///
    /// # Errors
    ///
    /// [`AppError::Io`] when they cannot be read.
    pub async fn file_bytes(&self, digest: &str) -> Result<Vec<u8>, AppError> {
        let path = self.file_path(digest);
        blocking(move || fs::read(path)).await
    }
}

/// What a commit needs so that each upload is used once.
pub(crate) fn uses(files: &[NamedFile], used_by: &str) -> (Vec<Claim>, Vec<Row>) {
    files
        .iter()
        .map(|file| {
            let id_hash = Secret::received(&file.fact.upload).hash();
            let claim = Claim {
                kind: ClaimKind::Upload,
                key: id_hash.clone(),
                owner: used_by.to_owned(),
                fingerprint: vec![],
                answer: None,
                expires_at: None,
            };
            (claim, Row::UploadUsed(UploadUse { id_hash, used_by: used_by.to_owned() }))
        })
        .unzip()
}

/// Runs disk work off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, AppError> {
    let done = tokio::task::spawn_blocking(work).await.map_err(AppError::broken)?;
    done.map_err(|error| {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        if [StorageFull, QuotaExceeded].contains(&error.kind()) {
            AppError::DiskFull
        } else {
            AppError::Io(error)
        }
    })
}

/// Writes bytes so that they survive a power cut before anything names them.
fn keep(path: &Path, bytes: &[u8], mark: &str) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let part = path.with_extension(mark);
    let mut file = fs::File::create(&part)?;
    let kept = file.write_all(bytes).and_then(|()| file.sync_all());
    if let Err(error) = kept.and_then(|()| fs::rename(&part, path)) {
        // On a full disk half a file would take the room that the next one needs.
        drop(fs::remove_file(&part));
        return Err(error);
    }
    fs::File::open(folder)?.sync_all()
}

/// The media type found in the first bytes; `application/octet-stream` when unknown.
pub fn sniff(bytes: &[u8]) -> &'static str {
    let is = |at: usize, mark: &[u8]| bytes.get(at..at + mark.len()) == Some(mark);
    if is(0, &[0xff, 0xd8, 0xff]) {
        "image/jpeg"
    } else if is(0, b"\x89PNG\r\n\x1a\n") {
        "image/png"
    } else if is(0, b"RIFF") && is(8, b"WEBP") {
        "image/webp"
    } else if is(4, b"ftyp")
        && [&b"heic"[..], b"heix", b"mif1", b"heif"].iter().any(|brand| is(8, brand))
    {
        "image/heic"
    } else if is(4, b"ftyp") {
        "video/mp4"
    } else if is(0, b"%PDF-") {
        "application/pdf"
    } else {
        "application/octet-stream"
    }
}

/// A name without folders, control characters or marks that turn the reading direction.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let shown: String = last
        .chars()
        .filter(|c| !c.is_control() && !hidden(*c) && !"<>:\"|?*".contains(*c))
        .collect();
    let line = plain::line(&shown, 4_000).unwrap_or_default();
    let line = line.trim_matches('.').trim();
    if line.is_empty() {
        return "file".to_owned();
    }
    let keep = line.chars().count().saturating_sub(NAME_CHARS_MAX);
    line.chars().skip(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_could_deceive() {
        for (typed, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ha\\cửa.jpg", "cửa.jpg"),
            ("ảnh\u{202e}gpj.exe", "ảnhgpj.exe"),
            ("\u{200b}.htaccess", "htaccess"),
            ("", "file"),
            ("<img onerror=x>.png", "img onerror=x.png"),
        ] {
            assert_eq!(clean_name(typed), kept, "{typed}");
        }
        assert_eq!(clean_name(&format!("{}.jpg", "a".repeat(500))).chars().count(), NAME_CHARS_MAX);
    }

    #[test]
    fn the_bytes_decide_what_a_file_is() {
        assert_eq!(sniff(b"MZ\x90\0 renamed.jpg"), "application/octet-stream");
        assert_eq!(sniff(b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(sniff(b"<svg onload=alert(1)>"), "application/octet-stream");
        assert_eq!(sniff(b""), "application/octet-stream");
    }
}
