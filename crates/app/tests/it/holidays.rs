//! The yearly reminder to load next year's holidays: before 1 December, once each, by whoever runs.

use redress_app::core::policy::{HolidaysDue, Lack, shipped_files};
use redress_testkit::people::*;

use crate::kit::{House, read};

const SUBJECT: &str = "Cần nạp lịch nghỉ lễ năm 2027";

/// How many reminders each person got who got any.
fn reminders(house: &House) -> Vec<(&'static str, usize)> {
    let count = |who: &str| house.letters_to(who).iter().filter(|s| *s == SUBJECT).count();
    let all = [DIRECTOR, LAN, MAI, HUY, TUNG, SON, DAT, KIEM, ADMIN];
    all.into_iter().map(|who| (who, count(who))).filter(|(_, times)| *times > 0).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_reminder_goes_out_once_also_after_an_outage_and_from_two_processes() {
    let house = House::open_under("2026-10-31 12:00", None, &everybody()).await;
    let other = house.beside().await;
    let both = async || {
        let ((), ()) = tokio::join!(Box::pin(house.settle()), Box::pin(other.settle()));
    };
    both().await;
    assert_eq!((house.app.holidays_due(), reminders(&house)), (None, vec![]));
    for (time, times) in [
        ("2026-11-01 12:00", 0), // A Sunday: on the desk at once, by letter on Monday.
        ("2026-11-02 08:00", 1),
        ("2026-11-02 08:01", 1),
        // Days without the program: the one that was missed is told once.
        ("2026-11-24 10:00", 2),
        ("2026-11-02 09:00", 2), // The clock leaps back.
        ("2026-11-25 08:00", 3),
        ("2026-12-20 08:00", 3),
    ] {
        house.at(time);
        both().await;
        let lacking = HolidaysDue { year: 2027, lack: Lack::Estimated };
        assert_eq!(house.app.holidays_due(), Some(lacking), "{time}");
        let expected = if times == 0 { vec![] } else { vec![(DIRECTOR, times), (ADMIN, times)] };
        assert_eq!(reminders(&house), expected, "{time}");
    }
    house.at("2027-01-02 08:00");
    both().await;
    assert_eq!(house.app.holidays_due(), None, "the year has begun, its days are what they are");
}

#[tokio::test]
async fn a_calendar_that_ends_is_asked_for_until_it_is_loaded() {
    let mut files = shipped_files();
    let text = files.text("calendar/vn.csv").expect("the pack has it").to_owned();
    files.insert("calendar/vn.csv", text.replace("2015-01-01 2030-12-31", "2015-01-01 2026-12-31"));
    let house = House::open_under("2026-11-02 09:00", Some(read(&files)), &everybody()).await;
    let missing = Some(HolidaysDue { year: 2027, lack: Lack::Missing });
    assert_eq!(house.app.holidays_due(), missing);
    house.settle().await;
    assert_eq!(reminders(&house), [(DIRECTOR, 1), (ADMIN, 1)]);
    let loaded =
        text.replace(",estimated,", ",likely,").replace("as-of: 2026-11-20", "as-of: 2026-11-21");
    files.insert("calendar/vn.csv", loaded);
    let applied = house.app.apply_calendar(&read(&files), |_, _| ()).await.expect("it is loaded");
    assert!(applied.put_in_force);
    house.at("2026-11-16 09:00").settle().await;
    assert_eq!((house.app.holidays_due(), reminders(&house).len()), (None, 2));
    assert_eq!(house.letters_to(ADMIN).len(), 1, "nobody is asked for what is loaded");
}
