//! Numbers as people of each language write them: grouping, decimals, file sizes, shares.
//! Must not use floating point: shown figures are exact.

use redress_core::kinds::Lang;

/// A whole number with its thousands grouped: `4.000` in Vietnamese and Lao, `4,000` in English.
pub fn number(lang: Lang, value: i64) -> String {
    let group = match lang {
        Lang::En => ',',
        Lang::Vi | Lang::Lo => '.',
    };
    let digits = value.unsigned_abs().to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        shown.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(group);
        }
        shown.push(digit);
    }
    shown
}

/// A share given in thousandths: `964` is `96,4%`; a round share shows no decimal.
pub fn percent(lang: Lang, permille: u32) -> String {
    format!("{}%", tenths(lang, u64::from(permille)))
}

/// The size of a file: `84 kB`, `3,1 MB`. A kB is 1024 bytes; sizes round up to what is shown.
pub fn file_size(lang: Lang, bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = 1024 * 1024;
    if bytes < MIB {
        return format!("{}\u{a0}kB", bytes.div_ceil(KIB));
    }
    let shown =
        u64::try_from((u128::from(bytes) * 10).div_ceil(u128::from(MIB))).unwrap_or(u64::MAX);
    format!("{}\u{a0}MB", tenths(lang, shown))
}

fn tenths(lang: Lang, value: u64) -> String {
    let whole = number(lang, i64::try_from(value / 10).unwrap_or(i64::MAX));
    let point = if lang == Lang::En { '.' } else { ',' };
    match value % 10 {
        0 => whole,
        tenth => format!("{whole}{point}{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        let rows = [(0, "0", "0"), (999, "999", "999"), (4000, "4.000", "4,000")];
        for (value, vi, en) in rows {
            assert_eq!(number(Lang::Vi, value), vi);
            assert_eq!(number(Lang::Lo, value), vi);
            assert_eq!(number(Lang::En, value), en);
        }
        assert_eq!(number(Lang::En, -1_234_567), "\u{2212}1,234,567");
    }

    #[test]
    fn shares_and_sizes_show_one_decimal_at_most() {
        assert_eq!(percent(Lang::Vi, 964), "96,4%");
        assert_eq!(percent(Lang::En, 1000), "100%");
        assert_eq!(file_size(Lang::Vi, 1), "1\u{a0}kB");
        assert_eq!(file_size(Lang::Vi, 26_214_400), "25\u{a0}MB");
        assert_eq!(file_size(Lang::Vi, 3_200_000), "3,1\u{a0}MB");
        assert_eq!(file_size(Lang::En, u64::MAX), "17,592,186,044,416\u{a0}MB");
    }
}
