//! The written form of amounts, both ways.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::{Amount, AmountError};

fn check(text: &str, amount: Amount, printed: &str) {
    assert_eq!(text.parse(), Ok(amount), "{text}");
    assert_eq!(amount.to_string(), printed, "{text}");
}

#[test]
fn every_form_is_read_and_written() {
    let minutes = SignedDuration::from_mins;
    check("PT3H", Amount::Elapsed(minutes(180)), "PT3H");
    check("PT72H", Amount::Elapsed(minutes(72 * 60)), "PT72H");
    check("PT60M", Amount::Elapsed(minutes(60)), "PT1H");
    check("PT1H30M", Amount::Elapsed(minutes(90)), "PT1H30M");
    check("PT90S", Amount::Elapsed(SignedDuration::from_secs(90)), "PT1M30S");
    check("PT0.25S", Amount::Elapsed(SignedDuration::from_millis(250)), "PT0.25S");
    check("-PT3H", Amount::Elapsed(minutes(-180)), "-PT3H");
    check("PT0S", Amount::Elapsed(SignedDuration::ZERO), "PT0H");
    check("PT3H working", Amount::WorkingTime(minutes(180)), "PT3H working");
    check("-PT3H working", Amount::WorkingTime(minutes(-180)), "-PT3H working");
    check("3d", Amount::CalendarDays { days: 3, roll: false }, "3d");
    check("3d roll", Amount::CalendarDays { days: 3, roll: true }, "3d roll");
    check("-3d", Amount::CalendarDays { days: -3, roll: false }, "-3d");
    check("-3d roll", Amount::CalendarDays { days: -3, roll: true }, "-3d roll");
    check("7wd", Amount::WorkingDays(7), "7wd");
    check("-2wd", Amount::WorkingDays(-2), "-2wd");
    check("-0wd", Amount::WorkingDays(0), "0wd");
    check("-2147483648d", Amount::CalendarDays { days: i32::MIN, roll: false }, "-2147483648d");
}

#[test]
fn anything_else_is_refused_with_its_text() {
    let texts = [
        "",
        "-",
        "3",
        "d",
        "wd",
        "3 d",
        "+3d",
        "3D",
        "3days",
        "--3d",
        "3wd roll",
        "3.5d",
        "３d",
        "PT",
        "P1D",
        "PT3",
        "3H",
        "PTH",
        "PT3H3H",
        "PT3M3H",
        "PT3H  working",
        "PT3Hworking",
        "pt3h",
        "PT1.5H",
        "PT1.S",
        "PT.5S",
        "PT1.1234567890S",
        "PT+3H",
        "PT-3H",
        "PT3H roll",
        " 3d",
        "3d ",
    ];
    for text in texts {
        let expected = AmountError::Form { text: text.to_owned() };
        assert_eq!(text.parse::<Amount>(), Err(expected), "{text:?}");
    }
    for text in ["2147483648d", "99999999999999999999wd", "PT9999999999999999H"] {
        let expected = AmountError::TooLarge { text: text.to_owned() };
        assert_eq!(text.parse::<Amount>(), Err(expected), "{text:?}");
    }
}

#[test]
fn only_day_counts_end_at_midnight_and_only_forward_is_positive() {
    let table = [
        ("PT3H", false, true),
        ("PT3H working", false, true),
        ("3d roll", true, true),
        ("7wd", true, true),
        ("0wd", true, false),
        ("-PT1S", false, false),
        ("-1d", true, false),
    ];
    for (text, in_days, positive) in table {
        let amount: Amount = text.parse().unwrap();
        assert_eq!((amount.is_counted_in_days(), amount.is_positive()), (in_days, positive));
    }
}

fn amounts() -> impl Strategy<Value = Amount> {
    let time = (any::<i64>(), -999_999_999..=999_999_999_i32)
        .prop_map(|(seconds, nanos)| SignedDuration::new(seconds / 2, nanos));
    prop_oneof![
        time.clone().prop_map(Amount::Elapsed),
        time.prop_map(Amount::WorkingTime),
        (any::<i32>(), any::<bool>()).prop_map(|(days, roll)| Amount::CalendarDays { days, roll }),
        any::<i32>().prop_map(Amount::WorkingDays),
    ]
}

proptest! {
    #[test]
    fn a_written_amount_reads_back_the_same(amount in amounts()) {
        prop_assert_eq!(amount.to_string().parse(), Ok(amount));
    }

    #[test]
    fn no_text_is_read_with_a_crash(text in "[-+]?(PT)?[0-9.HMSwd rol]{0,12}") {
        if let Ok(amount) = text.parse::<Amount>() {
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
        }
    }
}
