//! The list of text ids, for tests of pages and for the coverage test of this crate.
//! Must not be used to choose a text at run time.

use redress_core::kinds::Lang;

use crate::bundle::sources;

/// Every text id of `lang` in the order of the files, with the names of its variables sorted.
pub fn ids(lang: Lang) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = vec![];
    for line in sources(lang).into_iter().flat_map(str::lines) {
        if let Some((id, rest)) = head(line) {
            found.push((id.to_owned(), vec![]));
            add_variables(&mut found, rest);
        } else if !line.starts_with('#') {
            add_variables(&mut found, line);
        }
    }
    found
}

fn head(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        return None;
    }
    let (id, rest) = line.split_once('=')?;
    Some((id.trim(), rest))
}

fn add_variables(found: &mut [(String, Vec<String>)], text: &str) {
    let Some((_, variables)) = found.last_mut() else { return };
    for part in text.split('$').skip(1) {
        let end = part
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .unwrap_or(part.len());
        let (name, _) = part.split_at(end);
        if !variables.iter().any(|known| known == name) {
            variables.push(name.to_owned());
            variables.sort();
        }
    }
}
