//! Values, statements and result lines, the same for every engine.
//! Must not name an engine.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::error::{NEVER, StoreError, micros, micros_or_never};

/// One value of the portable subset. Values of a statement are borrowed from what it stores; those
/// of a result own what they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Val<'a> {
    Null,
    Int(i64),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
}

impl Val<'_> {
    /// The same value, borrowing nothing.
    pub(crate) fn into_owned(self) -> Val<'static> {
        match self {
            Self::Null => Val::Null,
            Self::Int(value) => Val::Int(value),
            Self::Text(value) => Val::Text(value.into_owned().into()),
            Self::Bytes(value) => Val::Bytes(value.into_owned().into()),
        }
    }
}

impl From<i64> for Val<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u64> for Val<'_> {
    /// Positions, versions and sizes; none reaches 2^63.
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).expect("positions and versions stay below 2^63"))
    }
}

impl From<bool> for Val<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl<'a> From<&'a str> for Val<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value.into())
    }
}

impl<'a> From<&'a String> for Val<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value.into())
    }
}

impl From<String> for Val<'_> {
    fn from(value: String) -> Self {
        Self::Text(value.into())
    }
}

impl<'a> From<&'a [u8]> for Val<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value.into())
    }
}

impl<'a> From<&'a Vec<u8>> for Val<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Bytes(value.into())
    }
}

impl From<Vec<u8>> for Val<'_> {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value.into())
    }
}

impl From<Timestamp> for Val<'_> {
    fn from(value: Timestamp) -> Self {
        Self::Int(micros(value))
    }
}

impl From<Option<Timestamp>> for Val<'_> {
    /// A missing instant is the far future.
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(micros_or_never(value))
    }
}

impl<'a> From<Option<&'a String>> for Val<'a> {
    fn from(value: Option<&'a String>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

/// A statement with its parameters: `$1` is `params[0]`.
#[derive(Debug, Clone)]
pub(crate) struct Statement<'a> {
    pub(crate) sql: Cow<'static, str>,
    pub(crate) params: Vec<Val<'a>>,
}

/// Builds a [`Statement`]: `stmt!(SQL; a, b, c)`.
macro_rules! stmt {
    ($sql:expr; $($param:expr),* $(,)?) => {
        $crate::value::Statement {
            sql: ::std::borrow::Cow::from($sql),
            params: vec![$($crate::value::Val::from($param)),*],
        }
    };
}
pub(crate) use stmt;

/// Builds a [`Statement`] that owns its values, as those must that a reader on another thread is
/// asked: `question!(SQL; a, b, c)`.
macro_rules! question {
    ($sql:expr; $($param:expr),* $(,)?) => {
        $crate::value::Statement {
            sql: ::std::borrow::Cow::from($sql),
            params: vec![$($crate::value::Val::from($param).into_owned()),*],
        }
    };
}
pub(crate) use question;

/// Declares statements as constants and lists them, so that a test can ask for each one's plan.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// Every statement of this module, by name.
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// One line of a result, read column by column in order.
#[derive(Debug)]
pub(crate) struct Line {
    values: std::vec::IntoIter<Val<'static>>,
    read: usize,
}

impl Line {
    pub(crate) fn new(values: Vec<Val<'static>>) -> Self {
        Self { values: values.into_iter(), read: 0 }
    }

    /// The next value, whatever it is.
    pub(crate) fn any(&mut self) -> Result<Val<'static>, StoreError> {
        self.read += 1;
        self.values
            .next()
            .ok_or_else(|| StoreError::Corrupt { what: format!("column {} is missing", self.read) })
    }

    fn wrong<T>(&self, wanted: &str) -> Result<T, StoreError> {
        Err(StoreError::Corrupt { what: format!("column {} is not {wanted}", self.read) })
    }

    pub(crate) fn int(&mut self) -> Result<i64, StoreError> {
        match self.any()? {
            Val::Int(value) => Ok(value),
            Val::Null | Val::Text(_) | Val::Bytes(_) => self.wrong("a number"),
        }
    }

    pub(crate) fn count(&mut self) -> Result<u64, StoreError> {
        u64::try_from(self.int()?).or_else(|_| self.wrong("a count"))
    }

    pub(crate) fn flag(&mut self) -> Result<bool, StoreError> {
        Ok(self.int()? != 0)
    }

    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        match self.any()? {
            Val::Text(value) => Ok(value.into_owned()),
            Val::Null | Val::Int(_) | Val::Bytes(_) => self.wrong("a text"),
        }
    }

    pub(crate) fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.any()? {
            Val::Text(value) => Ok(Some(value.into_owned())),
            Val::Null => Ok(None),
            Val::Int(_) | Val::Bytes(_) => self.wrong("a text or nothing"),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        match self.any()? {
            Val::Bytes(value) => Ok(value.into_owned()),
            Val::Null | Val::Int(_) | Val::Text(_) => self.wrong("bytes"),
        }
    }

    pub(crate) fn maybe_bytes(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        match self.any()? {
            Val::Bytes(value) => Ok(Some(value.into_owned())),
            Val::Null => Ok(None),
            Val::Int(_) | Val::Text(_) => self.wrong("bytes or nothing"),
        }
    }

    pub(crate) fn instant(&mut self) -> Result<Timestamp, StoreError> {
        let value = self.int()?;
        Timestamp::from_microsecond(value).or_else(|_| self.wrong("an instant"))
    }

    pub(crate) fn maybe_instant(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let value = self.int()?;
        if value == NEVER {
            return Ok(None);
        }
        Timestamp::from_microsecond(value).map(Some).or_else(|_| self.wrong("an instant"))
    }
}
