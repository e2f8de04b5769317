//! Reading an export line by line into a fresh file, and checking each. Must not believe anything:
//! leaves, sums, order and counts are looked at, and a name is no path before it is known as one.

use std::{
    fs, io,
    io::{BufRead, Write as _},
    path::Path,
};

use redress_core::{complaint::Event, id::ComplaintId};
use redress_store::{
    CARRIED, Carried, CarriedRow, CarriedTable, CarriedValue, FileState, LogCheck, Store,
    StoreError, StoredEvent, StreamId, Write,
};
use sha2::{Digest as _, Sha256};

use super::{CHUNK, FILES, FORMAT, ImportError, KEY, fields::Line, lines::In, numbers::Numbers};
use crate::{
    backup::{
        Rotten,
        archive::{create, is_digest, sync_folder},
    },
    secret::{InstallationKey, SECRET_BYTES, hex},
};

/// Lines written in one transaction.
const BATCH_LINES: usize = 500;
/// Bytes of lines written in one transaction, about.
const BATCH_BYTES: usize = 4 << 20;

fn at(path: &Path) -> impl FnOnce(io::Error) -> ImportError + '_ {
    move |source| ImportError::Io { path: path.to_owned(), source }
}

/// An export on its way in.
pub(super) struct Reading<'a, R> {
    store: &'a Store,
    folder: &'a Path,
    lines: In<'a, R>,
    check: LogCheck,
    /// The last row: those of a table come each once, in the order of their keys.
    last: Option<CarriedRow>,
    /// The place of the last line in the order of kinds.
    place: usize,
    batch: Vec<Carried>,
    weight: usize,
    /// The first line of the batch.
    first: u64,
    /// A complaint and the hash of its link, to try a key on.
    link: Option<(ComplaintId, String)>,
    files: u64,
    rotten: Vec<Rotten>,
    numbers: Numbers,
}

/// What an export held.
pub(super) struct Read {
    pub(super) events: u64,
    pub(super) files: u64,
    pub(super) rotten: Vec<Rotten>,
    pub(super) secrets: bool,
}

/// Where lines of this kind stand in an export.
fn place(is: &str) -> Option<usize> {
    let tables = |before| CARRIED.iter().filter(move |table| table.before_events == before);
    let before = tables(true).map(|table| table.name).chain(["event"]);
    let mut order =
        before.chain(tables(false).map(|table| table.name)).chain(["key", "attachment", "end"]);
    order.position(|known| known == is)
}

impl<'a, R: BufRead> Reading<'a, R> {
    pub(super) fn new(store: &'a Store, folder: &'a Path, from: &'a mut R) -> Self {
        Self {
            store,
            folder,
            lines: In::new(from),
            check: LogCheck::default(),
            last: None,
            place: 0,
            batch: Vec::new(),
            weight: 0,
            first: 1,
            link: None,
            files: 0,
            rotten: Vec::new(),
            numbers: Numbers::new(),
        }
    }

    /// Reads to the end; answers what there was.
    pub(super) async fn all(
        mut self,
        named: Option<&Path>,
        progress: &mut impl FnMut(String),
    ) -> Result<Read, ImportError> {
        let secrets = self.header()?;
        if !secrets && named.is_none() {
            return Err(ImportError::NoKey);
        }
        let mut key = None;
        let events = loop {
            let (is, line) = self.lines.next()?;
            self.in_order(&is, &line)?;
            if !secrets && is_secret(&is) {
                return Err(
                    line.wrong(format!("`{is}` is a secret, and the first line knows of none"))
                );
            }
            match is.as_str() {
                "event" => self.event(line)?,
                "key" => key = Some(key_of(line)?),
                "attachment" => self.file(line)?,
                "end" => break self.end(line).await?,
                table => self.row(table, line)?,
            }
            if self.batch.len() >= BATCH_LINES || self.weight >= BATCH_BYTES {
                self.write().await?;
                progress(format!("{} lines", self.lines.lines()));
            }
        };
        self.keep_key(key, named)?;
        self.every_file().await?;
        Ok(Read { events, files: self.files, rotten: self.rotten, secrets })
    }

    fn header(&mut self) -> Result<bool, ImportError> {
        let (is, mut line) = self.lines.next()?;
        if is != "redress-export" {
            return Err(line.wrong("this is no export of Redress"));
        }
        let (format, program) = (line.number("format")?, line.text("program")?);
        if format != FORMAT {
            let what = format!("version {program} wrote it in form {format}; use that version");
            return Err(line.wrong(what));
        }
        let secrets = line.flag("secrets")?;
        line.end()?;
        Ok(secrets)
    }

