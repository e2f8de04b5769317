//! What a use case says, as a fault of the command line. Must not hide why: sources are told.

use redress_app::AppError;
use redress_core::complaint::Refusal;
use redress_core::field::FieldErrors;
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
            AppError::PictureTooLarge { .. } => Self::no("picture-too-large", error.to_string()),
            AppError::TooManyFields { .. } => Self::no("too-many-fields", error.to_string()),
            AppError::TooManyFiles { .. } => Self::no("too-many-files", error.to_string()),
            AppError::NoRoom => Self::environment("no-room", error.to_string()),
            AppError::FileHeld { .. } => Self::no("file-held", error.to_string()),
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

/// Faults of fields that are flags here: `/department` is `--department`.
pub(crate) fn of_flags(error: AppError) -> Fault {
    match &error {
        AppError::Fields(errors) => told(errors, |pointer| match pointer {
            "/password" => "--password-stdin".to_owned(),
            other => other.replacen('/', "--", 1),
        }),
        _ => error.into(),
    }
}

/// What was not found, by its name; any other fault is told as it is.
pub(crate) fn named(what: &str, name: &str) -> impl Fn(AppError) -> Fault {
    let message = format!("there is no {what} `{name}`");
    move |error| match error {
        AppError::NotFound => Fault::no("not-found", message.as_str()),
        other => other.into(),
    }
}

fn fields(errors: &FieldErrors) -> Fault {
    told(errors, str::to_owned)
}

/// Every fault with its place; the first one's place is the place of the whole.
fn told(errors: &FieldErrors, place: impl Fn(&str) -> String) -> Fault {
    let mut lines = Vec::new();
    let mut first = None;
    for error in errors.iter() {
        let mut line = words(&format!("field-error-{}", error.code), &error.args);
        if let Some((_, allowed)) = error.args.iter().find(|(name, _)| *name == "allowed") {
            line = format!("{line}: {allowed}");
        }
        let at = Some(place(&error.pointer)).filter(|at| !at.is_empty());
        match at {
            Some(at) if lines.is_empty() => first = Some(at),
            Some(at) => line = format!("{at}: {line}"),
            None => {}
        }
        lines.push(line);
    }
    let fault = Fault::no("fields", lines.join("; "));
    match first {
        Some(first) => fault.at(first),
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
