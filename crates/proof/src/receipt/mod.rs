//! Receipts: a file that proves to whoever has the log's key that an event was recorded, and when
//! (C2SP tlog-proof). Must not believe anything of a receipt before it is verified.

mod opening;
mod refusal;
mod verify;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use opening::{OpenWords, Opening, OpeningError, Words};
pub use refusal::Refusal;
pub use verify::{Cosigned, Verified, verify};

use crate::note::{Note, bytes32, decimal};
use crate::tree::{Hash, PATH_HASHES_MAX};

/// Most bytes of a receipt: 1 MiB. Payload and words stand in it as base64 of base64, so together
/// they may have about 500 KiB.
pub const RECEIPT_BYTES_MAX: usize = 1024 * 1024;

const HEADER: &str = "c2sp.org/tlog-proof@v1\n";

/// A receipt, not yet verified: what was recorded, and the way from there to a signed root.
///
/// Its text is `c2sp.org/tlog-proof@v1` with our `extra` line; `docs/reference/receipt.md` describes
/// it for whoever writes a verifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What was recorded.
    pub opening: Opening,
    /// Which leaf of the log it is, from 0.
    pub index: u64,
    /// The hashes beside the way from the leaf to the root, that of its neighbour first.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

impl Receipt {
    /// Reads a receipt. Only the exact text that [`Receipt`] prints is accepted. Every length is
    /// bounded by that of `bytes`, which is looked at first.
    ///
    /// # Errors
    ///
    /// [`Refusal`]: the first thing that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let text = checked_text(bytes)?;
        let rest = match text.strip_prefix(HEADER) {
            Some(rest) => rest,
            None if !text.is_empty() && HEADER.starts_with(text) => return Err(Refusal::Truncated),
            None => return Err(Refusal::NotAReceipt),
        };
        let (head, note) = rest.split_once("\n\n").ok_or(Refusal::Truncated)?;
        let mut lines = (2..).zip(head.split('\n')).peekable();
        let extra = lines.next_if(|(_, line)| line.starts_with("extra "));
        let opening = match extra {
            Some((number, line)) => read_extra(line).ok_or(Refusal::Line {
                number,
                expected: "`extra` and the base64 of the opening",
            })?,
            None if lines.peek().is_some_and(|(_, line)| line.starts_with("index ")) => {
                return Err(Refusal::NoOpening);
            }
            None => return Err(Refusal::Line { number: 2, expected: "`extra` or `index`" }),
        };
        let (number, line) = lines.next().unwrap_or((3, ""));
        let index = line.strip_prefix("index ").and_then(decimal);
        let index = index.ok_or(Refusal::Line { number, expected: "`index` and a number" })?;
        let mut path = Vec::new();
        for (number, line) in lines {
            let hash = bytes32(line).filter(|_| path.len() < PATH_HASHES_MAX);
            let expected = "the base64 of a hash, of which there are at most 63,";
            path.push(hash.ok_or(Refusal::Line { number, expected })?);
        }
        Ok(Self { opening, index, path, checkpoint: Note::parse(note)? })
    }
}

impl fmt::Display for Receipt {
    /// The exact text of the file, with its last line feed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extra = STANDARD.encode(self.opening.to_json());
        write!(f, "{HEADER}extra {extra}\nindex {}\n", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", STANDARD.encode(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// The bytes as text, if they can be a receipt at all.
fn checked_text(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() > RECEIPT_BYTES_MAX {
        return Err(Refusal::TooLong { bytes: bytes.len() });
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| Refusal::NotText { at: error.valid_up_to() })?;
    if text.starts_with('\u{FEFF}') {
        return Err(Refusal::ByteOrderMark);
    }
    if text.contains("\r\n") {
        return Err(Refusal::WindowsLineEnds);
    }
    match text.chars().map(u32::from).find(|code| *code < 0x20 && *code != 0x0A) {
        Some(code) => Err(Refusal::Control { code }),
        None => Ok(text),
    }
}

fn read_extra(line: &str) -> Option<Opening> {
    let json = STANDARD.decode(line.strip_prefix("extra ")?).ok()?;
    Opening::from_json(std::str::from_utf8(&json).ok()?)
}
