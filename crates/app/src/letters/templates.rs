//! Every template of a pack compiled, its names compared with what its message gives, and rendered
//! with samples: a letter that cannot be written is a problem of the pack, with its place.
//! Must not know what a message is for; `messages/README.md` of the shipped pack tells that.

use jiff::civil::Date;
use minijinja::{Environment, Error, UndefinedBehavior};
use redress_core::{
    kinds::Lang,
    policy::{MESSAGES, MOVES_MESSAGES, Pack, PackFiles, Problem, message_path, parse},
};

use super::{
    Values,
    samples::sample,
    variables::{is_given, variables},
};

/// Reads and checks a pack as [`parse`] does, and its templates besides.
///
/// # Errors
///
/// Every problem at once, ordered by file, line and column.
pub fn parse_pack(files: &PackFiles, today: Date) -> Result<Pack, Vec<Problem>> {
    let read = parse(files, today);
    let mut problems = names(files);
    if let Ok(pack) = &read
        && problems.is_empty()
    {
        problems = rendering(pack);
    }
    match read {
        Ok(pack) if problems.is_empty() => Ok(pack),
        Ok(_) => Err(problems),
        Err(mut others) => {
            others.extend(problems);
            others.sort();
            others.dedup();
            Err(others)
        }
    }
}

/// One of the two parts a template is rendered in, and the lines before it.
struct Part<'t> {
    path: &'t str,
    message: &'t str,
    text: &'t str,
    lines_before: usize,
}

/// The subject and the rest; each is a template of its own.
pub(super) fn parts(source: &str) -> (&str, &str) {
    let first = source.lines().next().unwrap_or_default();
    (first, source.split_once('\n').map_or("", |(_, rest)| rest))
}

/// What does not compile, and every name that its message does not give.
fn names(files: &PackFiles) -> Vec<Problem> {
    each(files, Lang::ALL, |part, environment, problems| {
        let template = match environment.template_from_str(part.text) {
            Ok(template) => template,
            Err(error) => return problems.push(part.fault(&error)),
        };
        let unknown = template.undeclared_variables(true).into_iter();
        let unknown = unknown.filter(|name| {
            !is_given(part.message, name) && !environment.globals().any(|(known, _)| known == name)
        });
        problems.extend(unknown.map(|name| part.unknown(&name)));
    })
}

/// What compiles and still does not render, such as a filter that is not there.
fn rendering(pack: &Pack) -> Vec<Problem> {
    let samples: [Values; 2] = [sample(pack, true), sample(pack, false)];
    each(&pack.files, &pack.policy.languages, |part, environment, problems| {
        for values in &samples {
            if let Err(error) = environment.render_str(part.text, values) {
                problems.push(part.fault(&error));
            }
        }
    })
}

fn each(
    files: &PackFiles,
    languages: &[Lang],
    look: impl Fn(&Part<'_>, &Environment<'_>, &mut Vec<Problem>),
) -> Vec<Problem> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut problems = Vec::new();
    for message in MESSAGES.iter().chain(MOVES_MESSAGES) {
        for lang in languages {
            let path = message_path(message, *lang);
            let Some(source) = files.text(&path) else { continue };
            let (subject, rest) = parts(source);
            for (text, lines_before) in [(subject, 0), (rest, 1)] {
                let part = Part { path: &path, message, text, lines_before };
                look(&part, &environment, &mut problems);
            }
        }
    }
    problems.sort();
    problems.dedup();
    problems
}

impl Part<'_> {
    fn problem(&self, (line, column): (usize, usize), message: String) -> Problem {
        let known = variables(self.message).collect::<Vec<_>>().join(", ");
        Problem {
            file: self.path.to_owned(),
            line: self.lines_before + line,
            column,
            message,
            hint: Some(format!("the message `{}` gives: {known}", self.message)),
        }
    }

    fn unknown(&self, name: &str) -> Problem {
        let place = place_of(self.text, name).unwrap_or((1, 1));
        self.problem(place, format!("`{name}` is not a variable of this message"))
    }

    /// What the engine says, at the line it names and the first tag on it.
    fn fault(&self, error: &Error) -> Problem {
        let line = error.line().unwrap_or(1);
        let text = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let tag = text.find("{%").into_iter().chain(text.find("{{")).min();
        let before = text.get(..tag.unwrap_or(0)).unwrap_or_default();
        let why = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        let message = format!("the template does not work: {why} in `{}`", text.trim());
        self.problem((line, before.chars().count() + 1), message)
    }
}

/// Line and column of a name inside a tag of the template.
fn place_of(text: &str, name: &str) -> Option<(usize, usize)> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let alone = |at: &usize| {
        let (before, from) = (text.get(..*at).unwrap_or(""), text.get(*at..).unwrap_or(""));
        let after = from.get(name.len()..).unwrap_or("");
        let inside =
            before.rfind("{{").max(before.rfind("{%")) > before.rfind("}}").max(before.rfind("%}"));
        inside && !before.ends_with(is_word) && !after.starts_with(is_word)
    };
    let at = text.match_indices(name).map(|(at, _)| at).find(alone)?;
    let before = text.get(..at)?;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Some((before.matches('\n').count() + 1, column))
}

#[cfg(test)]
mod tests {
    use redress_core::policy::shipped_files;

    use super::*;

    fn check(path: &str, old: &str, new: &str) -> Vec<Problem> {
        let mut files = shipped_files();
        let text = files.text(path).expect("it is there").replacen(old, new, 1);
        files.insert(path, text);
        let today = "2026-06-01".parse().expect("a date");
        parse_pack(&files, today).map_or_else(|problems| problems, |_| Vec::new())
    }

    #[test]
    fn the_shipped_pack_names_only_what_its_messages_give() {
        assert_eq!(check("messages/response/vi.txt", "", ""), []);
    }

    #[test]
    fn an_unknown_variable_is_told_with_its_place_and_what_there_is() {
        let found =
            check("messages/response/vi.txt", "\n", "\nxin {{ foo }} và {{ company.nam }}\n");
        let places: Vec<_> = found.iter().map(|p| (p.line, p.column)).collect();
        assert_eq!(places, [(2, 8), (2, 21)]);
        let first = found.first().expect("one");
        assert!(first.message.contains("`foo`"), "{first}");
        assert!(first.hint.as_deref().is_some_and(|hint| hint.contains("objection_until")));
        assert_eq!(first.file, "messages/response/vi.txt");
    }

    #[test]
    fn a_variable_of_another_message_is_unknown_even_where_it_is_seldom_read() {
        let found =
            check("messages/closed/en.txt", "\n", "\n{% if false %}{{ asks }}{% endif %}\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|p| (p.line, p.column) == (2, 18)), "{found:?}");
    }

    #[test]
    fn a_fault_of_syntax_a_filter_and_a_field_have_their_lines() {
        for (bad, column) in [
            ("x {% if %}", 3),
            ("{{ text|shout }}", 1),
            ("{% for r in remedies %}{{ r.no }}{% endfor %}", 1),
        ] {
            let found = check("messages/response/vi.txt", "\n", &format!("\n{bad}\n"));
            let places: Vec<_> = found.iter().map(|p| (p.line, p.column)).collect();
            assert_eq!(places, [(2, column)], "{bad}: {found:?}");
        }
    }
}
