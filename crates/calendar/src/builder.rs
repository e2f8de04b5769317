//! Puts a calendar together: week, holidays, swapped days, shifts. Must not compute terms.
//!
//! Order never matters. Where a date has several sayings, a shift beats a swap, a swap beats a
//! holiday, a holiday beats the week.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::calendar::{Calendar, CalendarId, Exception, Table};
use crate::day::{DayKind, DayName};
use crate::error::CalendarError;
use crate::holidays::{Holidays, Row, RowKind};
use crate::hours::{Hours, Week};
use crate::in_lieu;
use crate::rules::Country;
use crate::shifts::{self, Shift};

/// The shipped calendar of Vietnam, `vn`: Monday to Friday, 08:00–12:00 and 13:00–17:00, no swaps.
pub fn vietnam() -> CalendarBuilder {
    Calendar::builder("vn").zone("Asia/Ho_Chi_Minh").holidays(crate::shipped::VN_CSV)
}

/// The shipped calendar of Laos, `la`: the same week; days off for women only are worked.
pub fn laos() -> CalendarBuilder {
    Calendar::builder("la").zone("Asia/Vientiane").holidays(crate::shipped::LA_CSV)
}

/// Settings of a calendar to be built. Defaults: zone `Asia/Ho_Chi_Minh`, [`Week::mon_fri`], no
/// holidays, no swaps, disputed and women-only days worked.
#[derive(Clone, Debug)]
pub struct CalendarBuilder {
    name: String,
    zone: String,
    week: Week,
    csv: Option<Arc<str>>,
    dates: BTreeMap<Date, Option<DayName>>,
    shifts: Vec<Shift>,
    shifts_csv: Option<Arc<str>>,
    swaps: bool,
    disputed_in_lieu: bool,
    women_only: bool,
    covers: Option<(Date, Date)>,
    as_of: Option<Date>,
    estimates: Option<(Country, i16)>,
}

