//! The names of the sixty-year cycle, for years, months and days. Must not know the moon.

use std::fmt;

const CAN: [&str; 10] = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"];

const CHI: [&str; 12] =
    ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"];

/// A name of the sixty-part cycle: a stem (*can*) and a branch (*chi*), such as *Giáp Thìn*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CanChi {
    can: usize,
    chi: usize,
}

impl CanChi {
    /// The nth name, *Giáp Tý* being number 0 of each sixty.
    fn nth(can: i32, chi: i32) -> Self {
        let within = |number: i32, of: i32| {
            usize::try_from(number.rem_euclid(of)).expect("a remainder is not negative")
        };
        Self { can: within(can, 10), chi: within(chi, 12) }
    }

    /// Of a lunar year: 1984 is *Giáp Tý*.
    pub(super) fn of_year(year: i16) -> Self {
        Self::nth(i32::from(year) - 4, i32::from(year) - 4)
    }

    /// Of a lunar month: month 1 is always a *Dần*; a leap month shares the name of the one before.
    pub(super) fn of_month(year: i16, month: u8) -> Self {
        let months = i32::from(year) * 12 + i32::from(month);
        Self::nth(months + 3, i32::from(month) + 1)
    }

    /// Of a day, by its Julian day number.
    pub(super) fn of_day(day: i32) -> Self {
        Self::nth(day + 9, day + 1)
    }

    /// The stem, *Giáp* to *Quý*.
    pub fn can(self) -> &'static str {
        CAN[self.can]
    }

    /// The branch, *Tý* to *Hợi*.
    pub fn chi(self) -> &'static str {
        CHI[self.chi]
    }
}

impl fmt::Display for CanChi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.can(), self.chi())
    }
}
