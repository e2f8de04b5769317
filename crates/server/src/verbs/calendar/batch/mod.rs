//! `redress calendar batch`: reads a request a line, writes an answer a line, holds neither back.
//! Must not stop at a bad line: its answer says what is wrong.

mod answer;
mod request;

use std::io::{self, BufRead, BufReader, Read as _};

use self::answer::Answer;
use self::request::{Calendars, id_of};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;

/// Bytes of one request at most.
const LINE_BYTES_MAX: usize = 1024 * 1024;

/// What became of reading one line.
enum Line {
    /// A whole line is in the buffer.
    Whole,
    /// The line was longer than [`LINE_BYTES_MAX`] and has been passed over.
    TooLong,
    /// The input is at its end.
    End,
}

/// Answers every line of standard input.
pub(crate) fn run(output: &mut Output) -> Result<Exit, Fault> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut calendars = Calendars::default();
    let mut line = Vec::new();
    loop {
        match read_line(&mut input, &mut line).map_err(|error| unreadable(&error))? {
            Line::End => break,
            Line::TooLong => output.json(&too_long(&line))?,
            Line::Whole if line.trim_ascii().is_empty() => {}
            Line::Whole => output.json(&calendars.answer(&line))?,
        }
        // Whoever asks one question at a time waits for its answer before the next.
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    Ok(Exit::Done)
}

fn read_line(input: &mut BufReader<impl io::Read>, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let bytes_max = LINE_BYTES_MAX as u64 + 1;
    if input.by_ref().take(bytes_max).read_until(b'\n', line)? == 0 {
        return Ok(Line::End);
    }
    if line.last() == Some(&b'\n') || line.len() <= LINE_BYTES_MAX {
        return Ok(Line::Whole);
    }
    input.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

fn too_long(beginning: &[u8]) -> Answer<'_> {
    let message = format!("a request has at most {LINE_BYTES_MAX} bytes");
    Answer::error(id_of(beginning), "too-large", message)
}

fn unreadable(error: &io::Error) -> Fault {
    Fault::environment("input", format!("standard input cannot be read: {error}"))
}