    fn in_order(&mut self, is: &str, line: &Line) -> Result<(), ImportError> {
        let known = place(is);
        let place = known.ok_or_else(|| line.wrong(format!("`{is}` is no line of an export")))?;
        if place < self.place {
            return Err(line.wrong(format!("`{is}` comes too late: a line is doubled or moved")));
        }
        self.place = place;
        Ok(())
    }

    fn add(&mut self, carried: Carried, (number, bytes): (u64, usize)) {
        if self.batch.is_empty() {
            self.first = number;
        }
        self.batch.push(carried);
        self.weight += bytes;
    }

    async fn write(&mut self) -> Result<(), ImportError> {
        let batch = std::mem::take(&mut self.batch);
        self.weight = 0;
        match self.store.write(Write::Carry(batch)).await {
            Ok(_) => Ok(()),
            Err(StoreError::Constraint { detail, .. }) => {
                Err(ImportError::Contradiction { from: self.first, to: self.lines.lines(), detail })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn row(&mut self, name: &str, mut line: Line) -> Result<(), ImportError> {
        let table: &'static CarriedTable = CARRIED
            .iter()
            .find(|table| table.name == name)
            .ok_or_else(|| line.wrong(format!("`{name}` is no line of an export")))?;
        let values = table.columns.iter().map(|column| line.value(column));
        let row = CarriedRow { table, values: values.collect::<Result<_, _>>()? };
        of_files(&row).map_err(|what| line.wrong(what))?;
        if self.last.as_ref().is_some_and(|last| last.table == table && last.key() >= row.key()) {
            return Err(line.wrong("it comes twice, or not in its order"));
        }
        self.numbers.row(&row).map_err(|what| line.wrong(what))?;
        self.last = Some(row.clone());
        let size = line.size();
        line.end()?;
        self.add(Carried::Row(row), size);
        Ok(())
    }

    fn event(&mut self, mut line: Line) -> Result<(), ImportError> {
        let event = event_of(&mut line)?;
        if event.pos <= self.check.size() {
            return Err(line.wrong(format!("the event {} comes twice", event.pos)));
        }
        self.check.event(&event).map_err(|what| line.wrong(what))?;
        let read = Event::decode(&event.kind, event.schema, &event.facts, event.words.as_deref());
        let read = read.map_err(|error| line.wrong(error.to_string()))?;
        self.numbers.event(&read);
        if let (Event::ComplaintOpened(opened), None) = (read, &self.link) {
            let id = event.stream.id().parse();
            let id = id.map_err(|_| line.wrong("its stream is no complaint"))?;
            self.link = Some((id, opened.tracking));
        }
        let size = line.size();
        line.end()?;
        self.add(Carried::Event(Box::new(event)), size);
        Ok(())
    }

    /// Writes the bytes that follow under their digest, durably.
    fn file(&mut self, mut line: Line) -> Result<(), ImportError> {
        let (digest, bytes) = (line.text("digest")?, line.count("bytes")?);
        if !is_digest(&digest) {
            return Err(line.wrong("`digest` is not a SHA-256 in lower-case hexadecimal"));
        }
        let found = line.has("found").then(|| line.text("found")).transpose()?;
        let shelf = self.folder.join(FILES).join(&digest[..2]);
        fs::create_dir_all(&shelf).map_err(at(&shelf))?;
        let path = shelf.join(&digest);
        let made = create(&path);
        let mut file = made.map_err(|error| {
            let twice = error.kind() == io::ErrorKind::AlreadyExists;
            if twice { line.wrong("this attachment comes twice") } else { at(&path)(error) }
        })?;
        let (mut left, mut sum) = (bytes, Sha256::new());
        while left > 0 {
            let (is, mut chunk) = self.lines.next()?;
            if is != "chunk" {
                return Err(chunk.wrong(format!("the attachment {digest} has {left} bytes more")));
            }
            let data = chunk.bytes("data")?;
            let long = data.is_empty() || data.len() > CHUNK || data.len() as u64 > left;
            if long {
                return Err(chunk.wrong(format!("{} bytes do not belong here", data.len())));
            }
            chunk.end()?;
            left -= data.len() as u64;
            sum.update(&data);
            file.write_all(&data).map_err(at(&path))?;
        }
        if hex(&sum.finalize()) != *found.as_ref().unwrap_or(&digest) {
            return Err(line.wrong(format!("the bytes that follow are not those of {digest}")));
        }
        line.end()?;
        self.rotten.extend(found.map(|found| Rotten { sha256: digest, found }));
        file.sync_all().and_then(|()| sync_folder(&path)).map_err(at(&path))?;
        sync_folder(&shelf).map_err(at(&shelf))?;
        self.files += 1;
        Ok(())
    }

    /// The last line says what came before it, and nothing follows.
    async fn end(&mut self, mut line: Line) -> Result<u64, ImportError> {
        let told = (line.count("lines")?, line.count("events")?, line.count("files")?);
        let found = (self.lines.lines(), self.check.size(), self.files);
        if told != found {
            let what =
                format!("it tells {told:?} lines, events and files, and there are {found:?}");
            return Err(line.wrong(what));
        }
        self.numbers.end().map_err(|what| line.wrong(what))?;
        if line.bytes("root")? != self.check.root() {
            return Err(line.wrong("the root of the log is another"));
        }
        if line.text("sha256")? != self.lines.digest_before_last() {
            return Err(line.wrong("the lines before it are not those it was written for"));
        }
        let policy = line.text("policy")?;
        let size = line.size();
        line.end()?;
        self.lines.end()?;
        let events = self.check.size();
        let head = std::mem::take(&mut self.check).into_head(policy);
        self.add(Carried::Head(head), size);
        self.write().await?;
        Ok(events)
    }

    /// Keeps the key: the one that came, or the one that was named, if it opens what it must.
    fn keep_key(
        &self,
        came: Option<[u8; SECRET_BYTES]>,
        named: Option<&Path>,
    ) -> Result<(), ImportError> {
        let key = match (came, named) {
            (Some(key), _) => key,
            (None, None) => return Err(ImportError::NoKey),
            (None, Some(path)) => {
                let wrong = || ImportError::WrongKey { path: path.to_owned() };
                let key = fs::read(path).map_err(at(path))?;
                let key = key.try_into().map_err(|_| wrong())?;
                let opens = self.link.as_ref().is_none_or(|(id, link)| {
                    hex(&InstallationKey::new(key).tracking_token(*id).hash()) == *link
                });
                if !opens {
                    return Err(wrong());
                }
                key
            }
        };
        let path = self.folder.join(KEY);
        let kept = create(&path).and_then(|mut file| {
            file.write_all(&key)?;
            file.sync_all()?;
            sync_folder(&path)
        });
        kept.map_err(at(&path))
    }

    /// Bytes that a used upload names are there, as many as there must be, and known.
    async fn every_file(&self) -> Result<(), ImportError> {
        let mut after = String::new();
        loop {
            let page = self.store.digests_after(&after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(last);
            for digest in page {
                let shelf = self.folder.join(FILES).join(digest.get(..2).unwrap_or_default());
                let Ok(about) = fs::symlink_metadata(shelf.join(&digest)) else {
                    return Err(ImportError::NoFile { digest });
                };
                let known = self.store.file(&digest).await?;
                let rotten = self.rotten.iter().any(|rotten| rotten.sha256 == digest);
                if known.is_none_or(|row| row.bytes != about.len() && !rotten) {
                    return Err(ImportError::UnknownFile { digest });
                }
            }
        }
    }
}

/// Whether lines of this kind let somebody in.
fn is_secret(is: &str) -> bool {
    is == "key" || CARRIED.iter().any(|table| table.name == is && table.secret)
}

/// What is wrong with a row about stored bytes: their digest becomes the name of a file.
fn of_files(row: &CarriedRow) -> Result<(), &'static str> {
    let named = row.table.columns.iter().zip(&row.values);
    let text = |name: &str| {
        let value = named.clone().find(|(column, _)| column.name == name).map(|(_, value)| value);
        if let Some(CarriedValue::Text(text)) = value { text.as_str() } else { "" }
    };
    if !["upload", "file"].contains(&row.table.name) {
        return Ok(());
    }
    if !is_digest(text("digest")) {
        return Err("`digest` is not a SHA-256 in lower-case hexadecimal");
    }
    if row.table.name == "file" && FileState::of(text("state")).is_none() {
        return Err("`state` is not waiting, passed or refused");
    }
    Ok(())
}

fn key_of(mut line: Line) -> Result<[u8; SECRET_BYTES], ImportError> {
    let key = line.bytes("data")?;
    let key = key.try_into().map_err(|_| line.wrong("`data` is not a key"))?;
    line.end()?;
    Ok(key)
}

fn event_of(line: &mut Line) -> Result<StoredEvent, ImportError> {
    let stream = line.text("stream")?;
    let schema = line.count("schema")?;
    Ok(StoredEvent {
        pos: line.count("pos")?,
        stream: StreamId::parse(&stream)
            .map_err(|_| line.wrong("`stream` is not the name of a stream"))?,
        version: line.count("version")?,
        kind: line.text("type")?,
        schema: u32::try_from(schema).map_err(|_| line.wrong("`schema` is too large"))?,
        at: line.instant("at")?,
        recorded_at: line.instant("recorded_at")?,
        actor: line.text("actor")?,
        facts: line.text("facts")?,
        words: line.maybe("words")?,
        salt: line.bytes("salt")?,
        words_salt: line.maybe_bytes("words_salt")?,
        words_commitment: line.maybe("words_commitment")?,
        leaf: line.text("leaf")?,
    })
}
