//! What a use case says, as a fault of the command line. Must not hide why: sources are told.

use redress_app::AppError;
use redress_core::complaint::Refusal;
use redress_core::field::{FieldError, FieldErrors};
use redress_core::kinds::Lang;
use redress_text::Arg;

use crate::fault::Fault;
use crate::install::chain;

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        match &error {
            AppError::Refused(refusal) => refused(refusal),
            AppError::Fields(errors) => fields(errors),
            AppError::Malformed { .. } => Self::no("malformed", error.to_string()),
            AppError::NotFound => Self::no("not-found", error.to_string()),
            AppError::Forbidden => Self::no("not-permitted", error.to_string()),
            AppError::Unauthorized => Self::no("not-signed-in", error.to_string()),
            AppError::Moved { .. } => Self::no("moved", error.to_string()),
            AppError::KeyReused | AppError::KeyUnfit => Self::no("key", error.to_string()),
            AppError::TooLarge { .. } => Self::no("too-large", error.to_string()),
            AppError::EmptyFile => Self::no("empty-file", error.to_string()),
            AppError::TooMany { .. } => Self::no("too-many", error.to_string()),
            AppError::Taken { .. } => Self::no("taken", error.to_string()),
            AppError::DiskFull => Self::environment("disk-full", error.to_string()),
            AppError::Unknown => Self::environment("unknown-outcome", error.to_string()),
            AppError::Store(_) | AppError::Codec(_) => Self::environment("store", chain(&error)),
            AppError::Io(_) | AppError::Broken { .. } => Self::environment("failed", chain(&error)),
        }
    }
}

fn refused(refusal: &Refusal) -> Fault {
    let code = refusal.code.as_str();
    let message = words(&format!("refusal-{code}"), &refusal.args);
    Fault::no("refused", format!("{message} ({code})")).at(refusal.rule)
}

fn fields(errors: &FieldErrors) -> Fault {
    let line = |error: &FieldError| {
        format!("{}: {}", error.pointer, words(&format!("field-error-{}", error.code), &error.args))
    };
    let lines: Vec<String> = errors.iter().map(line).collect();
    let fault = Fault::no("fields", lines.join("; "));
    match errors.iter().next() {
        Some(first) => fault.at(first.pointer.as_str()),
        None => fault,
    }
}

/// The English text with its values; a text that is not there yet shows its id and its values.
fn words(id: &str, args: &[(&'static str, String)]) -> String {
    let given: Vec<(&str, Arg<'_>)> =
        args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    let text = redress_text::t_args(Lang::En, id, &given);
    if text != id || args.is_empty() {
        return text;
    }
    let pairs: Vec<String> = args.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{id} ({})", pairs.join(", "))
}
