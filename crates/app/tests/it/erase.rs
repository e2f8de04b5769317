//! Who goes by an erasure, and who does not.
//! Must not look at what is left of words: the erasure of a served installation does.

use redress_app::core::{complaint::people::Actor, id::PersonId};
use serde_json::json;

use crate::kit::{House, noise};

const MORNING: &str = "2026-11-23 09:05";
const OPERATOR: Actor = Actor::System("operator");

/// The person of a complaint by this telephone, under a name or none.
async fn person(house: &House, name: Option<&str>, phone: &str) -> PersonId {
    let mut body = noise();
    body["complainant"] = json!({"phone": phone});
    if let Some(name) = name {
        body["complainant"]["name"] = json!(name);
    }
    let reference = house.complain(&body).await.reference;
    let loaded = house.app.load(&reference).await.expect("it is there");
    loaded.row.person.parse().expect("an id")
}

#[tokio::test]
async fn whoever_gave_no_name_takes_nobody_along_who_has_one() {
    let house = House::open(MORNING).await;
    let (shared, own) = ("0912345618", "0912345619");
    let nameless = person(&house, None, shared).await;
    let ha = person(&house, Some("Nguyễn Thị Hà"), shared).await;
    let binh = person(&house, Some("Trần Bình"), shared).await;
    let also_binh = person(&house, Some("Trần Bình"), own).await;
    let ids = |records: &[redress_app::PersonKept]| {
        let mut ids: Vec<_> = records.iter().map(|record| record.id.clone()).collect();
        ids.sort_unstable();
        ids
    };
    let both = |one: PersonId, other: PersonId| {
        let mut ids = vec![one.to_string(), other.to_string()];
        ids.sort_unstable();
        ids
    };
    let going = house.app.who_goes(nameless, &OPERATOR).await.expect("told");
    assert_eq!((ids(&going.same), ids(&going.others)), (vec![], both(ha, binh)));
    let going = house.app.who_goes(ha, &OPERATOR).await.expect("told");
    assert_eq!(ids(&going.same), [nameless.to_string()]);
    assert_eq!(ids(&going.others), [binh.to_string()]);
    assert!(!ids(&going.others).contains(&also_binh.to_string()));
}
