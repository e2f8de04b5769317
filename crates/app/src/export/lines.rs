//! The lines as a whole: counted and digested, out and in, one in memory at a time.
//! Must not know what a line is for.

use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{
    ImportError, LINE_BYTES_MAX,
    fields::{Fields, Line, SUM, sum},
};
use crate::secret::hex;

/// Lines that go out.
pub(super) struct Out<'w, W> {
    to: &'w mut W,
    digest: Sha256,
    lines: u64,
}

impl<'w, W: Write> Out<'w, W> {
    pub(super) fn new(to: &'w mut W) -> Self {
        Self { to, digest: Sha256::new(), lines: 0 }
    }

    pub(super) fn put(&mut self, fields: Fields) -> io::Result<()> {
        let line = fields.end();
        self.digest.update(&line);
        self.lines += 1;
        self.to.write_all(line.as_bytes())
    }

    /// How many lines went out so far.
    pub(super) const fn lines(&self) -> u64 {
        self.lines
    }

    /// The SHA-256 of all lines so far.
    pub(super) fn digest(&self) -> String {
        hex(&self.digest.clone().finalize())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Lines that come in.
pub(super) struct In<'r, R> {
    from: &'r mut R,
    digest: Sha256,
    before_last: Sha256,
    lines: u64,
}

impl<'r, R: BufRead> In<'r, R> {
    pub(super) fn new(from: &'r mut R) -> Self {
        Self { from, digest: Sha256::new(), before_last: Sha256::new(), lines: 0 }
    }

    /// The next line with its kind.
    pub(super) fn next(&mut self) -> Result<(String, Line), ImportError> {
        let mut bytes = Vec::new();
        let read = self.from.by_ref().take(LINE_BYTES_MAX as u64 + 1).read_until(b'\n', &mut bytes);
        read.map_err(|source| ImportError::Io { path: "the export".into(), source })?;
        if bytes.pop() != Some(b'\n') {
            if bytes.len() >= LINE_BYTES_MAX {
                return Err(self.wrong("it is longer than any line of an export"));
            }
            return Err(ImportError::Cut { line: self.lines });
        }
        let fields = self.fields(&bytes)?;
        self.before_last = self.digest.clone();
        self.digest.update(&bytes);
        self.digest.update(b"\n");
        self.lines += 1;
        let mut line = Line::new(self.lines, bytes.len(), fields);
        let is = line.text("is")?;
        line.text("sum")?;
        Ok((is, line))
    }

    fn wrong(&self, what: impl Into<String>) -> ImportError {
        ImportError::Line { line: self.lines + 1, what: what.into() }
    }

    fn fields(&self, bytes: &[u8]) -> Result<Map<String, Value>, ImportError> {
        if self.lines == 0 && !bytes.starts_with(b"{\"is\":\"redress-export\",") {
            return Err(self.wrong("this is no export of Redress"));
        }
        if bytes.ends_with(b"\r") {
            return Err(self.wrong("its end was rewritten (CR LF): copy the file byte by byte"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| self.wrong("it is not UTF-8"))?;
        let changed = || self.wrong("it is not as it was written: its sum differs");
        let (before, stated) = text.rsplit_once(SUM).ok_or_else(changed)?;
        if stated.strip_suffix("\"}") != Some(&sum(before.as_bytes())) {
            return Err(changed());
        }
        serde_json::from_str(text).map_err(|error| self.wrong(format!("it is not JSON: {error}")))
    }

    /// How many lines came in so far.
    pub(super) const fn lines(&self) -> u64 {
        self.lines
    }

    /// The SHA-256 of all lines before the last that came in.
    pub(super) fn digest_before_last(&self) -> String {
        hex(&self.before_last.clone().finalize())
    }

    /// Refuses anything after the last line.
    pub(super) fn end(&mut self) -> Result<(), ImportError> {
        let rest = self.from.fill_buf();
        let rest = rest.map_err(|source| ImportError::Io { path: "the export".into(), source })?;
        if rest.is_empty() { Ok(()) } else { Err(self.wrong("something follows the last line")) }
    }
}
