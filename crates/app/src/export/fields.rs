//! One line: made field by field, and read field by field. Must not know what a line is for.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use redress_store::{CarriedColumn, CarriedKind, CarriedValue};
use serde_json::{Map, Value};

use super::ImportError;
use crate::secret::{hex, sha256};

/// What comes before the sum of a line.
pub(super) const SUM: &str = ",\"sum\":\"";
/// Digits of the sum.
const SUM_DIGITS: usize = 8;

/// A line in the making.
pub(super) struct Fields(String);

impl Fields {
    /// A line of this kind.
    pub(super) fn of(is: &str) -> Self {
        let mut fields = Self("{\"is\":".to_owned());
        fields.quoted(is);
        fields
    }

    fn quoted(&mut self, text: &str) {
        self.0.push_str(&Value::String(text.to_owned()).to_string());
    }

    fn name(&mut self, name: &str) {
        self.0.push_str(",\"");
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    pub(super) fn text(mut self, name: &str, text: &str) -> Self {
        self.name(name);
        self.quoted(text);
        self
    }

    pub(super) fn maybe(mut self, name: &str, text: Option<&str>) -> Self {
        let Some(text) = text else {
            self.name(name);
            self.0.push_str("null");
            return self;
        };
        self.text(name, text)
    }

    pub(super) fn number(mut self, name: &str, number: impl Into<i128>) -> Self {
        self.name(name);
        self.0.push_str(&number.into().to_string());
        self
    }

    pub(super) fn flag(mut self, name: &str, flag: bool) -> Self {
        self.name(name);
        self.0.push_str(if flag { "true" } else { "false" });
        self
    }

    pub(super) fn bytes(self, name: &str, bytes: &[u8]) -> Self {
        self.text(name, &STANDARD.encode(bytes))
    }

    pub(super) fn instant(self, name: &str, at: Timestamp) -> Self {
        self.text(name, &at.to_string())
    }

    pub(super) fn value(self, name: &str, value: &CarriedValue) -> Self {
        match value {
            CarriedValue::Nothing => self.maybe(name, None),
            CarriedValue::Number(number) => self.number(name, *number),
            CarriedValue::Text(text) => self.text(name, text),
            CarriedValue::Bytes(bytes) => self.bytes(name, bytes),
            CarriedValue::Instant(at) => self.instant(name, *at),
        }
    }

    /// The line with its sum and its end.
    pub(super) fn end(mut self) -> String {
        let sum = sum(self.0.as_bytes());
        self.0.push_str(SUM);
        self.0.push_str(&sum);
        self.0.push_str("\"}\n");
        self.0
    }
}

/// The sum of a line: the first digits of the SHA-256 of what comes before it.
pub(super) fn sum(bytes: &[u8]) -> String {
    let mut sum = hex(&sha256(bytes));
    sum.truncate(SUM_DIGITS);
    sum
}

/// A line that was read.
pub(super) struct Line {
    number: u64,
    bytes: usize,
    fields: Map<String, Value>,
}

impl Line {
    pub(super) const fn new(number: u64, bytes: usize, fields: Map<String, Value>) -> Self {
        Self { number, bytes, fields }
    }

    /// Its number, from 1, and its bytes.
    pub(super) const fn size(&self) -> (u64, usize) {
        (self.number, self.bytes)
    }

    /// What is wrong with it.
    pub(super) fn wrong(&self, what: impl Into<String>) -> ImportError {
        ImportError::Line { line: self.number, what: what.into() }
    }

    fn take(&mut self, name: &str) -> Result<Value, ImportError> {
        let value = self.fields.remove(name);
        value.ok_or_else(|| self.wrong(format!("`{name}` is missing")))
    }

    /// Whether it has this field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    fn not(&self, name: &str, wanted: &str) -> ImportError {
        self.wrong(format!("`{name}` is not {wanted}"))
    }

    pub(super) fn text(&mut self, name: &str) -> Result<String, ImportError> {
        self.maybe(name)?.ok_or_else(|| self.not(name, "a text"))
    }

    pub(super) fn maybe(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        match self.take(name)? {
            Value::String(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Err(self.not(name, "a text"))
            }
        }
    }

    pub(super) fn number(&mut self, name: &str) -> Result<i64, ImportError> {
        self.take(name)?.as_i64().ok_or_else(|| self.not(name, "a whole number"))
    }

    pub(super) fn count(&mut self, name: &str) -> Result<u64, ImportError> {
        u64::try_from(self.number(name)?).map_err(|_| self.not(name, "a count"))
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<bool, ImportError> {
        self.take(name)?.as_bool().ok_or_else(|| self.not(name, "true or false"))
    }

    pub(super) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, ImportError> {
        let text = self.text(name)?;
        STANDARD.decode(text).map_err(|_| self.not(name, "base64"))
    }

    pub(super) fn maybe_bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(text) = self.maybe(name)? else { return Ok(None) };
        STANDARD.decode(text).map(Some).map_err(|_| self.not(name, "base64"))
    }

    pub(super) fn instant(&mut self, name: &str) -> Result<Timestamp, ImportError> {
        let text = self.text(name)?;
        text.parse().map_err(|_| self.not(name, "an instant, 2026-02-13T09:00:00Z"))
    }

    pub(super) fn value(&mut self, column: &CarriedColumn) -> Result<CarriedValue, ImportError> {
        let name = column.name;
        Ok(match column.kind {
            CarriedKind::Text => CarriedValue::Text(self.text(name)?),
            CarriedKind::MaybeText => {
                self.maybe(name)?.map_or(CarriedValue::Nothing, CarriedValue::Text)
            }
            CarriedKind::Number => CarriedValue::Number(self.number(name)?),
            CarriedKind::Bytes => CarriedValue::Bytes(self.bytes(name)?),
            CarriedKind::MaybeInstant if self.fields.get(name).is_some_and(Value::is_null) => {
                self.fields.remove(name);
                CarriedValue::Nothing
            }
            CarriedKind::Instant | CarriedKind::MaybeInstant => {
                CarriedValue::Instant(self.instant(name)?)
            }
        })
    }

    /// Refuses fields that nobody asked for.
    pub(super) fn end(self) -> Result<(), ImportError> {
        match self.fields.keys().next() {
            None => Ok(()),
            Some(name) => Err(self.wrong(format!("`{name}` is no field of such a line"))),
        }
    }
}
