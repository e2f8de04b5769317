//! Finds literal numbers, days and duties in a published text.
//!
//! A number in a published text stands only as a placeholder, so that page and behaviour cannot
//! differ. The rules, per language:
//! - any digit of any script is refused;
//! - an unmistakable number word is refused (`bốn`, `seven`), and so is a day of the week;
//! - a number word with other meanings (`hai` in *hai bên*, `năm` *year*, `one` in *one of*) is
//!   refused only before something that is counted (`năm ngày`, `one hour`);
//! - Vietnamese `một` is also the article: refused only before a measure of time;
//! - ordinals (`lần đầu`, `second`, `ທີສອງ`) are names of things, not numbers, and are allowed;
//! - Lao is written without blanks: a number word is refused when a counted thing follows.
//!
//! Must not know of policies or files.

use crate::kinds::Lang;

/// Something literal that must be a placeholder, with its byte offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    /// Byte offset in the text.
    pub(super) at: usize,
    /// What was found.
    pub(super) found: String,
    /// What it is.
    pub(super) what: &'static str,
}

/// The words of one language.
struct Words {
    always: &'static [&'static str],
    before_counted: &'static [&'static str],
    counted: &'static [&'static str],
    before_time: &'static [&'static str],
    time: &'static [&'static str],
    weekdays: &'static [&'static str],
    duty: &'static [&'static str],
}

