//! One control of a form: from a field of the registry to what a browser shows.
//! Must not read a body back; that is the neighbour's work.

use jiff::Timestamp;
use redress_core::complaint::registry::{Field, FieldKind};

use super::{Choice, Filled, Options, Part, ROWS, label};
use crate::components::Words;

/// One control with its label.
#[derive(Debug, Clone)]
pub struct Control {
    /// Name of the field, `told.at`.
    pub name: String,
    /// Id on the page, `response-told--told-at`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// A word of help; empty for none.
    pub hint: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What it is.
    pub kind: ControlKind,
}

/// What a control is.
#[derive(Debug, Clone)]
pub enum ControlKind {
    /// An `<input>` of this type.
    Input {
        /// `text`, `number`, `date`, `datetime-local`.
        input: &'static str,
        /// What stands in it.
        value: String,
    },
    /// A `<textarea>`.
    Area {
        /// What stands in it.
        value: String,
        /// How many lines it shows.
        rows: u8,
    },
    /// A `<select>`; the first entry is empty.
    Select(Vec<Opt>),
    /// A list of checkboxes.
    Checks(Vec<Opt>),
    /// A file input.
    Files {
        /// Whether it takes several.
        multiple: bool,
        /// Uploaded before, sent again by id.
        kept: Vec<Opt>,
    },
}

/// One entry of a list.
#[derive(Debug, Clone)]
pub struct Opt {
    /// As it is sent.
    pub value: String,
    /// As it is read.
    pub label: String,
    /// Whether it is chosen.
    pub on: bool,
}

/// Id on the page of the field `name` of a form.
pub(super) fn id(shape: &str, name: &str) -> String {
    format!("{shape}--{}", name.replace('.', "-"))
}

/// Makes the controls of one form.
pub(super) struct Maker<'a> {
    pub(super) w: &'a Words,
    pub(super) shape: &'static str,
    pub(super) options: &'a Options,
    pub(super) filled: &'a Filled,
}

