//! Parts of a calendar written as JSON, judged while they are read, so that a mistake is told with its
//! line and column. Must not build the calendar.

use std::fmt;
use std::marker::PhantomData;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use redress_calendar::{CalendarError, Hours};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

/// Pairs of clock times, `[["08:00","12:00"]]`.
type Pairs = Vec<(String, String)>;

/// The name of a time zone that exists.
#[derive(Debug)]
pub(super) struct Zone(pub(super) String);

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        match TimeZone::get(&name) {
            Ok(_) => Ok(Self(name)),
            Err(_) => Err(D::Error::custom(CalendarError::UnknownZone { name })),
        }
    }
}

/// A day of the week, `mon` to `sun`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct WeekdayCode(pub(super) Weekday);

impl<'de> Deserialize<'de> for WeekdayCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let day = redress_calendar::weekday(&name);
        day.map(Self).ok_or_else(|| D::Error::custom(CalendarError::UnknownWeekday { name }))
    }
}

/// Hours of days, no day twice: JSON itself would let the second silently win.
#[derive(Debug)]
pub(super) struct ByKey<K>(pub(super) Vec<(K, Hours)>);

impl<K> Default for ByKey<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, K: Deserialize<'de> + PartialEq + fmt::Debug> Deserialize<'de> for ByKey<K> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ByKeyVisitor(PhantomData))
    }
}

struct ByKeyVisitor<K>(PhantomData<K>);

impl<'de, K: Deserialize<'de> + PartialEq + fmt::Debug> Visitor<'de> for ByKeyVisitor<K> {
    type Value = ByKey<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of days and their hours")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ByKey<K>, A::Error> {
        let mut days: Vec<(K, Hours)> = Vec::new();
        while let Some(day) = map.next_key::<K>()? {
            if days.iter().any(|(other, _)| *other == day) {
                return Err(A::Error::custom("the same day stands twice"));
            }
            let hours = Hours::parse(map.next_value::<Pairs>()?).map_err(A::Error::custom)?;
            days.push((day, hours));
        }
        Ok(ByKey(days))
    }
}
