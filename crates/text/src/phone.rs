//! Telephone numbers as shown to people; input is E.164, as stored.
//! Must not parse what people type: that is the door's work.

/// Ways to cut a national number, by its length without the leading zero.
const MOBILE: &[usize] = &[3, 3, 3];
const LANDLINE_OF_HANOI_OR_SAIGON: &[usize] = &[2, 4, 4];
const LANDLINE: &[usize] = &[3, 4, 3];

/// A telephone number for reading: `+84933269898` is `0933 269 898`; other countries keep `+`.
///
/// The spaces are no-break spaces. Anything that is not E.164 is returned as it is.
pub fn phone(e164: &str) -> String {
    let Some(digits) = digits(e164) else { return e164.to_owned() };
    if let Some(national) = digits.strip_prefix("84") {
        let cut = match (national.len(), national.starts_with("24"), national.starts_with("28")) {
            (9, ..) => MOBILE,
            (10, false, false) => LANDLINE,
            (10, ..) => LANDLINE_OF_HANOI_OR_SAIGON,
            _ => return format!("0{national}"),
        };
        return format!("0{}", pieces(national, cut, "\u{a0}"));
    }
    if let Some(national) = digits.strip_prefix("856") {
        let cut: &[usize] = if national.len() == 10 { &[2, 4, 4] } else { &[2, 3, 3] };
        return format!("+856\u{a0}{}", pieces(national, cut, "\u{a0}"));
    }
    e164.to_owned()
}

/// The hotline as companies print it: `0933.26.98.98` for a Vietnamese mobile number.
pub fn hotline(e164: &str) -> String {
    match digits(e164).and_then(|digits| digits.strip_prefix("84")) {
        Some(national) if national.len() == 9 => {
            format!("0{}", pieces(national, &[3, 2, 2, 2], "."))
        }
        _ => phone(e164),
    }
}

/// A number with its middle hidden, `0933 ••• 898`: enough for its owner, little for others.
pub fn phone_masked(e164: &str) -> String {
    let shown = phone(e164);
    let digits = shown.chars().filter(char::is_ascii_digit).count();
    let hidden = digits.saturating_sub(7).max(3);
    let first = digits.saturating_sub(3 + hidden);
    let mut seen = 0;
    shown
        .chars()
        .map(|letter| {
            if !letter.is_ascii_digit() {
                return letter;
            }
            seen += 1;
            if seen > first && seen <= first + hidden { '•' } else { letter }
        })
        .collect()
}

fn digits(e164: &str) -> Option<&str> {
    let digits = e164.strip_prefix('+')?;
    let good = (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    good.then_some(digits)
}

/// Cuts ASCII `digits` into pieces of the given lengths; a rest makes a last piece.
fn pieces(digits: &str, lengths: &[usize], between: &str) -> String {
    let mut rest = digits;
    let mut cut = vec![];
    for length in lengths {
        if rest.len() <= *length {
            break;
        }
        let (piece, after) = rest.split_at(*length);
        cut.push(piece);
        rest = after;
    }
    cut.push(rest);
    cut.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_read_as_printed() {
        let rows = [
            ("+84933269898", "0933 269 898", "0933.26.98.98"),
            ("+842438251234", "024 3825 1234", "024 3825 1234"),
            ("+842363812345", "0236 3812 345", "0236 3812 345"),
            ("+8562055551234", "+856 20 5555 1234", "+856 20 5555 1234"),
            ("+4930123456", "+4930123456", "+4930123456"),
            ("1234", "1234", "1234"),
        ];
        for (stored, shown, printed) in rows {
            assert_eq!(phone(stored).replace('\u{a0}', " "), shown, "{stored}");
            assert_eq!(hotline(stored).replace('\u{a0}', " "), printed, "{stored}");
        }
    }

    #[test]
    fn a_masked_number_hides_at_least_three_digits() {
        for stored in ["+84933269898", "+842438251234", "+8562055551234", "+4930123456"] {
            let masked = phone_masked(stored);
            assert!(masked.chars().filter(|letter| *letter == '•').count() >= 3, "{masked}");
        }
        assert_eq!(phone_masked("+84933269898"), "0933\u{a0}•••\u{a0}898");
    }
}
