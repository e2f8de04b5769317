//! Reference numbers as an export tells them. Must not give a number.

use redress_core::{complaint::Event, reference::Reference};
use redress_store::{CarriedRow, CarriedValue};

use crate::receive::COUNTER;

/// Years that a reference tells apart.
const YEARS: usize = 100;

/// The highest number that something has in each year, and the years whose counter was seen: no counter
/// may give a number again.
pub(super) struct Numbers {
    used: [Option<u32>; YEARS],
    counted: [bool; YEARS],
}

impl Numbers {
    pub(super) const fn new() -> Self {
        Self { used: [None; YEARS], counted: [false; YEARS] }
    }

    /// Notes the number of a reference that an event gives.
    #[expect(clippy::wildcard_enum_match_arm, reason = "no other event gives a reference")]
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::NoticeReceived(received) => self.reference(&received.reference),
            Event::ComplaintOpened(opened) => self.reference(&opened.reference),
            _ => {}
        }
    }

    fn reference(&mut self, reference: &Reference) {
        if let Some(used) = self.used.get_mut(usize::from(reference.year())) {
            *used = (*used).max(Some(reference.number()));
        }
    }

    /// Looks at a row that may be the counter of a year; answers what is wrong with it.
    pub(super) fn row(&mut self, row: &CarriedRow) -> Result<(), String> {
        let [CarriedValue::Text(name), CarriedValue::Number(next)] = &row.values[..] else {
            return Ok(());
        };
        let year = name.strip_prefix(COUNTER).filter(|_| row.table.name == "counter");
        let Some(year) = year.and_then(|year| year.parse::<usize>().ok()) else { return Ok(()) };
        let year = year % YEARS;
        if let Some(counted) = self.counted.get_mut(year) {
            *counted = true;
        }
        match self.used.get(year).copied().flatten() {
            Some(used) if *next <= i64::from(used) => Err(format!(
                "`{name}` would give numbers again: {used} is the number of a complaint"
            )),
            Some(_) | None => Ok(()),
        }
    }

    /// After the last row; answers what is missing.
    pub(super) fn end(&self) -> Result<(), String> {
        let mut years = self.used.iter().zip(&self.counted);
        match years.position(|(used, counted)| used.is_some() && !counted) {
            Some(year) => {
                Err(format!("the counter of the references of the year {year:02} is missing"))
            }
            None => Ok(()),
        }
    }
}
