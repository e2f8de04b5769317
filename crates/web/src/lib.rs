//! HTTP and HTML: portal, desk, API.
//!
//! Handlers translate and nothing else: parse, run, answer. Must not name a database or a vendor.

mod api;
pub mod components;
pub mod desk;
mod http;
pub mod portal;
mod site;

pub use http::{NoProxy, Proxies};
pub use site::{Site, SiteSettings, router};
