//! Errors of form fields, in the order of the page.
//! Must not word them: messages come translated.

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field, which is also its id on the page.
    pub field: String,
    /// What to do, in words.
    pub message: String,
}

/// All wrong fields of a form, in page order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors {
    /// The errors.
    pub all: Vec<FieldError>,
}

impl FieldErrors {
    /// The message for `field`, if that is wrong.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.all.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// Whether anything is wrong.
    pub fn any(&self) -> bool {
        !self.all.is_empty()
    }

    /// How many fields are wrong.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Adds an error; several of one field keep the first.
    pub fn add(&mut self, field: &str, message: String) {
        if self.of(field).is_none() {
            self.all.push(FieldError { field: field.to_owned(), message });
        }
    }
}
