//! Where the Sun stands, and how far the Earth's clock lags. Must not know days, months or zones.
//!
//! Sources: Jean Meeus, *Astronomical Algorithms*, 2nd ed., chapter 25 (apparent longitude, within
//! 0.01°, which is a quarter of an hour); F. Espenak and J. Meeus, *Polynomial Expressions for
//! Delta T*, NASA 2006 (within two seconds to 2005, an extrapolation after it).
#![expect(clippy::unreadable_literal, reason = "the figures stand as Meeus prints them")]

/// The Julian day of 1 January 2000, 12:00.
const EPOCH_2000: f64 = 2451545.0;

/// The apparent longitude of the Sun in degrees, 0 to 360, at a Julian day of dynamical time.
pub(super) fn longitude(day: f64) -> f64 {
    let t = (day - EPOCH_2000) / 36525.0;
    let mean = 280.46646 + t * (36000.76983 + t * 0.0003032);
    let anomaly = (357.52911 + t * (35999.05029 - t * 0.0001537)).to_radians();
    let centre = (1.914602 - t * (0.004817 + t * 0.000014)) * anomaly.sin()
        + (0.019993 - t * 0.000101) * (2.0 * anomaly).sin()
        + 0.000289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1934.136 * t).to_radians();
    (mean + centre - 0.00569 - 0.00478 * node.sin()).rem_euclid(360.0)
}

/// Seconds by which dynamical time is ahead of universal time in a year with decimals, 1900 to 2150.
pub(super) fn delta_t(year: f64) -> f64 {
    let (origin, coefficients): (f64, &[f64]) = match year {
        ..1920.0 => (1900.0, &[-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197]),
        ..1941.0 => (1920.0, &[21.20, 0.84493, -0.076100, 0.0020936]),
        ..1961.0 => (1950.0, &[29.07, 0.407, -1.0 / 233.0, 1.0 / 2547.0]),
        ..1986.0 => (1975.0, &[45.45, 1.067, -1.0 / 260.0, -1.0 / 718.0]),
        ..2005.0 => (2000.0, &[63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599]),
        ..2050.0 => (2000.0, &[62.92, 0.32217, 0.005589]),
        _ => {
            let century = (year - 1820.0) / 100.0;
            return -20.0 + 32.0 * century * century - 0.5628 * (2150.0 - year);
        }
    };
    let t = year - origin;
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * t + coefficient)
}
