//! The machine's chance: the only place that asks for it. Must not be asked by rules: random bytes
//! travel as values.

/// Fills a buffer with bytes nobody can guess.
pub(crate) fn fill(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("a machine that runs us has a random source");
}