const VI: Words = Words {
    always: &["bốn", "sáu", "bảy", "bẩy", "tám", "mười", "mươi", "trăm", "ngàn", "nghìn", "triệu"],
    before_counted: &["hai", "ba", "năm", "chín", "dăm", "vài"],
    counted: &[
        "giờ", "tiếng", "phút", "giây", "ngày", "tuần", "tháng", "năm", "lần", "vòng", "bước",
        "người", "bộ", "phòng", "kênh", "tệp", "lý", "căn", "ký", "mức", "ký", "hình",
    ],
    before_time: &["một", "nửa"],
    time: &["giờ", "tiếng", "phút", "giây", "ngày", "tuần", "tháng", "năm"],
    weekdays: &["thứ hai", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"],
    duty: &["phải", "sẽ", "cam kết", "bắt buộc", "chịu trách nhiệm"],
};

const EN: Words = Words {
    always: &[
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "dozen",
        "twice",
        "fortnight",
    ],
    before_counted: &["one"],
    counted: &["round", "department", "channel", "file", "person", "step", "working", "business"],
    before_time: &["one", "half", "an", "single"],
    time: &[
        "hour", "hours", "minute", "minutes", "day", "days", "week", "weeks", "month", "months",
        "year", "years", "working", "business", "calendar",
    ],
    weekdays: &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    duty: &["must", "shall", "will", "undertake", "undertakes", "obliged", "guarantee"],
};

const LO_NUMBERS: &[&str] =
    &["ໜຶ່ງ", "ຫນຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ", "ສິບ", "ຊາວ", "ຮ້ອຍ", "ພັນ"];
const LO_COUNTED: &[&str] = &[
    "ຊົ່ວໂມງ",
    "ໂມງ",
    "ນາທີ",
    "ມື້",
    "ວັນ",
    "ອາທິດ",
    "ເດືອນ",
    "ປີ",
    "ຄັ້ງ",
    "ຄົນ",
    "ຮອບ",
    "ພະແນກ",
    "ຊ່ອງທາງ",
    "ໄຟລ໌",
];
const LO_WEEKDAYS: &[&str] = &["ວັນຈັນ", "ວັນອັງຄານ", "ວັນພຸດ", "ວັນພະຫັດ", "ວັນສຸກ", "ວັນເສົາ", "ວັນອາທິດ"];
/// Words of duty, each with what must not follow: `ຕ້ອງການ` is *to want*, `ເຈະຈາ` *to negotiate*.
const LO_DUTY: &[(&str, &str)] = &[("ຕ້ອງ", "ການ"), ("ຈະ", "ຈາ"), ("ຮັບຜິດຊອບ", "\0")];

/// A text made ready to be searched: placeholders blanked, cut into words.
pub(super) struct Scan {
    lang: Lang,
    masked: String,
    tokens: Vec<(usize, String)>,
}

impl Scan {
    /// Makes `text` ready.
    pub(super) fn new(lang: Lang, text: &str) -> Self {
        let masked = without_placeholders(text);
        let tokens = if lang == Lang::Lo { Vec::new() } else { tokens(&masked) };
        Self { lang, masked, tokens }
    }

    /// Everything that must be a placeholder.
    pub(super) fn literals(&self) -> Vec<Literal> {
        let mut found: Vec<Literal> = digits(&self.masked);
        match self.lang {
            Lang::Vi => found.extend(spaced(&VI, &self.tokens)),
            Lang::En => found.extend(spaced(&EN, &self.tokens)),
            Lang::Lo => found.extend(lao(&self.masked)),
        }
        found.sort_by_key(|literal| literal.at);
        found
    }

    /// Whether the text speaks of a duty (`phải`, `must`, `ຕ້ອງ`).
    pub(super) fn has_duty(&self) -> bool {
        match self.lang {
            Lang::Vi => VI.duty.iter().any(|word| self.find(&Name::new(word)).is_some()),
            Lang::En => EN.duty.iter().any(|word| self.find(&Name::new(word)).is_some()),
            Lang::Lo => LO_DUTY.iter().any(|(word, other)| {
                let mut after = self.masked.match_indices(word).map(|(at, word)| at + word.len());
                after.any(|end| !self.masked.get(end..).unwrap_or("").starts_with(other))
            }),
        }
    }

    /// Byte offset at which `name` stands as whole words, whatever their case.
    pub(super) fn find(&self, name: &Name<'_>) -> Option<usize> {
        if self.lang == Lang::Lo {
            return self.masked.find(name.text);
        }
        let (_, first) = name.words.first()?;
        let starts = self.tokens.iter().enumerate().filter(|(_, (_, word))| word == first);
        for (nth, (at, _)) in starts {
            let here = self.tokens.iter().skip(nth).take(name.words.len()).map(|(_, word)| word);
            if here.eq(name.words.iter().map(|(_, word)| word)) {
                return Some(*at);
            }
        }
        None
    }
}

/// One word or several to look for.
pub(super) struct Name<'a> {
    /// As written.
    pub(super) text: &'a str,
    words: Vec<(usize, String)>,
}

impl<'a> Name<'a> {
    /// Cuts `text` into words.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, words: tokens(text) }
    }
}

/// The text with every placeholder blanked, byte offsets kept.
fn without_placeholders(text: &str) -> String {
    let mut inside = false;
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        inside = inside || c == '{';
        if inside {
            masked.extend(std::iter::repeat_n('\u{1}', c.len_utf8()));
        } else {
            masked.push(c);
        }
        inside = inside && c != '}';
    }
    masked
}

fn digits(text: &str) -> Vec<Literal> {
    let mut found: Vec<Literal> = Vec::new();
    let mut end = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_numeric()) {
        match found.last_mut() {
            Some(last) if end == at => last.found.push(c),
            _ => found.push(Literal { at, found: c.to_string(), what: "number" }),
        }
        end = at + c.len_utf8();
    }
    found
}

/// Words of a language that writes blanks between them, lower-case, with their offsets.
fn tokens(text: &str) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        if c.is_alphabetic() {
            let lower: String = c.to_lowercase().collect();
            match tokens.last_mut() {
                Some((_, word)) if open => word.push_str(&lower),
                _ => tokens.push((at, lower)),
            }
            open = true;
        } else {
            open = false;
        }
    }
    tokens
}

