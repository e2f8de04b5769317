//! A text taken apart into letters and marks: compatibility forms, lower case, each mark by itself.
//! Must not differ from what Unicode says; it only knows most Latin letters by heart.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

/// Latin letters with their marks in one character, and everything of ASCII.
const LATIN: std::ops::Range<u32> = 0..0x250;
/// Those that Vietnamese adds.
const MORE: std::ops::Range<u32> = 0x1e00..0x1f00;
/// Most characters that one of them is taken apart into.
const PARTS_MAX: usize = 4;

/// Whether a text may be taken apart character by character: it is Latin, and no mark in it stands
/// by itself.
fn is_known(c: char) -> bool {
    LATIN.contains(&u32::from(c)) || MORE.contains(&u32::from(c))
}

/// What each known character is taken apart into; the rest is zeros.
static PARTS: LazyLock<Vec<[char; PARTS_MAX]>> = LazyLock::new(|| {
    let parts = |c: char| {
        let mut parts = ['\0'; PARTS_MAX];
        let text = c.to_string();
        for (place, part) in parts.iter_mut().zip(by_rule(&text)) {
            *place = part;
        }
        parts
    };
    LATIN.chain(MORE).filter_map(char::from_u32).map(parts).collect()
});

/// NFKC, then lower case, then NFD.
fn by_rule(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().flat_map(char::to_lowercase).nfd()
}

/// Calls `each` with every character of `text` in NFKC, lower case and NFD, in order.
pub(crate) fn apart(text: &str, mut each: impl FnMut(char)) {
    // Letters of these compose with no letter before or after them, so each stands for itself.
    if !text.chars().all(is_known) {
        return by_rule(text).for_each(each);
    }
    for c in text.chars() {
        if c.is_ascii() {
            each(c.to_ascii_lowercase());
            continue;
        }
        let code = u32::from(c);
        let at = if LATIN.contains(&code) { code } else { LATIN.end + code - MORE.start };
        let parts = PARTS.get(at as usize).into_iter().flatten();
        parts.take_while(|part| **part != '\0').for_each(|part| each(*part));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(text: &str) -> String {
        let mut taken = String::new();
        apart(text, |c| taken.push(c));
        taken
    }

    #[test]
    fn every_character_between_others_is_taken_apart_as_unicode_says() {
        for c in '\0'..='\u{ffff}' {
            let text = format!("a{c}Ệ{c}{c}đ");
            assert_eq!(taken(&text), by_rule(&text).collect::<String>(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_taken_apart_as_unicode_says(
            text in "[\\x00-\u{24f}\u{1e00}-\u{1eff}]{0,40}", other in ".{0,10}",
        ) {
            for text in [&text, &format!("{text}{other}"), &format!("{other}{text}")] {
                prop_assert_eq!(taken(text), by_rule(text).collect::<String>());
            }
        }
    }
}
