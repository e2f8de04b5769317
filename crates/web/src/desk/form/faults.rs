//! From the registry's faults, which point into the JSON body, to errors beside the form's fields.
//! Must not find faults of its own.

use redress_core::complaint::registry::{Field, FieldKind, Shape};
use redress_core::field::{FieldError, FieldErrors as CoreErrors};
use redress_core::kinds::Lang;
use redress_text::{Arg, t, t_args};

use super::label;
use crate::components::FieldErrors;

/// The errors of a form in words, by field name; what was typed stays with the caller.
pub fn faults(lang: Lang, shape: &Shape, errors: &CoreErrors) -> FieldErrors {
    let mut all = FieldErrors::default();
    for error in errors.iter() {
        let words = words(lang, error);
        let name = field_of(shape, &error.pointer);
        let last = name.rsplit('.').next().unwrap_or_default();
        let label = if last.is_empty() { String::new() } else { t(lang, &label::field(last)) };
        let message = if label.is_empty() { words } else { format!("{label}: {words}") };
        all.add(&name, message);
    }
    all
}

/// What is wrong, in words, without the name of the field.
pub(super) fn words(lang: Lang, error: &FieldError) -> String {
    let args: Vec<(&str, Arg<'_>)> =
        error.args.iter().map(|(name, value)| (*name, Arg::from(value))).collect();
    t_args(lang, &format!("field-error-{}", error.code), &args)
}

/// The field of the form that a JSON Pointer (RFC 6901) of the body means: `/told/at` is
/// `told.at`, `/remedies/1/what` is `remedies.1.what`, `/asks/2` is `asks`.
///
/// What the shape does not know comes back with dots all the same.
pub fn field_of(shape: &Shape, pointer: &str) -> String {
    let parts: Vec<String> =
        pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    let depth = depth(shape.fields, &parts);
    parts.into_iter().take(depth).collect::<Vec<_>>().join(".")
}

/// How many parts of a pointer name a field that has a control of its own.
fn depth(fields: &[Field], parts: &[String]) -> usize {
    let Some((name, rest)) = parts.split_first() else { return 0 };
    match fields.iter().find(|field| field.name == name).map(|field| field.kind) {
        Some(FieldKind::Group(inner)) => 1 + depth(inner, rest),
        Some(FieldKind::Groups(inner)) => match rest.split_first() {
            Some((_, rest)) => 2 + depth(inner, rest),
            None => 1,
        },
        Some(_) => 1,
        None => parts.len(),
    }
}
