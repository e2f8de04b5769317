//! Repeatable chance: the same seed gives the same moves on every machine.

/// A small generator (`SplitMix64`); for tests, never for secrets.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Chance from a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is at least 1.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// True once in `n` times.
    pub const fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of `from`.
    ///
    /// # Panics
    ///
    /// When `from` is empty.
    pub fn one<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        let count = u64::try_from(from.len()).expect("a slice fits in 64 bits");
        let place = usize::try_from(self.below(count)).expect("smaller than the slice");
        from.get(place).expect("smaller than the slice")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let (mut one, mut other) = (Chance::new(7), Chance::new(7));
        for bound in 1..50 {
            let drawn = one.below(bound);
            assert!(drawn < bound);
            assert_eq!(drawn, other.below(bound));
        }
    }
}
