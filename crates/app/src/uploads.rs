//! Uploads: hostile until looked at, stored by content, durable before any event names them.
//! Must not believe a name or a media type somebody sent.

use jiff::SignedDuration;
use redress_channels::ScannerAddress;
use redress_core::{
    complaint::file::{FileFact, NamedFile},
    plain,
};
use redress_store::{Claim, ClaimKind, Row, UploadFate, UploadRoom, UploadRow, UploadUse};
use serde::Serialize;

use crate::{
    App, AppError,
    files::{FileStream, Incoming, Whole},
    jobs::open_lock,
    pictures,
    secret::{Secret, hex, sha256},
    under_way::OnItsWay,
};

/// How the id of an upload begins, and how many hexadecimal digits follow.
const ID_PREFIX: &str = "upl_";
const ID_DIGITS: usize = 32;
/// Files of one request whose bytes tell it from another.
const FILES_LOOKED_AT: usize = 100;
/// A mebibyte.
const MIB: u64 = 1024 * 1024;
/// What one address may upload is counted over this time.
const COUNTED: SignedDuration = SignedDuration::from_hours(1);
/// The bytes of one address are added up over this time.
const ADDED: SignedDuration = SignedDuration::from_hours(24);
/// When to try again after too many uploads, in seconds.
const RETRY_SECONDS: u32 = 3600;
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

/// How much may be uploaded, 0 is no limit, and who looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSettings {
    /// Uploads from one address or account within an hour.
    pub per_hour: u64,
    /// Bytes from one address or account within 24 hours.
    pub day_bytes: u64,
    /// Bytes stored in all, each content once.
    pub total_bytes: u64,
    /// Who looks for harmful files; without one every file is shown at once.
    pub scanner: Option<ScannerAddress>,
}

impl Default for FileSettings {
    fn default() -> Self {
        Self { per_hour: 60, day_bytes: 1_000 * MIB, total_bytes: 100_000 * MIB, scanner: None }
    }
}

/// A file on its way in. One that is dropped before its end is gone.
#[derive(Debug)]
pub struct Upload {
    app: App,
    owner: String,
    incoming: Incoming,
    max: u64,
    on_its_way: OnItsWay,
}

impl Upload {
    /// Takes the next bytes.
    ///
    /// # Errors
    ///
    /// [`AppError::TooLarge`], or a failure of the disk; there is no upload then.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        if self.incoming.bytes().saturating_add(bytes.len() as u64) > self.max {
            return Err(AppError::TooLarge { max: self.max });
        }
        self.incoming.write(bytes).await
    }

    /// The last byte came; `name` is what the file is called.
    ///
    /// # Errors
    ///
    /// [`AppError::EmptyFile`], [`AppError::PictureTooLarge`], [`AppError::TooManyFiles`],
    /// [`AppError::NoRoom`], or a failure of the disk; nothing is kept then.
    #[expect(clippy::disallowed_methods, reason = "it holds the store, whose end waits for it")]
    pub async fn finish(self, name: &str) -> Result<Uploaded, AppError> {
        if self.incoming.bytes() == 0 {
            return Err(AppError::EmptyFile);
        }
        // On its own feet: whoever hangs up in this moment leaves no bytes behind that nobody knows of.
        let stored = tokio::spawn(self.store(clean_name(name)));
        stored.await.map_err(AppError::broken)?
    }

    async fn store(self, name: String) -> Result<Uploaded, AppError> {
        let Self { app, owner, incoming, on_its_way: _until_the_end, .. } = self;
        let whole = incoming.finish().await?;
        let media_type = match app.media_type(&whole).await {
            Ok(media_type) => media_type,
            Err(error) => {
                whole.discard().await?;
                return Err(error);
            }
        };
        let id = format!("{ID_PREFIX}{}", hex(&app.world.bytes::<16>()));
        let row = UploadRow {
            id_hash: Secret::received(&id).hash(),
            owner,
            digest: whole.digest.clone(),
            name,
            media_type: media_type.to_owned(),
            bytes: whole.bytes,
            created_at: app.world.now(),
            used_by: String::new(),
        };
        let uploaded = Uploaded {
            id,
            name: row.name.clone(),
            media_type: row.media_type.clone(),
            bytes: row.bytes,
        };
        app.keep(whole, row).await?;
        Ok(uploaded)
    }
}

/// Ids of uploads as they stand in a body, each as often as it stands there.
fn upload_ids(body: &str) -> impl Iterator<Item = &str> {
    body.match_indices(ID_PREFIX).filter_map(|(at, _)| {
        let id = body.get(at..at + ID_PREFIX.len() + ID_DIGITS)?;
        id[ID_PREFIX.len()..].bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(id)
    })
}

fn as_answer(fate: UploadFate) -> Result<(), AppError> {
    match fate {
        UploadFate::Kept => Ok(()),
        UploadFate::TooMany | UploadFate::TooMuch => {
            Err(AppError::TooManyFiles { retry_after: RETRY_SECONDS })
        }
        UploadFate::Full => Err(AppError::NoRoom),
    }
}

