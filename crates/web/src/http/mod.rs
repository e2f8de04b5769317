//! What all doors share: extractors with readable answers, languages, problems, who asks.

mod ask;
mod cookie;
mod extract;
mod origin;
mod problem;
mod speak;

pub(crate) use ask::{Asker, address_key, bearer};
pub(crate) use cookie::{Cookies, clear_cookie, set_cookie};
pub(crate) use extract::{Path, Query, RawBody, pairs};
pub(crate) use origin::same_origin;
pub(crate) use problem::{ApiError, field_words, refusal_words, status_of};
pub(crate) use speak::Speaks;
