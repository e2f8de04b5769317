//! What only this module sees: how near a new moon is to midnight.

use super::months::{date_of, local_new_moon};

/// A new moon this near to midnight might be dated otherwise by another ephemeris.
const TIE_SECONDS: f64 = 80.0;

#[test]
fn only_the_known_new_moons_are_so_near_to_midnight_that_the_day_is_in_doubt() {
    let mut ties = Vec::new();
    for lunation in -1237..1250 {
        let moon = local_new_moon(lunation) + 0.5;
        if (moon - moon.round()).abs() * 86_400.0 <= TIE_SECONDS {
            #[expect(clippy::cast_possible_truncation, reason = "a Julian day is below 3e6")]
            let midnight = moon.round() as i32;
            ties.push(format!("{} {:+}", date_of(midnight), (moon - moon.round()) * 86_400.0));
        }
    }
    // Midnight, and whether the moon is new before or after it. None touches a holiday.
    let known = [
        ("1944-06-21", '-'),
        ("1967-07-08", '-'),
        ("2054-05-08", '+'),
        ("2072-12-10", '-'),
        ("2077-11-16", '-'),
        ("2085-10-19", '-'),
    ];
    assert_eq!(ties.len(), known.len(), "{ties:?}");
    for (tie, (midnight, side)) in ties.iter().zip(known) {
        assert!(tie.starts_with(&format!("{midnight} {side}")), "{tie}");
    }
}
