//! The message bundles: Fluent files compiled into the program, one bundle a language.
//! Must not fall back from one language to another: a missing text is a bug that a test finds.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use redress_core::kinds::Lang;
use unic_langid::LanguageIdentifier;

use crate::number;

/// How many Fluent files a language has.
const FILES: usize = 10;

/// The Fluent files of each language in the same order; `~` stands for a no-break space.
pub(crate) const SOURCES: [(Lang, [&str; FILES]); 3] = [
    (
        Lang::Vi,
        [
            include_str!("../locales/vi/format.ftl"),
            include_str!("../locales/vi/words.ftl"),
            include_str!("../locales/vi/portal.ftl"),
            include_str!("../locales/vi/errors.ftl"),
            include_str!("../locales/vi/api.ftl"),
            include_str!("../locales/vi/desk.ftl"),
            include_str!("../locales/vi/events.ftl"),
            include_str!("../locales/vi/door.ftl"),
            include_str!("../locales/vi/undertakings.ftl"),
            include_str!("../locales/vi/verify.ftl"),
        ],
    ),
    (
        Lang::En,
        [
            include_str!("../locales/en/format.ftl"),
            include_str!("../locales/en/words.ftl"),
            include_str!("../locales/en/portal.ftl"),
            include_str!("../locales/en/errors.ftl"),
            include_str!("../locales/en/api.ftl"),
            include_str!("../locales/en/desk.ftl"),
            include_str!("../locales/en/events.ftl"),
            include_str!("../locales/en/door.ftl"),
            include_str!("../locales/en/undertakings.ftl"),
            include_str!("../locales/en/verify.ftl"),
        ],
    ),
    (
        Lang::Lo,
        [
            include_str!("../locales/lo/format.ftl"),
            include_str!("../locales/lo/words.ftl"),
            include_str!("../locales/lo/portal.ftl"),
            include_str!("../locales/lo/errors.ftl"),
            include_str!("../locales/lo/api.ftl"),
            include_str!("../locales/lo/desk.ftl"),
            include_str!("../locales/lo/events.ftl"),
            include_str!("../locales/lo/door.ftl"),
            include_str!("../locales/lo/undertakings.ftl"),
            include_str!("../locales/lo/verify.ftl"),
        ],
    ),
];

/// A value put into a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Words, put in as they are.
    Text(Cow<'a, str>),
    /// A whole number: grouped as the language does, and able to choose a plural.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&&'a str> for Arg<'a> {
    fn from(text: &&'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(
            impl From<$number> for Arg<'_> {
                /// Numbers beyond `i64::MAX` are shown as that.
                fn from(number: $number) -> Self {
                    Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
                }
            }

            impl From<&$number> for Arg<'_> {
                fn from(number: &$number) -> Self {
                    Self::from(*number)
                }
            }
        )+
    };
}

numbers!(i32, i64, u8, u16, u32, u64, usize);

/// The text `id` in `lang`.
///
/// An id that does not exist gives the id itself, so that a page still opens; the tests of this
/// crate read every source of the pages and fail on such an id.
pub fn t(lang: Lang, id: &str) -> String {
    t_args(lang, id, &[])
}

/// The text `id` in `lang` with its values filled in; see [`t`] for unknown ids.
///
/// A value that is missing shows as `{$name}`.
pub fn t_args(lang: Lang, id: &str, args: &[(&str, Arg<'_>)]) -> String {
    let bundle = bundle(lang);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        let value = match arg {
            Arg::Text(text) => FluentValue::String(Cow::Borrowed(text.as_ref())),
            Arg::Number(number) => FluentValue::from(*number),
        };
        values.set(*name, value);
    }
    let mut problems = vec![];
    bundle.format_pattern(pattern, Some(&values), &mut problems).into_owned()
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Lang) -> &'static Bundle {
    static VI: LazyLock<Bundle> = LazyLock::new(|| build(Lang::Vi));
    static EN: LazyLock<Bundle> = LazyLock::new(|| build(Lang::En));
    static LO: LazyLock<Bundle> = LazyLock::new(|| build(Lang::Lo));
    match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
        Lang::Lo => &LO,
    }
}

fn build(lang: Lang) -> Bundle {
    let id: LanguageIdentifier =
        lang.as_str().parse().expect("the three language tags are well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => number_with_comma,
        Lang::Vi | Lang::Lo => number_with_point,
    }));
    for source in sources(lang) {
        // A file with a fault, or an id that stands twice, is found by the tests of this crate; at
        // run time whatever can be read is used.
        let resource = FluentResource::try_new(source.replace('~', "\u{a0}"))
            .unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

pub(crate) fn sources(lang: Lang) -> [&'static str; FILES] {
    let [vi, en, lo] = SOURCES;
    match lang {
        Lang::Vi => vi.1,
        Lang::En => en.1,
        Lang::Lo => lo.1,
    }
}

fn number_with_comma<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(Lang::En, value)
}

fn number_with_point<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(Lang::Vi, value)
}

fn grouped(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole: i64 = number.as_string().parse().ok()?;
    Some(number::number(lang, whole))
}
