//! Spoils good samples: bits, cuts, doublings, splices, extreme numbers, hostile words. The same chance
//! spoils the same way. Must not know what a sample means.

use redress_testkit::Chance;

/// No mutant is longer: what is refused for its length alone is tested elsewhere.
const BYTES_MAX: usize = 64 * 1024;
/// Spoilings of one mutant at most.
const SPOILINGS_MAX: u64 = 4;
/// What programs stumble over.
const HOSTILE: &[&[u8]] = &[
    b"-1",
    b"0",
    b"18446744073709551616",
    b"-9223372036854775808",
    b"1e999",
    b"99999999999999999999999999999999",
    b"9999-12-31",
    b"-9999-01-01T00:00:00Z",
    b"\0",
    b"\r\n\r\n",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    "\u{202e}\u{feff}\u{200d}".as_bytes(),
    "a\u{301}\u{301}\u{301}\u{301}".as_bytes(),
    "ປະເທດລາວ".as_bytes(),
    b"{{ 7 * 7 }}{% for i in range(99999) %}",
    b"%s%n",
    b"../../",
    b"' OR 1=1 --",
    b"\"*\" NEAR(",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"{\"a\":{\"a\":{\"a\":{\"a\":",
    b"<svg onload=alert(1)>",
];

/// A sample, spoilt.
pub(super) fn mutant(chance: &mut Chance, samples: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = chance.one(samples).clone();
    for _ in 0..=chance.below(SPOILINGS_MAX) {
        spoil(chance, &mut bytes, samples);
        bytes.truncate(BYTES_MAX);
    }
    bytes
}

fn spoil(chance: &mut Chance, bytes: &mut Vec<u8>, samples: &[Vec<u8>]) {
    let (from, to) = part(chance, bytes.len());
    match chance.below(8) {
        0 if !bytes.is_empty() => bytes[from.min(to - 1)] ^= 1 << chance.below(8),
        1 => bytes.truncate(from),
        2 => drop(bytes.drain(from..to)),
        3 => {
            let again = bytes[from..to].repeat(1 + place(chance, 8));
            bytes.splice(to..to, again);
        }
        4 => {
            let other = chance.one(samples);
            let (start, end) = part(chance, other.len());
            bytes.splice(from..to, other[start..end].iter().copied());
        }
        5 => replace_number(chance, bytes),
        6 => {
            bytes.splice(from..from, chance.one(HOSTILE).iter().copied());
        }
        _ => {
            bytes.splice(from..to, chance.one(HOSTILE).iter().copied());
        }
    }
}

/// A place below `bound`; 0 where there is none.
fn place(chance: &mut Chance, bound: usize) -> usize {
    let bound = u64::try_from(bound).expect("lengths fit").max(1);
    usize::try_from(chance.below(bound)).expect("it is smaller than a length")
}

/// A part of so many bytes, of at least one where there is one, and mostly a short one.
fn part(chance: &mut Chance, length: usize) -> (usize, usize) {
    let from = place(chance, length);
    let most = if chance.once_in(4) { length - from } else { (length - from).min(24) };
    (from, (from + 1 + place(chance, most)).min(length))
}

/// Puts an extreme in the place of some number.
fn replace_number(chance: &mut Chance, bytes: &mut Vec<u8>) {
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[at - 1].is_ascii_digit()))
        .collect();
    if starts.is_empty() {
        return;
    }
    let from = *chance.one(&starts);
    let digits = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let extremes = &HOSTILE[..6];
    bytes.splice(from..from + digits, chance.one(extremes).iter().copied());
}
