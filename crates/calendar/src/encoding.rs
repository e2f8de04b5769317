//! Bytes of a file as text, or the first byte that is none. Must not guess a text out of another
//! encoding: a wrong guess would misspell holidays in silence.

use crate::error::CalendarError;

/// What a file that is not UTF-8 looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksLike {
    /// Two bytes a letter.
    Utf16,
    /// One byte a letter, such as Windows-1258 for Vietnamese or Latin-1.
    SingleByte,
}

/// Reads the bytes of a file as UTF-8, with or without a byte order mark.
///
/// ```
/// use redress_calendar::text_of;
///
/// let error = text_of(b"date,kind\n2026-09-02,Qu\xF4c\n").unwrap_err();
/// assert!(error.to_string().starts_with("line 2, byte 14: 0xF4 is not UTF-8"), "{error}");
/// ```
///
/// # Errors
/// [`CalendarError::NotUtf8`] with the line and the byte.
pub fn text_of(bytes: &[u8]) -> Result<&str, CalendarError> {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let at = match std::str::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            None => return Ok(text),
            Some(at) => at,
        },
        Err(error) => error.valid_up_to(),
    };
    let before = bytes.get(..at).unwrap_or_default();
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let byte = bytes.get(at).copied().unwrap_or_default();
    let utf16 = marked || bytes.iter().take(200).any(|byte| *byte == 0);
    Err(CalendarError::NotUtf8 {
        line: before.split(|byte| *byte == b'\n').count() as u64,
        column: (at - line_start) as u64 + 1,
        byte,
        looks_like: if utf16 { LooksLike::Utf16 } else { LooksLike::SingleByte },
    })
}

#[cfg(test)]
mod tests {
    use super::{LooksLike, text_of};
    use crate::error::CalendarError;

    fn check(bytes: &[u8], line: u64, column: u64, byte: u8, looks_like: LooksLike) {
        let expected = CalendarError::NotUtf8 { line, column, byte, looks_like };
        assert_eq!(text_of(bytes), Err(expected), "{bytes:?}");
    }

    #[test]
    fn the_first_byte_that_is_no_text_is_named() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            let order = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            text.encode_utf16().flat_map(order).collect()
        };
        check(b"a,b\nT\xEAt\n", 2, 2, 0xEA, LooksLike::SingleByte);
        check(b"a,b\r\n1,2\r\nL\xEC\xCC ", 3, 2, 0xEC, LooksLike::SingleByte);
        check(&utf16("\u{feff}date", false), 1, 1, 0xFF, LooksLike::Utf16);
        check(&utf16("\u{feff}date", true), 1, 1, 0xFE, LooksLike::Utf16);
        check(&utf16("date", false), 1, 2, 0x00, LooksLike::Utf16);
        check("Tết\u{0}".as_bytes(), 1, 6, 0x00, LooksLike::Utf16);
        assert_eq!(text_of("\u{feff}Tết".as_bytes()), Ok("\u{feff}Tết"));
        assert_eq!(text_of(b""), Ok(""));
    }
}
