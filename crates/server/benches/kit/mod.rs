//! What some benches of the program share: its binary, an installation filled with whole lives, and
//! the bare loop they are measured against. Must not measure anything itself.

pub(crate) mod bare;
pub(crate) mod fill;

use std::path::Path;

use redress_testkit::bench::Program;

/// The program on this data folder.
pub(crate) fn program(data: &Path) -> Program<'_> {
    Program { binary: Path::new(env!("CARGO_BIN_EXE_redress")), data }
}
