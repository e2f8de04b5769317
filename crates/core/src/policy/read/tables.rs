//! Reads `categories.csv` and `offices.csv`.
//! Must not hold names of categories; those are texts `category.<CODE>`.

use super::super::{
    files::PackFiles,
    model::{Category, Office},
    problem::Problems,
    reader::{Node, Table},
};
use redress_calendar::text_of;

const CATEGORIES: [&str; 4] = ["code", "about", "severity", "safety"];
const OFFICES: [&str; 5] = ["code", "name", "province", "address", "phone"];

/// A CSV file of the pack that is being read.
struct Sheet<'a> {
    file: &'a str,
    text: &'a str,
    problems: &'a mut Problems,
}

/// A row with its fields in the order of the header.
struct Row<const N: usize> {
    at: usize,
    fields: [String; N],
}

impl Sheet<'_> {
    fn problem(&mut self, at: usize, message: String) {
        self.problems.add(self.file, self.text, at, message);
    }

    /// Reads every row; `None` when the header or any row is not as it must be.
    fn rows<const N: usize>(&mut self, header: [&str; N]) -> Option<Vec<Row<N>>> {
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(self.text.as_bytes());
        let mut rows = Vec::new();
        let mut good = true;
        for record in csv.records() {
            match record {
                Ok(record) => {
                    let at = record.position().map_or(0, csv::Position::byte);
                    let at = usize::try_from(at).unwrap_or(0);
                    let fields: Vec<String> = record.iter().map(str::to_owned).collect();
                    rows.push((at, fields));
                }
                Err(error) => {
                    let at = error.position().map_or(0, csv::Position::byte);
                    self.problem(usize::try_from(at).unwrap_or(0), error.to_string());
                    good = false;
                }
            }
        }
        let mut rows = rows.into_iter();
        if rows.next().is_none_or(|(_, fields)| fields != header) {
            self.problem(0, format!("the header must be `{}`", header.join(",")));
            return None;
        }
        let mut read = Vec::new();
        for (at, fields) in rows {
            let count = fields.len();
            if let Ok(fields) = <[String; N]>::try_from(fields) {
                read.push(Row { at, fields });
            } else {
                self.problem(at, format!("a row has {N} fields, this one has {count}"));
                good = false;
            }
        }
        good.then_some(read)
    }

    fn code(&mut self, at: usize, code: &str, seen: &[String]) -> Option<String> {
        let good = !code.is_empty()
            && code.len() <= 40
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if !good {
            self.problem(at, format!("code `{code}` must be letters, digits, `_` and `-`"));
        } else if seen.iter().any(|other| other == code) {
            self.problem(at, format!("code `{code}` stands twice"));
            return None;
        }
        good.then(|| code.to_owned())
    }

    fn field<T: std::str::FromStr<Err: std::fmt::Display>>(
        &mut self,
        at: usize,
        name: &str,
        value: &str,
    ) -> Option<T> {
        value.parse().map_err(|error| self.problem(at, format!("`{name}`: {error}"))).ok()
    }
}

/// Opens the file that the key `key` of `policy.toml` names.
pub(super) fn named<'f>(
    root: &Table<'_, '_>,
    key: &str,
    files: &'f PackFiles,
) -> Option<(String, &'f str)> {
    open(&root.need(key)?, files)
}

/// Opens the file that a value of `policy.toml` names.
pub(super) fn open<'f>(node: &Node<'_, '_>, files: &'f PackFiles) -> Option<(String, &'f str)> {
    let path = node.filled()?;
    let Some(bytes) = files.get(&path) else {
        node.problem(format!("the pack has no file `{path}`"));
        return None;
    };
    match text_of(bytes) {
        Ok(text) => Some((path, text)),
        Err(error) => {
            node.problem(format!("`{path}`, {error}"));
            None
        }
    }
}

pub(super) fn categories(
    root: &Table<'_, '_>,
    files: &PackFiles,
    problems: &mut Problems,
) -> Option<Vec<Category>> {
    let (file, text) = named(root, "categories", files)?;
    let mut sheet = Sheet { file: &file, text, problems };
    let mut categories = Vec::new();
    let mut seen = Vec::new();
    let rows = sheet.rows(CATEGORIES)?;
    let count = rows.len();
    for Row { at, fields: [code, about, severity, safety] } in rows {
        let code = sheet.code(at, &code, &seen);
        seen.extend(code.clone());
        let about = sheet.field(at, "about", &about);
        let severity = sheet.field(at, "severity", &severity);
        let safety = sheet.field(at, "safety", &safety);
        if let (Some(code), Some(about), Some(severity), Some(safety)) =
            (code, about, severity, safety)
        {
            categories.push(Category { code, about, severity, safety });
        }
    }
    if count == 0 {
        sheet.problem(0, "there must be at least one category".to_owned());
        return None;
    }
    (categories.len() == count).then_some(categories)
}

pub(super) fn offices(
    root: &Table<'_, '_>,
    files: &PackFiles,
    problems: &mut Problems,
) -> Option<Vec<Office>> {
    let (file, text) = named(root, "offices", files)?;
    let mut sheet = Sheet { file: &file, text, problems };
    let mut offices = Vec::new();
    let mut seen = Vec::new();
    let rows = sheet.rows(OFFICES)?;
    let count = rows.len();
    for Row { at, fields: [code, name, province, address, phone] } in rows {
        let code = sheet.code(at, &code, &seen);
        seen.extend(code.clone());
        if name.is_empty() {
            sheet.problem(at, "an office needs a name".to_owned());
            continue;
        }
        let phone = Some(phone).filter(|phone| !phone.is_empty());
        offices.extend(code.map(|code| Office { code, name, province, address, phone }));
    }
    (offices.len() == count).then_some(offices)
}
