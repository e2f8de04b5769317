//! Taking an export beside whoever works: what one reading of the database saw.
//! Must not change the installation.

use std::{
    fs,
    io::{self, Read as _, Write},
    path::Path,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use redress_store::{CARRIED, CarriedTable, LogCheck, LogFault, Options, Store, StoredEvent};

use super::{CHUNK, ExportError, FORMAT, KEY, fields::Fields, lines::Out};
use crate::{
    App,
    backup::{
        Rotten,
        archive::{Part, Unfailing, create},
    },
    files::{announce_in, clear_in},
    secret::hex,
};

/// How the name of a copy in the data folder begins and ends.
const COPY: (&str, &str) = ("export-", ".database-part");
/// Events read at once.
const PAGE: u32 = 200;

/// Whether passwords, tokens of the API and the key of the installation go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// They stay behind.
    LeftOut,
    /// Whoever has the file can let anybody in.
    Included,
}

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Lines, the last one included.
    pub lines: u64,
    /// Events.
    pub events: u64,
    /// Attachments.
    pub files: u64,
    /// Those of them that are not as they were sent; they are in it as they are.
    pub rotten: Vec<Rotten>,
}

/// Names the file a failure is about.
fn at(path: &Path) -> impl FnOnce(io::Error) -> ExportError + '_ {
    move |source| ExportError::Io { path: path.to_owned(), source }
}

impl App {
    /// Writes everything into the new file `to`, which only its owner reads. Blocks while it does.
    ///
    /// # Errors
    ///
    /// [`ExportError`]; nothing of that name is there then.
    pub async fn export_into(
        &self,
        to: &Path,
        secrets: Secrets,
        progress: impl FnMut(String) + Send,
    ) -> Result<Exported, ExportError> {
        if to.exists() {
            return Err(ExportError::Exists { path: to.to_owned() });
        }
        let part = Part::beside(to, ".part");
        match fs::remove_file(part.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(at(part.path())(error));
            }
            _ => {}
        }
        let mut file = io::BufWriter::new(create(part.path()).map_err(at(part.path()))?);
        let copy = Part::beside(to, COPY.1);
        let exported = self.export_over(&mut file, part.path(), copy, secrets, progress).await?;
        let file = file.into_inner().map_err(|error| at(part.path())(error.into_error()))?;
        file.sync_all().map_err(at(part.path()))?;
        part.keep(to).map_err(at(to))?;
        Ok(exported)
    }

    /// Writes everything to whoever reads `to`. A copy of the database lies in the data folder
    /// meanwhile.
    ///
    /// # Errors
    ///
    /// [`ExportError`]; what was written has no last line then.
    pub async fn export_to(
        &self,
        to: &mut (impl Write + Send),
        secrets: Secrets,
        progress: impl FnMut(String) + Send,
    ) -> Result<Exported, ExportError> {
        let name = format!("{}{}", COPY.0, hex(&self.world.bytes::<8>()));
        let copy = Part::beside(&self.folder.join(name), COPY.1);
        self.export_over(to, Path::new("-"), copy, secrets, progress).await
    }

    async fn export_over(
        &self,
        to: &mut (impl Write + Send),
        name: &Path,
        copy: Part,
        secrets: Secrets,
        progress: impl FnMut(String) + Send,
    ) -> Result<Exported, ExportError> {
        // A folder of its own, for the engine keeps files beside the database it reads.
        match fs::remove_dir_all(copy.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(at(copy.path())(error));
            }
            _ => {}
        }
        // Held, so that what a killed export left is told from what one is writing.
        let _held = announce_in(self.files.folder(), copy.path()).map_err(at(copy.path()))?;
        let database = copy.path().join("copy.sqlite");
        self.store.copy_into(&database).await?;
        let options = Options::new(self.world.clock());
        let store = Store::open(&database, options)?;
        let out = Out::new(to);
        let mut taking = Taking { app: self, store: &store, out, name, progress };
        let taken = taking.all(secrets).await;
        let closed = store.close().await;
        let exported = taken?;
        closed?;
        Ok(exported)
    }
}

/// Clears the copies of the database that killed exports left in the data folder.
pub(crate) fn clear_copies(folder: &Path) -> io::Result<u64> {
    clear_in(folder, |name| name.starts_with(COPY.0) && name.ends_with(COPY.1))
}

/// An export on its way.
struct Taking<'a, W, P> {
    app: &'a App,
    store: &'a Store,
    out: Out<'a, W>,
    name: &'a Path,
    progress: P,
}

