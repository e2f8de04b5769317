//! Random calendars around clock changes: laws of the arithmetic, and agreement with a slow oracle
//! that marks every five minutes of working time and knows nothing of the library's walk.

mod agreement;
mod oracle;
mod properties;
