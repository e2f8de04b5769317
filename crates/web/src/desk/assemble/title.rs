//! The title of a complaint as it is shown: the beginning of what was said, cut between words.
//! Must not cut what is whole.

use redress_core::complaint::evolve::TITLE_CHARS;

/// Longest word that is left away, in characters with the space before it; where a script has no
/// spaces, the title is cut where it ends.
const WORD_CHARS_MAX: usize = 20;

/// A title, with a mark where it broke off.
pub(super) fn shown(title: &str) -> String {
    if title.chars().count() < TITLE_CHARS {
        return title.to_owned();
    }
    let last = title.rfind(char::is_whitespace).unwrap_or_default();
    let (whole, word) = title.split_at(last);
    let kept = if word.chars().count() > WORD_CHARS_MAX { title } else { whole };
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_cut_between_words_and_says_that_it_is() {
        assert_eq!(shown("Thang kêu to"), "Thang kêu to");
        let long: String = "Cửa thang máy ".repeat(20).chars().take(TITLE_CHARS).collect();
        assert!(long.ends_with("Cửa than"), "{long}");
        assert!(shown(&long).ends_with("máy Cửa…"), "{}", shown(&long));
        let lao: String = "ລິຟຄ້າງ".repeat(40).chars().take(TITLE_CHARS).collect();
        assert_eq!(shown(&lao), format!("{lao}…"));
    }
}