impl Maker<'_> {
    /// How many rows a repeated group shows: one more than are filled, at least [`ROWS`].
    pub(super) fn rows(&self, name: &str) -> usize {
        let filled = self.filled.values.iter().filter_map(|(key, _)| {
            let rest = key.strip_prefix(name)?.strip_prefix('.')?;
            rest.split_once('.')?.0.parse::<usize>().ok()
        });
        filled.max().map_or(ROWS, |last| ROWS.max(last.saturating_add(2))).min(50)
    }

    pub(super) fn group(
        &self,
        prefix: &str,
        legend: String,
        optional: bool,
        fields: &[Field],
    ) -> Part {
        let controls = fields.iter().filter_map(|field| self.control(prefix, field)).collect();
        Part { legend: Some(legend), optional, controls }
    }

    /// The control of a field; `None` for a group, which has none of its own.
    pub(super) fn control(&self, prefix: &str, field: &Field) -> Option<Control> {
        let name = format!("{prefix}{}", field.name);
        let kind = self.kind(&name, field)?;
        let hint = label::hint(self.shape, &name).map(|id| self.w.t(id)).unwrap_or_default();
        Some(Control {
            id: id(self.shape, &name),
            label: self.w.t(&label::field(field.name)),
            hint,
            required: field.required,
            error: self.filled.errors.of(&name).map(str::to_owned),
            kind,
            name,
        })
    }

    fn kind(&self, name: &str, field: &Field) -> Option<ControlKind> {
        let o = self.options;
        Some(match field.kind {
            FieldKind::Id("pro") => self.select(name, field, &o.proposals),
            FieldKind::Id("und") => self.select(name, field, &o.undertakings),
            FieldKind::Id("att") => self.select(name, field, &o.attempts),
            FieldKind::Text(_) => ControlKind::Area { value: self.value(name), rows: 4 },
            FieldKind::Lines if name == "scope" => {
                self.checks(name, &self.words("scope", label::SCOPES))
            }
            FieldKind::Lines => ControlKind::Area { value: self.lines(name), rows: 3 },
            FieldKind::Line(_) | FieldKind::Reference | FieldKind::Id(_) => {
                self.input(name, "text")
            }
            FieldKind::Number(..) => self.input(name, "number"),
            FieldKind::Date => self.input(name, "date"),
            FieldKind::Instant => {
                ControlKind::Input { input: "datetime-local", value: self.instant(name) }
            }
            FieldKind::Flag => self.select(name, field, &self.words("flag", &["true", "false"])),
            FieldKind::Choice(words) => self.select(name, field, &self.choices(words)),
            FieldKind::Account if name == "verifier" => self.select(name, field, &o.verifiers),
            FieldKind::Account if name == "decider" => self.select(name, field, &o.deciders),
            FieldKind::Account => self.select(name, field, &o.accounts),
            FieldKind::Department => self.select(name, field, &o.departments),
            FieldKind::Category => self.select(name, field, &o.categories),
            FieldKind::Ground => self.select(name, field, &o.grounds),
            FieldKind::Promise => self.select(name, field, &o.promises),
            FieldKind::Accounts => self.checks(name, &o.accounts),
            FieldKind::Departments => self.checks(name, &o.departments),
            FieldKind::File => ControlKind::Files { multiple: false, kept: self.kept(name) },
            FieldKind::Files => ControlKind::Files { multiple: true, kept: self.kept(name) },
            FieldKind::Group(_) | FieldKind::Groups(_) => return None,
        })
    }

    fn choices(&self, words: &'static [&'static str]) -> Vec<Choice> {
        let Some(group) = label::group_of(words) else { return vec![] };
        let offered = |word: &&&str| {
            let channels = &self.options.channels;
            group != "channel"
                || channels.is_empty()
                || channels.iter().any(|c| c.as_str() == **word)
        };
        let words: Vec<&str> = words.iter().filter(offered).copied().collect();
        self.words(group, &words)
    }

    fn words(&self, group: &str, words: &[&str]) -> Vec<Choice> {
        let label = |word: &&str| Choice::new(*word, self.w.t(&format!("{group}-{word}")));
        words.iter().map(label).collect()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.filled.values.iter().filter(move |(key, _)| key == name).map(|(_, v)| v.as_str())
    }

    fn value(&self, name: &str) -> String {
        self.values(name).next().unwrap_or_default().to_owned()
    }

    fn lines(&self, name: &str) -> String {
        self.values(name).collect::<Vec<_>>().join("\n")
    }

    fn instant(&self, name: &str) -> String {
        let value = self.value(name);
        match value.parse::<Timestamp>() {
            Ok(at) => super::local(at, &self.w.zone),
            Err(_) => value,
        }
    }

    fn input(&self, name: &str, input: &'static str) -> ControlKind {
        ControlKind::Input { input, value: self.value(name) }
    }

    /// A list with an empty entry on top; the only entry of a list that must be filled is chosen.
    fn select(&self, name: &str, field: &Field, choices: &[Choice]) -> ControlKind {
        let mut chosen = self.value(name);
        if let [only] = choices
            && field.required
            && chosen.is_empty()
            && !is_row(name)
        {
            chosen.clone_from(&only.value);
        }
        let empty = if field.required { "desk-choose" } else { "desk-choose-none" };
        let mut options = vec![Opt {
            value: String::new(),
            label: self.w.t(empty),
            on: !choices.iter().any(|choice| choice.value == chosen),
        }];
        options.extend(choices.iter().map(|choice| opt(choice, choice.value == chosen)));
        ControlKind::Select(options)
    }

    fn checks(&self, name: &str, choices: &[Choice]) -> ControlKind {
        let is_on = |choice: &Choice| self.values(name).any(|value| value == choice.value);
        ControlKind::Checks(choices.iter().map(|choice| opt(choice, is_on(choice))).collect())
    }

    fn kept(&self, name: &str) -> Vec<Opt> {
        let mine = self.filled.uploads.iter().filter(|(field, ..)| field == name);
        mine.map(|(_, value, label)| Opt { value: value.clone(), label: label.clone(), on: true })
            .collect()
    }
}

/// Whether `name` lies in a row of a repeated group, which may stay empty as a whole.
fn is_row(name: &str) -> bool {
    name.contains(|letter: char| letter.is_ascii_digit())
}

fn opt(choice: &Choice, on: bool) -> Opt {
    Opt { value: choice.value.clone(), label: choice.label.clone(), on }
}
