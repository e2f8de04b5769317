//! One clean line out of any text. Must not be used for texts that may have several.

/// Makes one line: control characters, line separators and runs of white space become one space,
/// characters that turn the reading direction or have no shape go, and after `chars_max`
/// characters it is cut with `…`.
pub(crate) fn clean(text: &str, chars_max: usize) -> String {
    let mut kept = String::with_capacity(text.len().min(chars_max * 4));
    let mut count = 0;
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        let space = if count == 0 { None } else { Some(' ') };
        for c in space.into_iter().chain(word.chars().filter(|c| !is_invisible(*c))) {
            if count + 1 >= chars_max && text.chars().count() > chars_max {
                kept.push('…');
                return kept;
            }
            kept.push(c);
            count += 1;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// U+2028 and U+2029 are white space; NEL is a control character.
fn breaks(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Zero-width spaces and joiners are kept: Lao writes with U+200B. Direction overrides are not.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn any_text_becomes_one_bounded_line() {
        for (text, max, line) in [
            ("Thang máy kêu to", 100, "Thang máy kêu to"),
            ("  a\r\nBcc: b@c.vn\0d\u{2028}e\u{85}f ", 100, "a Bcc: b@c.vn d e f"),
            ("ຂໍ\u{200b}ຂອບໃຈ", 100, "ຂໍ\u{200b}ຂອບໃຈ"),
            ("gpj.\u{202e}exe", 100, "gpj.exe"),
            ("một hai ba", 10, "một hai ba"),
            ("một hai bao", 10, "một hai b…"),
            ("", 10, ""),
            (" \r\n ", 10, ""),
        ] {
            assert_eq!(clean(text, max), line, "{text:?}");
        }
    }
}