impl<W: Write + Send, P: FnMut(String) + Send> Taking<'_, W, P> {
    fn put(&mut self, fields: Fields) -> Result<(), ExportError> {
        self.out.put(fields).map_err(at(self.name))
    }

    async fn all(&mut self, secrets: Secrets) -> Result<Exported, ExportError> {
        let included = secrets == Secrets::Included;
        let header = Fields::of("redress-export").number("format", FORMAT);
        let header = header.text("program", env!("CARGO_PKG_VERSION")).flag("secrets", included);
        self.put(header)?;
        for table in CARRIED.iter().filter(|table| table.before_events) {
            self.table(table).await?;
        }
        let check = self.events().await?;
        let rest = CARRIED.iter().filter(|table| !table.before_events);
        for table in rest.filter(|table| included || !table.secret) {
            self.table(table).await?;
        }
        if included {
            let path = self.app.folder.join(KEY);
            let key = fs::read(&path).map_err(at(&path))?;
            self.put(Fields::of("key").bytes("data", &key))?;
        }
        let (files, rotten) = self.files().await?;
        let end = Fields::of("end").number("lines", self.out.lines() + 1);
        let end = end.number("events", check.size()).number("files", files);
        let end = end.bytes("root", &check.root()).text("policy", &self.store.head().await?.policy);
        let end = end.text("sha256", &self.out.digest());
        self.put(end)?;
        self.out.flush().map_err(at(self.name))?;
        Ok(Exported { lines: self.out.lines(), events: check.size(), files, rotten })
    }

    async fn table(&mut self, table: &'static CarriedTable) -> Result<(), ExportError> {
        let mut after = None;
        loop {
            let page = self.store.carried(table, after.as_ref()).await?;
            for row in &page {
                let columns = table.columns.iter().zip(&row.values);
                let line = columns.fold(Fields::of(table.name), |line, (column, value)| {
                    line.value(column.name, value)
                });
                self.put(line)?;
            }
            let Some(last) = page.into_iter().next_back() else { return Ok(()) };
            after = Some(last);
        }
    }

    async fn events(&mut self) -> Result<LogCheck, ExportError> {
        let mut check = LogCheck::default();
        loop {
            let page = self.store.events_after(check.size(), PAGE).await?;
            if page.is_empty() {
                return Ok(check);
            }
            for event in &page {
                check.event(event).map_err(|what| ExportError::Log {
                    fault: LogFault { index: check.size(), what },
                })?;
                self.put(event_line(event))?;
            }
            (self.progress)(format!("{} events", check.size()));
        }
    }

    async fn files(&mut self) -> Result<(u64, Vec<Rotten>), ExportError> {
        let (mut files, mut rotten, mut after) = (0, Vec::new(), String::new());
        loop {
            let page = self.store.digests_after(&after).await?;
            let Some(last) = page.last() else { return Ok((files, rotten)) };
            after.clone_from(last);
            for digest in &page {
                rotten.extend(self.file(digest)?);
                files += 1;
                (self.progress)(format!("{files} files"));
            }
        }
    }

    /// The bytes of an attachment. They are read twice: what they are is told before they come.
    fn file(&mut self, digest: &str) -> Result<Option<Rotten>, ExportError> {
        let path = self.app.files.path_of(digest);
        let (mut file, bytes) = Unfailing::open(&path).map_err(at(&path))?;
        io::copy(&mut file, &mut io::sink()).map_err(at(&path))?;
        let found = file.found();
        let line = Fields::of("attachment").text("digest", digest).number("bytes", bytes);
        let rotten = (found != digest).then(|| rotten(digest, &found));
        self.put(if rotten.is_some() { line.text("found", &found) } else { line })?;
        let (mut file, _) = Unfailing::open(&path).map_err(at(&path))?;
        let mut buffer = Vec::with_capacity(CHUNK);
        loop {
            buffer.clear();
            let chunk = file.by_ref().take(CHUNK as u64).read_to_end(&mut buffer);
            if chunk.map_err(at(&path))? == 0 {
                let is_same = file.found() == found;
                return if is_same { Ok(rotten) } else { Err(ExportError::Spoilt { path }) };
            }
            self.put(Fields::of("chunk").text("data", &STANDARD.encode(&buffer)))?;
        }
    }
}

/// Says that an attachment is not as it was sent.
fn rotten(digest: &str, found: &str) -> Rotten {
    tracing::error!(
        file.sha256 = %digest,
        "an attachment is rotten, its bytes are not those that were sent: put it back from a backup"
    );
    Rotten { sha256: digest.to_owned(), found: found.to_owned() }
}

fn event_line(event: &StoredEvent) -> Fields {
    let encode = |bytes: &Vec<u8>| STANDARD.encode(bytes);
    Fields::of("event")
        .number("pos", event.pos)
        .text("stream", event.stream.as_str())
        .number("version", event.version)
        .text("type", &event.kind)
        .number("schema", event.schema)
        .instant("at", event.at)
        .instant("recorded_at", event.recorded_at)
        .text("actor", &event.actor)
        .text("facts", &event.facts)
        .maybe("words", event.words.as_deref())
        .bytes("salt", &event.salt)
        .maybe("words_salt", event.words_salt.as_ref().map(encode).as_deref())
        .maybe("words_commitment", event.words_commitment.as_deref())
        .text("leaf", &event.leaf)
}