impl App {
    /// Puts the bytes of an upload on their shelf, and names them. Bytes there is no room for go again
    /// at once: whoever is refused could otherwise fill the disk until the next sweep.
    async fn keep(&self, whole: Whole, row: UploadRow) -> Result<(), AppError> {
        let digest = whole.digest.clone();
        // Held until the upload names the bytes, so that no sweep takes them for forgotten.
        let folder = self.files.folder().to_owned();
        let named = blocking(move || {
            let lock = open_lock(&folder)?;
            lock.lock_shared()?;
            Ok(lock)
        })
        .await?;
        whole.shelve().await?;
        let fate = self.store.put_upload(row, self.state_of_new(), self.upload_room()).await?;
        drop(named);
        if fate != UploadFate::Kept {
            self.sweep_file(self.files.path_of(&digest)).await?;
        }
        as_answer(fate)
    }

    /// Begins to take a file. `owner` names the session or address it comes from.
    ///
    /// # Errors
    ///
    /// [`AppError::TooManyFiles`], [`AppError::NoRoom`], or a failure of the disk.
    pub async fn begin_upload(&self, owner: &str) -> Result<Upload, AppError> {
        let on_its_way = self.under_way.begin(owner);
        let room = self.upload_room();
        // As if those under way had come already: a thousand that never end would fill the disk.
        let count_max = room.count_max.saturating_sub(on_its_way.others);
        let room = UploadRoom { count_max, ..room };
        as_answer(self.store.upload_fate(owner, room).await?)?;
        let incoming = self.files.begin(&hex(&self.world.bytes::<8>())).await?;
        let max = self.packs.current().policy.limits.file_bytes;
        Ok(Upload { app: self.clone(), owner: owner.to_owned(), incoming, max, on_its_way })
    }

    /// Takes a file whose bytes are at hand.
    ///
    /// # Errors
    ///
    /// As [`App::begin_upload`], [`Upload::write`] and [`Upload::finish`].
    pub async fn upload(
        &self,
        owner: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<Uploaded, AppError> {
        let mut upload = self.begin_upload(owner).await?;
        upload.write(bytes).await?;
        upload.finish(name).await
    }

    /// What tells whether two requests of one key ask the same: the digest of the body. A form that is
    /// sent twice uploads its files twice, so of a file counts what is in it, not its id.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn fingerprint(&self, body: &str) -> Result<Vec<u8>, AppError> {
        let mut said = body.to_owned();
        for id in upload_ids(body).take(FILES_LOOKED_AT) {
            if let Some(row) = self.store.upload(&Secret::received(id).hash()).await? {
                said = said.replace(id, &row.digest);
            }
        }
        Ok(sha256(said.as_bytes()).to_vec())
    }

    fn upload_room(&self) -> UploadRoom {
        let now = self.world.now();
        let bound = |limit: u64| if limit == 0 { UploadRoom::NO_LIMIT } else { limit };
        UploadRoom {
            now,
            counted_since: now.checked_sub(COUNTED).unwrap_or(now),
            count_max: bound(self.limits.per_hour),
            added_since: now.checked_sub(ADDED).unwrap_or(now),
            owner_bytes_max: bound(self.limits.day_bytes),
            total_bytes_max: bound(self.limits.total_bytes),
        }
    }

    /// What a file is. A picture that is too large to be shown, or only begins like one, is kept as
    /// bytes; a flood of dots is refused.
    async fn media_type(&self, whole: &Whole) -> Result<&'static str, AppError> {
        let media_type = sniff(&whole.head);
        if !pictures::is_shown(media_type) {
            return Ok(media_type);
        }
        let _turn = self.turn.acquire().await.map_err(AppError::broken)?;
        let bytes = whole.read().await?;
        let looked = blocking(move || Ok(pictures::look(&bytes))).await?;
        match looked {
            pictures::Look::Fits => Ok(media_type),
            pictures::Look::TooLarge => {
                Err(AppError::PictureTooLarge { megapixels: pictures::MEGAPIXELS_MAX })
            }
            pictures::Look::Kept | pictures::Look::NoPicture => Ok("application/octet-stream"),
        }
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

    /// The bytes of a file as it came, piece by piece.
    ///
    /// # Errors
    ///
    /// [`AppError::FileHeld`] while it may not be shown, [`AppError::Io`] when it cannot be read.
    pub async fn file_stream(&self, digest: &str) -> Result<FileStream, AppError> {
        self.admit_file(digest).await?;
        self.files.read(digest).await
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
    done.map_err(of_disk)
}

/// What the disk said, as a failure of a use case.
pub(crate) fn of_disk(error: std::io::Error) -> AppError {
    use std::io::ErrorKind::{QuotaExceeded, StorageFull};
    if [StorageFull, QuotaExceeded].contains(&error.kind()) {
        AppError::DiskFull
    } else {
        AppError::Io(error)
    }
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