impl CalendarBuilder {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            zone: "Asia/Ho_Chi_Minh".to_owned(),
            week: Week::mon_fri(),
            csv: None,
            dates: BTreeMap::new(),
            shifts: Vec::new(),
            shifts_csv: None,
            swaps: false,
            disputed_in_lieu: false,
            women_only: false,
            covers: None,
            as_of: None,
            estimates: None,
        }
    }

    /// The zone by its IANA name.
    #[must_use]
    pub fn zone(mut self, name: &str) -> Self {
        name.clone_into(&mut self.zone);
        self
    }

    /// The ordinary week.
    #[must_use]
    pub fn week(mut self, week: Week) -> Self {
        self.week = week;
        self
    }

    /// Holidays as CSV text (see [`crate::shipped`] for the columns), read by [`Self::build`].
    /// Replaces an earlier text.
    #[must_use]
    pub fn holidays(mut self, csv: &str) -> Self {
        self.csv = Some(csv.into());
        self
    }

    /// One more day off, beside those of the CSV text; beats a row of the text on the same date.
    #[must_use]
    pub fn holiday(mut self, on: Date, name: Option<DayName>) -> Self {
        self.dates.insert(on, name);
        self
    }

    /// A dated shift: the hours of this one day whatever else holds; no hours make it a day off.
    #[must_use]
    pub fn shift(mut self, on: Date, hours: Hours) -> Self {
        self.shifts.push(Shift { date: on, hours, name: None, source: None });
        self
    }

    /// The company's own shifts as CSV text, beside those given one by one: columns `date`, `hours`
    /// (`08:00-12:00 13:00-17:00`, or `off`) and, if wanted, `name_vi`, `name_en`, `name_lo`,
    /// `source`. Read by [`Self::build`]; replaces an earlier text.
    #[must_use]
    pub fn shifts(mut self, csv: &str) -> Self {
        self.shifts_csv = Some(csv.into());
        self
    }

    /// Whether the company follows the swapped days of the public sector (`swap_off`, `swap_work`).
    /// A made-up day is worked by the hours of the week's first working day.
    #[must_use]
    pub fn swaps(mut self, follows: bool) -> Self {
        self.swaps = follows;
        self
    }

    /// Whether `observed_disputed` rows are off (24 November in lieu: outside Labour Code art
    /// 112(1), so art 111(3) may not reach it).
    #[must_use]
    pub fn disputed_in_lieu(mut self, off: bool) -> Self {
        self.disputed_in_lieu = off;
        self
    }

    /// Whether `women_only` and `women_only_observed` rows are off.
    #[must_use]
    pub fn women_only(mut self, off: bool) -> Self {
        self.women_only = off;
        self
    }

    /// First and last day the calendar knows; beats what the CSV text states. Without either a
    /// calendar without CSV text knows every day.
    #[must_use]
    pub fn covers(mut self, from: Date, until: Date) -> Self {
        self.covers = Some((from, until));
        self
    }

    /// The date of the data; beats what the CSV text states.
    #[must_use]
    pub fn as_of(mut self, date: Date) -> Self {
        self.as_of = Some(date);
        self
    }

    /// Goes on by rule where the CSV text ends, to the end of a year (2013 to 2100): official rows
    /// win wherever there are any, and every day by rule that a notice still has to fix is marked as
    /// an estimate. Without a CSV text, or with one that covers that year, it changes nothing.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use redress_calendar::{Country, vietnam};
    ///
    /// let calendar = vietnam().estimates_until(Country::Vietnam, 2040).build()?;
    /// assert_eq!(calendar.covers().1, date(2040, 12, 31));
    /// assert!(calendar.day(date(2040, 2, 13))?.estimated, "Tết 2040");
    /// # Ok::<(), redress_calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn estimates_until(mut self, country: Country, year: i16) -> Self {
        self.estimates = Some((country, year));
        self
    }

    /// Reads the holidays and builds the calendar.
    ///
    /// # Errors
    /// [`CalendarError::Unreadable`], [`CalendarError::CoverageUnstated`],
    /// [`CalendarError::AsOfUnstated`], [`CalendarError::CoverageReversed`],
    /// [`CalendarError::NoWorkingTime`], [`CalendarError::UnknownZone`],
    /// [`CalendarError::ShiftTwice`], [`CalendarError::UnreadableShifts`], [`CalendarError::Rules`].
    pub fn build(self) -> Result<Calendar, CalendarError> {
        let zone = TimeZone::get(&self.zone)
            .map_err(|_| CalendarError::UnknownZone { name: self.zone.clone() })?;
        let file = self.csv.as_deref().map(Holidays::parse).transpose()?;
        let (mut covers, as_of) = self.statements(file.as_ref())?;
        let mut rows = Vec::new();
        if let Some(file) = file {
            let company_days = self.dates.keys().copied().collect();
            rows = in_lieu::for_week(file.rows, file.rest, &self.week, &company_days);
            rows.extend(self.rule_rows(&mut covers, &company_days)?);
        }
        let exceptions = self.exceptions(rows)?;
        let worked = exceptions.iter().any(|exception| !exception.hours.is_rest());
        if self.week.is_rest() && !worked {
            return Err(CalendarError::NoWorkingTime);
        }
        let id = CalendarId { name: self.name, as_of };
        Ok(Calendar::from_table(Table { id, zone, week: self.week, exceptions, covers }))
    }

    /// The rows by rule after the last covered day, which moves on.
    fn rule_rows(
        &self,
        covers: &mut (Date, Date),
        company_days: &BTreeSet<Date>,
    ) -> Result<Vec<Row>, CalendarError> {
        let Some((country, last)) = self.estimates else { return Ok(Vec::new()) };
        let covered_until = covers.1;
        let first = covered_until.tomorrow().map_err(|_| CalendarError::OutOfTime)?.year();
        let mut rows = Vec::new();
        for year in first..=last {
            rows.extend(country.rule_days(year)?.into_iter().map(Row::from));
            covers.1 = covers.1.max(jiff::civil::date(year, 12, 31));
        }
        let mut rows = in_lieu::make_up(rows, &BTreeSet::new(), &self.week, company_days);
        rows.retain(|row| row.date > covered_until);
        Ok(rows)
    }

    fn statements(&self, file: Option<&Holidays>) -> Result<((Date, Date), Date), CalendarError> {
        let (from, until) = match (self.covers, file) {
            (Some(covers), _) => covers,
            (None, Some(file)) => file.covers.ok_or(CalendarError::CoverageUnstated)?,
            (None, None) => (Date::MIN, Date::MAX),
        };
        if until < from {
            return Err(CalendarError::CoverageReversed { from, until });
        }
        let as_of = match (self.as_of, file) {
            (Some(as_of), _) => as_of,
            (None, Some(file)) => file.as_of.ok_or(CalendarError::AsOfUnstated)?,
            (None, None) => Date::ZERO,
        };
        Ok(((from, until), as_of))
    }

    /// The dates that differ from the week, weakest saying first so that the strongest stays.
    fn exceptions(&self, mut rows: Vec<Row>) -> Result<Vec<Exception>, CalendarError> {
        let unnamed = DayName::unnamed();
        let mut by_date = BTreeMap::new();
        rows.sort_by_key(|row| row.kind.is_swap());
        let (swaps, holidays): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.kind.is_swap());
        for row in holidays {
            by_date.extend(self.exception(row, &unnamed).map(|day| (day.date, day)));
        }
        for (date, name) in &self.dates {
            let name = Some(name.as_ref().unwrap_or(&unnamed).clone());
            let (kind, hours) = (DayKind::Holiday, Hours::rest());
            by_date.insert(
                *date,
                Exception { date: *date, kind, hours, name, source: None, estimated: false },
            );
        }
        for row in swaps {
            by_date.extend(self.exception(row, &unnamed).map(|day| (day.date, day)));
        }
        let mut shifted = BTreeMap::new();
        let listed = self.shifts_csv.as_deref().map(shifts::parse).transpose()?;
        for shift in self.shifts.iter().cloned().chain(listed.into_iter().flatten()) {
            let on = shift.date;
            let day = self.shifted(shift, by_date.get(&on), &unnamed);
            if shifted.insert(on, day).is_some() {
                return Err(CalendarError::ShiftTwice { on });
            }
        }
        by_date.append(&mut shifted);
        Ok(by_date.into_values().collect())
    }

    /// What a row means for this company; nothing if the company does not follow it.
    fn exception(&self, row: Row, unnamed: &DayName) -> Option<Exception> {
        let (kind, follows) = match row.kind {
            RowKind::Holiday | RowKind::Tet | RowKind::DisputedHoliday => (DayKind::Holiday, true),
            RowKind::InLieu => (DayKind::InLieu, true),
            RowKind::DisputedInLieu => (DayKind::InLieu, self.disputed_in_lieu),
            RowKind::WomenHoliday => (DayKind::Holiday, self.women_only),
            RowKind::WomenInLieu => (DayKind::InLieu, self.women_only),
            RowKind::SwapOff => (DayKind::SwapOff, self.swaps),
            RowKind::SwapWork => (DayKind::MakeUp, self.swaps),
        };
        let made_up = kind == DayKind::MakeUp;
        let hours = if made_up { self.week.first_working_hours() } else { Hours::rest() };
        if !follows || (made_up && hours.is_rest()) {
            return None;
        }
        let name = row.name.unwrap_or_else(|| unnamed.clone());
        let Row { date, source, estimated, .. } = row;
        Some(Exception { date, kind, hours, name: Some(name), source, estimated })
    }

    /// A shift over what the day would be: worked instead of off, off instead of worked, or only
    /// other hours.
    fn shifted(&self, shift: Shift, under: Option<&Exception>, unnamed: &DayName) -> Exception {
        let Shift { date, hours, name, source } = shift;
        let week_rests = self.week.hours(date.weekday()).is_rest();
        let rests = under.map_or(week_rests, |under| under.hours.is_rest());
        let kind = match (hours.is_rest(), rests) {
            (true, true) => under.map_or(DayKind::WeeklyRest, |under| under.kind),
            (true, false) => DayKind::SwapOff,
            (false, true) => DayKind::MakeUp,
            (false, false) => under.map_or(DayKind::Work, |under| under.kind),
        };
        let keeps_kind = under.filter(|under| under.kind == kind);
        let name = name.or_else(|| keeps_kind.and_then(|under| under.name.clone()));
        let name = name.or_else(|| hours.is_rest().then(|| unnamed.clone()));
        let source = source.or_else(|| keeps_kind.and_then(|under| under.source.clone()));
        let estimated = keeps_kind.is_some_and(|under| under.estimated);
        Exception { date, kind, hours, name, source, estimated }
    }
}
