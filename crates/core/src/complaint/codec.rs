//! Stored form of events: `facts` and `words` as exact JSON texts, a name and a schema number.
//! Must not change what was written: history is appended to, decoding only grows.
//!
//! Payload types are declared once by `payloads!` and are the stored contract themselves, kept by
//! golden files; the folded state is another type and free to change.

use super::event::Event;

/// An event in its stored form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// `complaint.opened`.
    pub name: &'static str,
    /// Schema number of the payload, from 1.
    pub schema: u32,
    /// Ids, codes, instants: kept for ever.
    pub facts: String,
    /// Everything personal: erasable.
    pub words: Option<String>,
}

/// A stored event that this program cannot read.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// A name or schema number of a newer program, or none at all.
    #[error("no event is called `{name}` with schema {schema}; was it written by a newer version?")]
    Unknown {
        /// Its name.
        name: String,
        /// Its schema number.
        schema: u32,
    },
    /// A payload that does not fit its schema.
    #[error("the payload of `{name}` (schema {schema}) does not fit")]
    Payload {
        /// Its name.
        name: String,
        /// Its schema number.
        schema: u32,
        /// What the reader said.
        source: serde_json::Error,
    },
}

/// What every payload says about itself.
pub(crate) trait Payload: Sized {
    /// The stored name, `complaint.opened`.
    const NAME: &'static str;
    /// Schema number, from 1.
    const SCHEMA: u32;

    /// The stored form.
    fn encode(&self) -> Encoded;

    /// Reads the stored form; `words` is `None` for events without, or once erased.
    fn decode(facts: &str, words: Option<&str>) -> Result<Self, serde_json::Error>;
}

/// Declares payloads: a struct for the facts of each, one for its words, and their stored form.
macro_rules! payloads {
    ($(
        $(#[$doc:meta])*
        $name:ident = $stored:literal v $schema:literal {
            $($(#[$fdoc:meta])* $field:ident : $type:ty,)*
        } $(+ $words:ident {
            $($(#[$wdoc:meta])* $wfield:ident : $wtype:ty,)*
        })?
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
            $(
                /// What is personal; `None` once erased.
                #[serde(skip)]
                pub words: Option<$words>,
            )?
        }

        $(
            /// The personal part of the event of the same name.
            #[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
            pub struct $words {
                $($(#[$wdoc])* pub $wfield: $wtype,)*
            }
        )?

        impl $crate::complaint::codec::Payload for $name {
            const NAME: &'static str = $stored;
            const SCHEMA: u32 = $schema;

            fn encode(&self) -> $crate::complaint::codec::Encoded {
                $crate::complaint::codec::Encoded {
                    name: Self::NAME,
                    schema: Self::SCHEMA,
                    facts: serde_json::to_string(self).expect("facts are plain values"),
                    words: payloads!(@encode self $($words)?),
                }
            }

            fn decode(facts: &str, words: Option<&str>) -> Result<Self, serde_json::Error> {
                payloads!(@decode facts words $($words)?)
            }
        }
    )+};
    (@encode $event:ident $words:ident) => {
        $event.words.as_ref().map(|words| serde_json::to_string(words).expect("words are plain values"))
    };
    (@encode $event:ident) => { None };
    (@decode $facts:ident $text:ident $words:ident) => {{
        let mut event: Self = serde_json::from_str($facts)?;
        event.words = $text.map(serde_json::from_str::<$words>).transpose()?;
        Ok(event)
    }};
    (@decode $facts:ident $text:ident) => {{
        let _none = $text;
        serde_json::from_str($facts)
    }};
}

/// Declares the events: the enum of all payloads, and their stored form.
macro_rules! events {
    ($($name:ident,)+) => {
        /// Everything that can happen.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(
            clippy::large_enum_variant,
            reason = "the largest opens a complaint: one of some thirty; boxes would blur every match"
        )]
        pub enum Event {
            $(#[doc = concat!("See [`", stringify!($name), "`](struct@", stringify!($name), ").")] $name($name),)+
        }

        $(impl From<$name> for Event {
            fn from(event: $name) -> Self {
                Self::$name(event)
            }
        })+

        impl Event {
            /// Every name with its schema number, in the order of declaration.
            pub const NAMES: &'static [(&'static str, u32)] = &[$((
                <$name as $crate::complaint::codec::Payload>::NAME,
                <$name as $crate::complaint::codec::Payload>::SCHEMA,
            ),)+];

            /// The stored name, `complaint.opened`.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => <$name as $crate::complaint::codec::Payload>::NAME,)+ }
            }

            /// The stored form.
            ///
            /// # Panics
            ///
            /// Never: payloads hold nothing that JSON cannot.
            pub fn encode(&self) -> $crate::complaint::codec::Encoded {
                match self { $(Self::$name(event) => $crate::complaint::codec::Payload::encode(event),)+ }
            }

            /// Reads the stored form; `words` is `None` for events without, or once erased.
            ///
            /// # Errors
            ///
            /// [`CodecError`](crate::complaint::codec::CodecError) for names and payloads of another program.
            pub fn decode(
                name: &str,
                schema: u32,
                facts: &str,
                words: Option<&str>,
            ) -> Result<Self, $crate::complaint::codec::CodecError> {
                use $crate::complaint::codec::{CodecError, Payload};
                let read = match (name, schema) {
                    $((<$name as Payload>::NAME, <$name as Payload>::SCHEMA) => {
                        <$name as Payload>::decode(facts, words).map(Self::$name)
                    })+
                    _ => return Err(CodecError::Unknown { name: name.to_owned(), schema }),
                };
                read.map_err(|source| CodecError::Payload { name: name.to_owned(), schema, source })
            }
        }
    };
}

pub(crate) use {events, payloads};

/// Reads back what [`Event::encode`] wrote; for tests and tools.
///
/// # Errors
///
/// As [`Event::decode`].
pub fn decode(encoded: &Encoded) -> Result<Event, CodecError> {
    Event::decode(encoded.name, encoded.schema, &encoded.facts, encoded.words.as_deref())
}
