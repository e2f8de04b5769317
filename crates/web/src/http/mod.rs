//! What all doors share: extractors with readable answers, languages, problems, who asks.

mod ask;
mod assets;
mod cookie;
mod extract;
mod form;
mod origin;
mod problem;
mod proxies;
mod speak;

pub(crate) use ask::{Asker, address_key, household};
pub(crate) use assets::routes as assets;
pub(crate) use cookie::{Cookies, clear_cookie, set_cookie};
pub(crate) use extract::{PAIRS_MAX, Path, Query, RawBody, pairs};
pub(crate) use form::{Form, Taken};
pub(crate) use origin::same_origin;
pub(crate) use problem::{ApiError, field_words, log, refusal_words, status_of, words_of};
pub use proxies::{NoProxy, Proxies};
pub(crate) use speak::Speaks;
