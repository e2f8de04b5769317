//! A second pack, a water company: another shape of everything, with no Rust changed.

use super::*;
use redress_core::kinds::Lang;

/// The water company's own files; calendar, offices and the two languages' messages are shared.
const OWN: [(&str, &str); 4] = [
    ("policy.toml", include_str!("water/policy.toml")),
    ("categories.csv", include_str!("water/categories.csv")),
    ("text/vi.toml", include_str!("water/text/vi.toml")),
    ("text/en.toml", include_str!("water/text/en.toml")),
];

fn water() -> PackFiles {
    let shared = shipped_files();
    let shared = shared.iter().filter(|(path, _)| {
        let message = path.starts_with("messages/") && !path.ends_with("/lo.txt");
        message || ["offices.csv", "calendar/vn.csv"].contains(path)
    });
    let own = OWN.iter().map(|(path, text)| (*path, text.as_bytes()));
    shared.chain(own).collect()
}

fn pack() -> Pack {
    let lines = |problems: Vec<Problem>| {
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    parse_today(&water()).map_err(lines).expect("the second pack passes every check")
}

#[test]
fn another_company_publishes_its_own_policy() {
    let pack = pack();
    let page = to_markdown(&show(&pack, Lang::En).expect("a checked pack has every text"));
    for words in [
        "# How Nước Sạch Ví Dụ handles complaints",
        "2 hours of working time",
        "5 working days, the next within 7 working days, the last within 10 days (moved",
        "Monday to Friday, 07:30–11:30 and 13:30–17:00; Saturday, 08:00–12:00",
        "You have 3 resolutions",
        "024.3812.3456",
        "hoi@nuoc.example",
        "any number of submissions",
        "Water prices: https://nuoc.example/gia",
        "added: the law",
    ] {
        assert!(page.contains(words), "{words} is missing in\n{page}");
    }
    assert!(show(&pack, Lang::Lo).is_err(), "this company does not publish in Lao");
}

#[test]
fn its_deadlines_follow_its_own_week_and_swapped_days() {
    let policy = pack().policy;
    let rows = [
        // promise, round, received, due
        ("first-reply", 1, "2026-11-25T16:30:00+07:00", "2026-11-26T09:00:00+07:00"),
        ("first-reply", 3, "2026-11-28T11:00:00+07:00", "2026-11-30T08:30:00+07:00"),
        ("resolution", 1, "2026-11-25T16:30:00+07:00", "2026-12-02T00:00:00+07:00"),
        ("resolution", 3, "2026-11-25T16:30:00+07:00", "2026-12-06T00:00:00+07:00"),
        ("resolution", 3, "2026-11-26T16:30:00+07:00", "2026-12-08T00:00:00+07:00"),
    ];
    for (promise, round, received, due) in rows {
        let at = received.parse().expect("an instant");
        let found = deadline(&policy, promise, round, at).expect("it is promised").at;
        assert_eq!(found, due.parse().expect("an instant"), "{promise} {round} {received}");
    }
}
