//! The desk: the pages of staff, as typed views with a template each, working without JavaScript.
//! Must not know of the application: handlers fill the views, and read forms back with [`form`].
//!
//! Pages and where their forms go (every form carries a hidden `key`):
//!
//! | page | GET | POST |
//! |---|---|---|
//! | [`view::SignIn`] | `/desk/sign-in` | same: `email`, `password`, `next`; `/desk/sign-out` |
//! | [`view::SetUp`] | `/desk/set-up/{token}` | same: `password`, `again` |
//! | [`view::Queue`] | `/desk/queue?state=&department=&promise=&mine=&q=&after=` | |
//! | [`view::Case`] | `/desk/complaints/{ref}` | `/desk/complaints/{ref}/{shape id}`: `version` and the shape's fields |
//! | [`view::Director`] | `/desk/director` | the same commands, with `back=director` |
//! | [`view::Entry`] | `/desk/new` | same |
//! | [`view::Entered`] | `/desk/complaints/{ref}/entered` | |
//! | [`view::Roster`] | `/desk/duty` | `/desk/duty`, `/desk/duty/{id}/remove` |
//! | [`view::Erasure`] | `/desk/people/{id}/erasure` | same |
//! | [`view::Accounts`] | `/desk/accounts` | `/desk/accounts`, `/desk/accounts/{id}/{disable,reset}` |
//! | [`view::Problem`] | any | |
//!
//! `/desk/language?to=vi&back=/desk/…` changes the language and goes back.

mod assemble;
pub(crate) mod door;
pub mod form;
mod frame;
pub(crate) mod say;
pub mod view;

pub(crate) use frame::encode;
pub use frame::{DeskFrame, Duty, DutyPerson, MenuItem, Place, User};

/// The stylesheet of the desk; it comes after [`crate::components::STYLESHEET`].
pub const STYLESHEET: &str = include_str!("../../assets/desk.css");
/// Where the pages expect [`STYLESHEET`] to be served, as `text/css; charset=utf-8`.
pub const STYLESHEET_PATH: &str = "/assets/desk.css";
/// The optional module that re-counts clocks; without it they stand as rendered.
pub const SCRIPT: &str = include_str!("../../assets/desk.js");
/// Where the pages expect [`SCRIPT`] to be served, as `text/javascript; charset=utf-8`.
pub const SCRIPT_PATH: &str = "/assets/desk.js";

/// The page of a view.
///
/// # Errors
///
/// [`askama::Error`] when a value of the view cannot be written.
pub fn render<V: askama::Template>(view: &V) -> Result<String, askama::Error> {
    view.render()
}
