//! The instant of a new moon. Must not know days, months or zones.
//!
//! Source: Jean Meeus, *Astronomical Algorithms*, 2nd ed., chapter 49: mean phase, 25 periodic terms
//! and 14 planetary corrections. Within a few seconds of modern ephemerides over 1900 to 2100.
#![expect(clippy::unreadable_literal, reason = "the figures stand as Meeus prints them")]

/// Days of a mean lunation.
pub(super) const LUNATION_DAYS: f64 = 29.530588861;

/// The mean new moon of 6 January 2000, lunation zero, in Julian days (dynamical time).
pub(super) const LUNATION_ZERO: f64 = 2451550.09766;

/// Lunations in a Julian century.
const LUNATIONS_A_CENTURY: f64 = 1236.85;

/// One periodic term: its coefficient in days, the power of E, and the multiples of the Sun's
/// anomaly, the Moon's anomaly, the Moon's argument of latitude and its ascending node.
type Term = (f64, i32, [f64; 4]);

const PERIODIC: [Term; 25] = [
    (-0.40720, 0, [0.0, 1.0, 0.0, 0.0]),
    (0.17241, 1, [1.0, 0.0, 0.0, 0.0]),
    (0.01608, 0, [0.0, 2.0, 0.0, 0.0]),
    (0.01039, 0, [0.0, 0.0, 2.0, 0.0]),
    (0.00739, 1, [-1.0, 1.0, 0.0, 0.0]),
    (-0.00514, 1, [1.0, 1.0, 0.0, 0.0]),
    (0.00208, 2, [2.0, 0.0, 0.0, 0.0]),
    (-0.00111, 0, [0.0, 1.0, -2.0, 0.0]),
    (-0.00057, 0, [0.0, 1.0, 2.0, 0.0]),
    (0.00056, 1, [1.0, 2.0, 0.0, 0.0]),
    (-0.00042, 0, [0.0, 3.0, 0.0, 0.0]),
    (0.00042, 1, [1.0, 0.0, 2.0, 0.0]),
    (0.00038, 1, [1.0, 0.0, -2.0, 0.0]),
    (-0.00024, 1, [-1.0, 2.0, 0.0, 0.0]),
    (-0.00017, 0, [0.0, 0.0, 0.0, 1.0]),
    (-0.00007, 0, [2.0, 1.0, 0.0, 0.0]),
    (0.00004, 0, [0.0, 2.0, -2.0, 0.0]),
    (0.00004, 0, [3.0, 0.0, 0.0, 0.0]),
    (0.00003, 0, [1.0, 1.0, -2.0, 0.0]),
    (0.00003, 0, [0.0, 2.0, 2.0, 0.0]),
    (-0.00003, 0, [1.0, 1.0, 2.0, 0.0]),
    (0.00003, 0, [-1.0, 1.0, 2.0, 0.0]),
    (-0.00002, 0, [-1.0, 1.0, -2.0, 0.0]),
    (-0.00002, 0, [1.0, 3.0, 0.0, 0.0]),
    (0.00002, 0, [0.0, 4.0, 0.0, 0.0]),
];

/// Planetary corrections: coefficient in days, argument at lunation zero and its rate a lunation,
/// in degrees. The first has one more term of its own, see [`new_moon`].
const PLANETARY: [(f64, f64, f64); 14] = [
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
];

/// The new moon of a lunation counted from 6 January 2000, in Julian days of dynamical time (TT).
pub(super) fn new_moon(lunation: i32) -> f64 {
    let k = f64::from(lunation);
    let t = k / LUNATIONS_A_CENTURY;
    let mean = LUNATION_ZERO
        + LUNATION_DAYS * k
        + polynomial(t, [0.00015437, -0.000000150, 0.00000000073]);
    let sun = 2.5534 + 29.10535670 * k + polynomial(t, [-0.0000014, -0.00000011, 0.0]);
    let moon = 201.5643 + 385.81693528 * k + polynomial(t, [0.0107582, 0.00001238, -0.000000058]);
    let latitude =
        160.7108 + 390.67050284 * k + polynomial(t, [-0.0016118, -0.00000227, 0.000000011]);
    let node = 124.7746 - 1.56375588 * k + polynomial(t, [0.0020672, 0.00000215, 0.0]);
    let eccentricity = 1.0 - 0.002516 * t - 0.0000074 * t * t;
    let periodic = PERIODIC.iter().map(|(coefficient, power, multiples)| {
        let arguments = [sun, moon, latitude, node];
        let argument: f64 = multiples.iter().zip(arguments).map(|(by, angle)| by * angle).sum();
        coefficient * eccentricity.powi(*power) * argument.to_radians().sin()
    });
    let planetary = PLANETARY.iter().enumerate().map(|(index, (coefficient, start, rate))| {
        let own = if index == 0 { -0.009173 * t * t } else { 0.0 };
        coefficient * (start + rate * k + own).to_radians().sin()
    });
    mean + periodic.sum::<f64>() + planetary.sum::<f64>()
}

/// The terms of the second to the fourth power.
fn polynomial(t: f64, [square, cube, fourth]: [f64; 3]) -> f64 {
    t * t * (square + t * (cube + t * fourth))
}
