//! Changes to a text that somebody could make by accident or on purpose, drawn by number.

/// A generator of numbers (`SplitMix64`): the same seed draws the same changes for ever, in this
/// program and in those that referee it.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }
}

/// One change of `text`; `other` is another text of the same kind, to take lines from.
pub(crate) fn mutate(text: &str, other: &str, numbers: &mut Numbers) -> Vec<u8> {
    const BYTES: &[u8] = b"AZaz09+/= \n\r\t\"{}:,\x00\xC3\xFF";
    let mut bytes = text.as_bytes().to_vec();
    let at = numbers.below(bytes.len());
    let byte = BYTES[numbers.below(BYTES.len())];
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let others: Vec<&str> = other.split_inclusive('\n').collect();
    let line = numbers.below(lines.len());
    match numbers.below(10) {
        0 => bytes[at] ^= 1 << numbers.below(8),
        1 => bytes[at] = byte,
        2 => bytes.insert(at, byte),
        3 => drop(bytes.remove(at)),
        4 => bytes.truncate(at),
        5 => bytes.swap(at, (at + 1) % text.len()),
        6 => drop(lines.remove(line)),
        7 => lines.insert(line, lines[numbers.below(lines.len())]),
        8 => lines[line] = others[line.min(others.len() - 1)],
        _ => lines.swap(line, numbers.below(text.split_inclusive('\n').count())),
    }
    let joined = lines.concat().into_bytes();
    if joined == text.as_bytes() { bytes } else { joined }
}
