//! The page that checks receipts: a form, the verdict, and the same verdicts as forms for the script
//! that checks inside the browser. Must not check anything.

use std::sync::LazyLock;

use askama::Template;
use jiff::civil::date;
use redress_app::{REASONS, RECEIPT_ENDING};

use crate::components::{FieldErrors, Frame};

/// `/{lang}/verify`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/verify.html")]
pub struct Verify {
    /// Around the page.
    pub frame: Frame,
    /// The keys by which it checks, as they are published.
    pub keys: Vec<String>,
    /// What is wrong with the form.
    pub errors: FieldErrors,
    /// What came of a file that was sent; nothing on a fresh page.
    pub verdict: Option<Verdict>,
}

/// What came of a receipt.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It is genuine.
    Valid(Box<Valid>),
    /// It is not accepted.
    Refused(Refused),
}

/// What a genuine receipt says, in words.
#[derive(Debug, Clone)]
pub struct Valid {
    /// Who has signed.
    pub lead: String,
    /// The reference of the complaint.
    pub reference: Option<String>,
    /// When it was received, as claimed.
    pub received: Option<Moment>,
    /// When it was recorded.
    pub recorded: Option<Moment>,
    /// Which entry it is.
    pub place: String,
    /// Who has seen it.
    pub witnesses: String,
    /// What was said.
    pub said: Option<String>,
    /// Whether it was recorded late.
    pub late: bool,
    /// Whether it has words that are not shown.
    pub closed: bool,
}

/// An instant in words and for machines.
#[derive(Debug, Clone)]
pub struct Moment {
    /// In words.
    pub words: String,
    /// For `<time datetime>`.
    pub machine: String,
}

/// Why a receipt is not accepted, in words.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The reasons that hold.
    pub reasons: Vec<Reason>,
    /// The short name of the reason.
    pub code: String,
    /// Who claims to have signed.
    pub claimed: Option<String>,
}

/// A reason in words, and the short names that it stands for.
#[derive(Debug, Clone)]
pub struct Reason {
    /// Short names, with spaces between.
    pub codes: String,
    /// What is wrong and what to do.
    pub words: String,
}

impl Verify {
    /// What came of it, or what the page is for.
    pub fn title(&self) -> String {
        self.frame.w.t(match self.verdict {
            Some(Verdict::Valid(_)) => "verify-valid",
            Some(Verdict::Refused(_)) => "verify-refused",
            None => "verify-title",
        })
    }

    fn hint(&self) -> String {
        self.frame.w.t1("verify-file-hint", "ending", RECEIPT_ENDING)
    }

    /// The name of the zone in which instants are shown.
    fn zone(&self) -> String {
        self.frame.w.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    fn instant(&self) -> String {
        redress_text::instant_pattern(self.frame.w.lang)
    }

    /// The names of the days, Monday first.
    fn weekdays(&self) -> String {
        // 1 January 2024 was a Monday.
        let days = (1..=7).map(|day| redress_text::weekday(self.frame.w.lang, date(2024, 1, day)));
        days.collect::<Vec<_>>().join("|")
    }

    fn months(&self) -> String {
        let months = (1..=12).map(|month| self.frame.w.t(&format!("month-{month}")));
        months.collect::<Vec<_>>().join("|")
    }

    /// A valid receipt with `{name}` in the place of each value.
    fn valid_form(&self) -> Valid {
        let w = &self.frame.w;
        let empty = || Some(String::new());
        let moment = || Some(Moment { words: String::new(), machine: String::new() });
        Valid {
            lead: w.t1("verify-valid-lead", "origin", "{origin}"),
            reference: empty(),
            received: moment(),
            recorded: moment(),
            place: w.t2("verify-place-of", "index", "{index}", "size", "{size}"),
            witnesses: w.t2("verify-witness", "name", "{name}", "time", "{time}"),
            said: empty(),
            late: true,
            closed: true,
        }
    }

    /// A refused receipt with every reason.
    fn refused_form(&self) -> Refused {
        let reasons = REASONS.iter().map(|(text, codes)| Reason {
            codes: codes.join(" "),
            words: self.frame.w.t1(text, "ending", RECEIPT_ENDING),
        });
        Refused { reasons: reasons.collect(), code: String::new(), claimed: Some(String::new()) }
    }
}

/// The modules with which a browser checks, by name. They import each other by these names.
pub(crate) const VERIFY_MODULES: [(&str, &str); 7] = [
    ("page.mjs", include_str!("../../../assets/verify/page.mjs")),
    ("told.mjs", include_str!("../../../assets/verify/told.mjs")),
    ("receipt.mjs", include_str!("../../../assets/verify/receipt.mjs")),
    ("note.mjs", include_str!("../../../assets/verify/note.mjs")),
    ("ed25519.mjs", include_str!("../../../assets/verify/ed25519.mjs")),
    ("sha.mjs", include_str!("../../../assets/verify/sha.mjs")),
    ("bytes.mjs", include_str!("../../../assets/verify/bytes.mjs")),
];

/// The folder in which they are served, named for what is in them: a browser never mixes those of
/// two versions.
pub(crate) static VERIFY_FOLDER: LazyLock<String> = LazyLock::new(|| {
    let all: String = VERIFY_MODULES.iter().map(|(_, text)| *text).collect();
    let digest = redress_app::hex(&redress_app::sha256(all.as_bytes()));
    format!("/assets/verify-{}", digest.get(..12).unwrap_or_default())
});

/// The address of the module that the page begins with.
pub(crate) fn verify_module() -> String {
    format!("{}/page.mjs", *VERIFY_FOLDER)
}
