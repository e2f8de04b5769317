//! `redress policy show`: the published text as Markdown, HTML or JSON.
//! Must not add words to it.

use std::path::PathBuf;

use clap::ValueEnum;
use redress_core::kinds::Lang;
use redress_core::policy::{Added, Pack, Page, PageItem, show, to_html, to_markdown};
use serde::Serialize;
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::fault::Fault;
use crate::output::Output;
use crate::pack;

/// Arguments of `policy show`.
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The folder of the policy.
    dir: PathBuf,
    /// The language: vi, en or lo.
    #[arg(long)]
    lang: Lang,
    /// The form of the text.
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
}

/// A form of the published text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown.
    Md,
    /// A web page.
    Html,
    /// A document to print; not offered by this build.
    Pdf,
}

#[derive(Serialize)]
struct Answer<'p> {
    policy: String,
    digest: &'p str,
    lang: &'static str,
    title: &'p str,
    sections: Vec<Value>,
}

impl Show {
    /// Runs it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        if self.format == Format::Pdf {
            let message =
                "this build makes no PDF; --format html gives a page that is ready to print";
            return Err(Fault::environment("no-pdf", message).at("--format"));
        }
        let pack = pack::asked(&self.dir)?;
        self.know_language(&pack)?;
        let page = show(&pack, self.lang)
            .map_err(|error| Fault::no("invalid-policy", error.to_string()))?;
        if output.is_json() {
            output.json(&answer(&pack, &page))?;
        } else if self.format == Format::Html {
            output.text(&document(&page))?;
        } else {
            output.text(&to_markdown(&page))?;
        }
        Ok(Exit::Done)
    }

    fn know_language(&self, pack: &Pack) -> Result<(), Fault> {
        let languages = &pack.policy.languages;
        if languages.contains(&self.lang) {
            return Ok(());
        }
        let known: Vec<&str> = languages.iter().map(|lang| lang.as_str()).collect();
        let message = format!("the policy is published in {} only", known.join(", "));
        Err(Fault::usage(message).at("--lang"))
    }
}

/// The page as a whole HTML document that needs nothing else.
fn document(page: &Page) -> String {
    let title = page.title.replace('&', "&amp;").replace('<', "&lt;");
    let (lang, body) = (page.lang.as_str(), to_html(page));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn answer<'p>(pack: &Pack, page: &'p Page) -> Answer<'p> {
    let sections = page.sections.iter().map(|section| {
        let items: Vec<Value> = section.items.iter().map(item).collect();
        let tables: Vec<Value> = section
            .tables
            .iter()
            .map(|table| json!({ "id": table.id, "head": table.head, "rows": table.rows }))
            .collect();
        json!({ "id": section.id, "step": section.step, "heading": section.heading,
                "items": items, "tables": tables })
    });
    Answer {
        policy: pack.policy.name(),
        digest: &page.digest,
        lang: page.lang.as_str(),
        title: &page.title,
        sections: sections.collect(),
    }
}

fn item(item: &PageItem) -> Value {
    let added = item.added.map(|added| match added {
        Added::Reading => "reading",
        Added::Law => "law",
        Added::Company => "company",
    });
    let notes: Vec<Value> =
        item.notes.iter().map(|note| json!({ "id": note.id, "text": note.text })).collect();
    json!({ "id": item.id, "text": item.text, "source": item.source, "added": added,
            "rules": item.rules, "notes": notes })
}
