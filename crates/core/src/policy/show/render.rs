//! Writes the page as Markdown and as an HTML fragment; everything is escaped.
//! Must not add or leave out words.

use std::fmt::Write as _;

use super::{Added, Page, PageItem, PageSection, PageTable};

const WRITES: &str = "writing to a string does not fail";

/// The page as Markdown, one sentence a line.
pub fn to_markdown(page: &Page) -> String {
    let mut out = String::new();
    writeln!(out, "# {}{}\n", md(&page.title), md_marks(page, &page.title_source, None))
        .expect(WRITES);
    for section in &page.sections {
        writeln!(out, "## {}\n", md(&heading(section))).expect(WRITES);
        for item in &section.items {
            let marks = md_marks(page, &item.source, item.added);
            writeln!(out, "{}{marks}\n", md(&item.text)).expect(WRITES);
            for note in &item.notes {
                let label = md(&page.reading_label);
                writeln!(out, "> {label} {}: {}\n", note.id, md(&note.text)).expect(WRITES);
            }
        }
        for table in &section.tables {
            md_table(&mut out, table);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn heading(section: &PageSection) -> String {
    section
        .step
        .map_or_else(|| section.heading.clone(), |step| format!("{step}. {}", section.heading))
}

fn added_word(page: &Page, added: Option<Added>) -> Option<&str> {
    let added = added?;
    page.legend.iter().find(|(kind, _)| *kind == added).map(|(_, word)| word.as_str())
}

fn md_marks(page: &Page, source: &[String], added: Option<Added>) -> String {
    let mut marks: Vec<String> = added_word(page, added).map(str::to_owned).into_iter().collect();
    marks.extend(source.iter().filter(|mark| *mark != "company").cloned());
    if marks.is_empty() { String::new() } else { format!(" \\[{}\\]", md(&marks.join(" · "))) }
}

fn md_table(out: &mut String, table: &PageTable) {
    let columns = table.rows.first().map_or(table.head.len(), Vec::len);
    let empty = vec![String::new(); columns];
    let head = if table.head.is_empty() { &empty } else { &table.head };
    md_row(out, head);
    md_row(out, &vec!["---".to_owned(); columns]);
    for row in &table.rows {
        md_row(out, row);
    }
    out.push('\n');
}

fn md_row(out: &mut String, cells: &[String]) {
    let cells: Vec<String> =
        cells.iter().map(|cell| if cell == "---" { cell.clone() } else { md(cell) }).collect();
    writeln!(out, "| {} |", cells.join(" | ")).expect(WRITES);
}

/// Escapes what Markdown or HTML inside it would read as markup.
fn md(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The page as an HTML fragment: one `article`, headings from `h1`, no script, no style.
pub fn to_html(page: &Page) -> String {
    let mut out = String::new();
    writeln!(out, "<article class=\"policy\" lang=\"{}\">", page.lang).expect(WRITES);
    writeln!(out, "<h1>{}</h1>", html(&page.title)).expect(WRITES);
    for section in &page.sections {
        let step = section.step.map_or_else(String::new, |step| format!(" data-step=\"{step}\""));
        writeln!(out, "<section id=\"{}\"{step}>", html(&section.id)).expect(WRITES);
        writeln!(out, "<h2>{}</h2>", html(&heading(section))).expect(WRITES);
        for item in &section.items {
            html_item(&mut out, page, item);
        }
        for table in &section.tables {
            html_table(&mut out, table);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</article>\n");
    out
}

fn html_item(out: &mut String, page: &Page, item: &PageItem) {
    let class = match item.added {
        None => "source",
        Some(Added::Reading) => "added reading",
        Some(Added::Law) => "added law",
        Some(Added::Company) => "added company",
    };
    let (id, text) = (html(&item.id), html(&item.text));
    let (source, rules) = (html(&item.source.join(" ")), html(&item.rules.join(" ")));
    write!(
        out,
        "<p id=\"s-{id}\" class=\"{class}\" data-source=\"{source}\" data-rules=\"{rules}\">{text}"
    )
    .expect(WRITES);
    if let Some(word) = added_word(page, item.added) {
        write!(out, " <span class=\"mark\">{}</span>", html(word)).expect(WRITES);
    }
    for mark in item.source.iter().filter(|mark| *mark != "company") {
        write!(out, " <span class=\"mark\">{}</span>", html(mark)).expect(WRITES);
    }
    out.push_str("</p>\n");
    if item.notes.is_empty() {
        return;
    }
    out.push_str("<ul class=\"readings\">\n");
    for note in &item.notes {
        let (label, text) = (html(&page.reading_label), html(&note.text));
        let id = html(&note.id);
        writeln!(
            out,
            "<li data-reading=\"{id}\"><span class=\"mark\">{label} {id}</span> {text}</li>"
        )
        .expect(WRITES);
    }
    out.push_str("</ul>\n");
}

fn html_table(out: &mut String, table: &PageTable) {
    writeln!(out, "<table class=\"{}\">", html(&table.id)).expect(WRITES);
    if !table.head.is_empty() {
        let cells: Vec<String> = table
            .head
            .iter()
            .map(|cell| format!("<th scope=\"col\">{}</th>", html(cell)))
            .collect();
        writeln!(out, "<thead><tr>{}</tr></thead>", cells.concat()).expect(WRITES);
    }
    out.push_str("<tbody>\n");
    for row in &table.rows {
        let cells = row.iter().enumerate().map(|(nth, cell)| match nth {
            0 => format!("<th scope=\"row\">{}</th>", html(cell)),
            _ => format!("<td>{}</td>", html(cell)),
        });
        writeln!(out, "<tr>{}</tr>", cells.collect::<String>()).expect(WRITES);
    }
    out.push_str("</tbody>\n</table>\n");
}

/// Escapes text for HTML content and quoted attributes.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