fn spaced(words: &Words, tokens: &[(usize, String)]) -> Vec<Literal> {
    let following = tokens.iter().skip(1).map(|(_, next)| next.as_str()).chain([""]);
    let mut found: Vec<Literal> = Vec::new();
    let mut end = 0;
    for ((at, word), next) in tokens.iter().zip(following) {
        if *at < end {
            continue;
        }
        let is = |list: &[&str], word: &str| list.contains(&word);
        let pair = |found: &mut Vec<Literal>, what| {
            found.push(Literal { at: *at, found: format!("{word} {next}"), what });
        };
        let mut days = words.weekdays.iter();
        if days.any(|day| day.split_once(' ').map_or(day == word, |(a, b)| a == word && b == next))
        {
            if words.weekdays.contains(&word.as_str()) {
                found.push(Literal { at: *at, found: word.clone(), what: "day" });
            } else {
                end = at + word.len() + 1 + next.len();
                pair(&mut found, "day");
            }
        } else if is(words.always, word) {
            found.push(Literal { at: *at, found: word.clone(), what: "number" });
        } else if (is(words.before_counted, word) && is(words.counted, next))
            || (is(words.before_time, word) && is(words.time, next))
        {
            pair(&mut found, "number");
        }
    }
    found
}

fn lao(text: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    for word in LO_WEEKDAYS {
        let days = text.match_indices(word);
        found.extend(days.map(|(at, day)| Literal { at, found: day.to_owned(), what: "day" }));
    }
    for number in LO_NUMBERS {
        for (at, _) in text.match_indices(number) {
            let after = text.get(at + number.len()..).unwrap_or("").trim_start();
            if let Some(counted) = LO_COUNTED.iter().find(|counted| after.starts_with(**counted)) {
                let pair = format!("{number}{counted}");
                found.push(Literal { at, found: pair, what: "number" });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: Lang, rows: &[(&str, &[&str])]) {
        for (text, expected) in rows {
            let found: Vec<String> =
                Scan::new(lang, text).literals().into_iter().map(|l| l.found).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn vietnamese_numbers_are_found_and_good_prose_is_left_alone() {
        check(
            Lang::Vi,
            &[
                ("Trong vòng 3 giờ", &["3"]),
                ("Trong vòng ba giờ, muộn nhất bảy ngày", &["ba giờ", "bảy"]),
                ("một ngày làm việc", &["một ngày"]),
                ("Chỉ cần một lần thông báo, một người trả lời", &[]),
                ("Cả hai bên, bên thứ ba, mỗi năm", &[]),
                ("lưu năm năm", &["năm năm"]),
                ("từ Thứ Hai đến Thứ Sáu", &["thứ hai", "thứ sáu"]),
                ("Trong vòng {promises.first-reply.within}, {rounds.max}", &[]),
            ],
        );
    }

    #[test]
    fn english_and_lao_numbers_are_found_and_good_prose_is_left_alone() {
        check(
            Lang::En,
            &[
                ("within three hours or one day", &["three", "one day"]),
                ("One notice is enough; a second person agrees", &[]),
                ("on Monday", &["monday"]),
                ("a result ten days late", &["ten"]),
            ],
        );
        check(
            Lang::Lo,
            &[("ພາຍໃນ ສາມຊົ່ວໂມງ", &["ສາມຊົ່ວໂມງ"]), ("ພາຍໃນ ໓ ມື້", &["໓"]), ("ຄັ້ງທີສອງ, ຫ້າມ, ຜູກພັນ", &[])],
        );
    }

    #[test]
    fn a_duty_is_heard_in_each_language() {
        assert!(Scan::new(Lang::Vi, "Chúng tôi phải trả lời").has_duty());
        assert!(Scan::new(Lang::En, "We must answer").has_duty());
        assert!(Scan::new(Lang::Lo, "ພວກເຮົາຕ້ອງຕອບ").has_duty());
        assert!(!Scan::new(Lang::Vi, "Chính sách khiếu nại").has_duty());
    }
}
