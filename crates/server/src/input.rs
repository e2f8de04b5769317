//! Files and standard input of verbs, within bounds. Must not know what is in them.

use std::io::{self, BufRead as _, Read as _};
use std::path::Path;

use crate::fault::Fault;
use crate::pack;

/// Bytes of a JSON file at most.
const JSON_BYTES_MAX: u64 = 1024 * 1024;
/// Bytes of a line that is typed at most.
const LINE_BYTES_MAX: u64 = 4096;

/// The bytes of a file, or of standard input if it is `-`: of a longer one `bytes_max` and one more,
/// so that whoever asks can say that it is too long.
pub(crate) fn bytes(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Fault> {
    if path != Path::new("-") {
        return pack::read_beginning(path, bytes_max);
    }
    let mut bytes = Vec::new();
    let stdin = io::stdin().lock();
    stdin.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|error| lost(&error))?;
    Ok(bytes)
}

/// The text of a JSON file; `-` is standard input.
pub(crate) fn json_text(path: &Path) -> Result<String, Fault> {
    let place = path.display().to_string();
    let bytes = bytes(path, JSON_BYTES_MAX)?;
    if bytes.len() as u64 > JSON_BYTES_MAX {
        let message = format!("a JSON file has at most {JSON_BYTES_MAX} bytes");
        return Err(Fault::no("too-large", message).at(place));
    }
    String::from_utf8(bytes).map_err(|_| Fault::no("malformed", "the file is not UTF-8").at(place))
}

/// The first line of standard input, without its end.
pub(crate) fn line() -> Result<String, Fault> {
    let mut line = String::new();
    io::stdin().lock().take(LINE_BYTES_MAX).read_line(&mut line).map_err(|error| lost(&error))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn lost(error: &io::Error) -> Fault {
    Fault::environment("input", format!("standard input cannot be read: {error}"))
}
