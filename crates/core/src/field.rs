//! Faults of fields: every fault of a form at once, each with the place it stands in.
//! Must not word anything for people; codes are text ids `field-error-<code>`.

use crate::plain::TextFault;

/// One field that cannot be taken as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) of the field, `/complainant/phone`.
    pub pointer: String,
    /// What is wrong; text id `field-error-<code>`.
    pub code: &'static str,
    /// Values the text names: bounds, what was typed, what is allowed.
    pub args: Vec<(&'static str, String)>,
}

/// All faults of one form or body, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Notes a fault.
    pub fn add(&mut self, pointer: &str, code: &'static str, args: Vec<(&'static str, String)>) {
        self.0.push(FieldError { pointer: pointer.to_owned(), code, args });
    }

    /// Keeps the value of a good field, notes the fault of a bad one.
    pub fn keep<T>(&mut self, pointer: &str, parsed: Result<T, TextFault>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(fault) => {
                let (code, args) = match fault {
                    TextFault::Missing => ("missing", vec![]),
                    TextFault::TooLong { max, actual } => {
                        ("too-long", vec![("max", max.to_string()), ("actual", actual.to_string())])
                    }
                    TextFault::ControlCharacter => ("control-character", vec![]),
                    TextFault::NotAPhone => ("not-a-phone", vec![]),
                    TextFault::NotAnEmail => ("not-an-email", vec![]),
                };
                self.add(pointer, code, args);
                None
            }
        }
    }

    /// As [`Self::keep`], but an empty field is simply absent.
    pub fn keep_some<T>(&mut self, pointer: &str, parsed: Result<T, TextFault>) -> Option<T> {
        if matches!(parsed, Err(TextFault::Missing)) { None } else { self.keep(pointer, parsed) }
    }

    /// Whether every field was good.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults in order.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }
}
