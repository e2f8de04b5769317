//! Parts that several pages show: words, promise clock, rail, message, files, form fields.
//! Must not know of the application: these are values with templates beside them.

mod clock;
mod field;
mod file;
mod frame;
mod message;
mod rail;
mod words;

pub use clock::{Clock, MovedLine, StepLine, state_icon};
pub use field::{FieldError, FieldErrors};
pub use file::{FileItem, KeptFile};
pub use frame::{Company, Frame, PolicyLine, Section};
pub use message::{Message, Side};
pub use rail::{Rail, Stop, StopState};
pub use words::Words;

/// The stylesheet of every page, portal and desk.
pub const STYLESHEET: &str = include_str!("../../assets/redress.css");
/// Where the pages expect [`STYLESHEET`] to be served, as `text/css; charset=utf-8`.
pub const STYLESHEET_PATH: &str = "/assets/redress.css";
