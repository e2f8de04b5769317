//! The shipped holiday data, as CSV text that [`crate::CalendarBuilder::holidays`] reads.
//! It must stay data: a new decree changes a file here, never code.

/// Public holidays of Vietnam, 2015-01-01 to 2030-12-31, with swapped days and disputed rows.
/// Source of every row in its `source` column; 2027 to 2030 are estimates until the yearly notice.
pub const VN_CSV: &str = include_str!("../data/vn.csv");

/// Public holidays of Laos, 2015-01-01 to 2030-12-31, with the days off for women only.
/// Source of every row in its `source` column; 2027 to 2030 are computed.
pub const LA_CSV: &str = include_str!("../data/la.csv");
