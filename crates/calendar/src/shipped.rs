//! The shipped holiday data, as CSV text that [`crate::CalendarBuilder::holidays`] reads.
//! It must stay data: a new decree changes a file here, never code.
//!
//! Columns, found by the header, in any order: `date` (`YYYY-MM-DD`) and `kind` are needed; `weekday`
//! is checked; `name_vi` and `name_en` stand together, `name_lo` beside them; `source`; `confidence`,
//! where `estimated` marks a day that a notice still has to fix; others are passed over.
//!
//! | kind | the day is |
//! |---|---|
//! | `statutory`, `public` | off, made up if it falls on a rest day |
//! | `tet`, `tet_weekend` | off, one of the days around Tết |
//! | `observed` | off in lieu |
//! | `observed_disputed` | off in lieu only by [`disputed_in_lieu`](crate::CalendarBuilder::disputed_in_lieu) |
//! | `women_only`, `women_only_observed` | off only by [`women_only`](crate::CalendarBuilder::women_only) |
//! | `swap_off`, `swap_work` | off or worked only by [`swaps`](crate::CalendarBuilder::swaps) |
//!
//! Lines that begin with `#` state what the file is: `# as-of: DATE`, `# covers: FIRST LAST`, and
//! `# rest: sat sun`, the weekly rest days that its days in lieu were made for (the default). For any
//! other week the days in lieu of the file give way to those of that week.

/// Public holidays of Vietnam, 2015-01-01 to 2030-12-31, with swapped days and disputed rows.
/// Source of every row in its `source` column; 2027 to 2030 are estimates until the yearly notice.
pub const VN_CSV: &str = include_str!("../data/vn.csv");

/// Public holidays of Laos, 2015-01-01 to 2030-12-31, with the days off for women only.
/// Source of every row in its `source` column; 2027 to 2030 are computed.
pub const LA_CSV: &str = include_str!("../data/la.csv");
