//! Reads the list of published sentences: source, rules, readings, and the section they stand in.
//! Must not read their words.

use super::{
    super::{
        model::Sentence,
        reader::{Node, Table},
        section::Section,
    },
    name,
};

pub(super) fn sentences(root: &Table<'_, '_>) -> Option<Vec<Sentence>> {
    let table = root.need("text")?.table()?;
    let sentences = table.need("sentences").and_then(|node| {
        let sentences = node.each(sentence)?;
        let mut twice = sentences.iter().enumerate().filter_map(|(nth, one)| {
            sentences.iter().take(nth).any(|other| other.id == one.id).then_some(&one.id)
        });
        if let Some(id) = twice.next() {
            node.problem(format!("sentence `{id}` stands twice"));
        }
        Some(sentences)
    });
    table.finish();
    sentences
}

fn sentence(node: &Node<'_, '_>) -> Option<Sentence> {
    let table = node.table()?;
    let id = table.need("id").and_then(|node| name(&node));
    let source = table.need("source").and_then(|node| source(&node));
    let rules = table.get("rules").map_or(Some(Vec::new()), |node| node.each(Node::filled));
    let choice = table.get("choice").map_or(Some(Vec::new()), |node| {
        node.each(|node| {
            let reading = node.filled()?;
            if !is_numbered(&reading, 'A') {
                node.problem(format!("`{}`: `{reading}` is not a reading such as A12", node.path));
                return None;
            }
            Some(reading)
        })
    });
    let section = table.get("section").map_or(Some(None), |node| {
        let words: Vec<(&str, Section)> =
            Section::ALL.iter().map(|section| (section.as_str(), *section)).collect();
        node.word(&words).map(Some)
    });
    table.finish();
    Some(Sentence {
        id: id?,
        source: source?,
        rules: rules?,
        choice: choice?,
        section: section?.map(Section::as_str).map(str::to_owned),
    })
}

/// `S19`, `A12`, `law:31(2)`, `company`, or several of them with blanks between.
fn source(node: &Node<'_, '_>) -> Option<Vec<String>> {
    let text = node.filled()?;
    let marks: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let wrong = marks.iter().find(|mark| {
        let law = mark.strip_prefix("law:").is_some_and(|article| !article.is_empty());
        !(law || *mark == "company" || is_numbered(mark, 'S') || is_numbered(mark, 'A'))
    });
    if let Some(wrong) = wrong {
        node.problem(format!(
            "`{}`: `{wrong}` is not a source such as S19, A12, law:31(2) or company",
            node.path
        ));
        return None;
    }
    Some(marks)
}

fn is_numbered(mark: &str, letter: char) -> bool {
    mark.strip_prefix(letter).is_some_and(|number| {
        !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The section a sentence stands in: its own `section`, else that of its first rule.
pub(in super::super) fn section_of(sentence: &Sentence) -> Section {
    let own = sentence.section.as_deref();
    let own = own.and_then(|own| Section::ALL.iter().find(|section| section.as_str() == own));
    own.copied().unwrap_or_else(|| {
        sentence.rules.first().map_or(Section::Preamble, |rule| Section::of_rule(rule))
    })
}
