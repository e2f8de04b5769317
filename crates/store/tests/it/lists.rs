//! Complaints: lookups, the queue with its filters and pages, timers.

use redress_core::search::{Query, tokens};
use redress_store::{
    Commit, CommitError, ComplaintRow, FindFilter, ListFilter, PromiseFilter, Row, SearchRow,
    StateFilter, Store, StreamId, StreamKind,
};

use redress_testkit::search::{LAO, MIXED, VIETNAMESE};

use crate::kit::{Kit, after, complaint};

async fn put(kit: &Kit, store: &Store, rows: impl IntoIterator<Item = ComplaintRow>) {
    for row in rows {
        let mut commit = kit.commit(&row.id, 0);
        commit.expect.clear();
        commit.rows.push(Row::Complaint(Box::new(row)));
        store.commit(commit).await.unwrap();
    }
}

/// Six complaints that differ in what filters look at.
async fn six(kit: &Kit) -> Store {
    let store = kit.open();
    let due = complaint;
    let closed = ComplaintRow { open: false, state: "closed".to_owned(), ..due("d", 400) };
    let joined = vec!["technical".to_owned(), "care".to_owned()];
    put(
        kit,
        &store,
        [
            ComplaintRow { next_due: None, next_soon_at: None, ..due("a", 0) },
            ComplaintRow { director: true, ..due("b", 600) },
            ComplaintRow { holder: "huy".to_owned(), departments: joined, ..due("c", 500) },
            ComplaintRow {
                next_due: None,
                next_soon_at: None,
                next_state: "kept".to_owned(),
                ..closed
            },
            due("e", 300),
            ComplaintRow { departments: vec!["care".to_owned()], ..due("f", 300) },
        ],
    )
    .await;
    store
}

async fn ids(store: &Store, filter: ListFilter) -> String {
    let counted = store.count(filter.clone(), 100).await.unwrap();
    let items = store.list(filter).await.unwrap().items;
    assert_eq!(counted, items.len() as u64);
    items.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn each_filter_finds_its_complaints_in_the_order_they_fall_due() {
    let kit = Kit::new();
    let store = six(&kit).await;
    let open = || ListFilter::open(after(450));
    let some = |word: &str| Some(word.to_owned());
    for (filter, found) in [
        (open(), "efcba"),
        (ListFilter { state: StateFilter::All, ..open() }, "efcbad"),
        (ListFilter { state: StateFilter::Is("closed".to_owned()), ..open() }, "d"),
        (ListFilter { department: some("care"), ..open() }, "fc"),
        (ListFilter { department: some("technical"), ..open() }, "ecba"),
        (ListFilter { department: some("technical"), state: StateFilter::All, ..open() }, "ecbad"),
        (ListFilter { holder: some("huy"), ..open() }, "c"),
        (ListFilter { holder: some("huy"), department: some("care"), ..open() }, "c"),
        (ListFilter { holder: some("huy"), department: some("legal"), ..open() }, ""),
        (ListFilter { director: true, ..open() }, "b"),
        (ListFilter { promise: Some(PromiseFilter::Late), ..open() }, "ef"),
        (ListFilter { promise: Some(PromiseFilter::Soon), ..open() }, "c"),
        (ListFilter { promise: Some(PromiseFilter::Running), ..open() }, "b"),
        (
            ListFilter {
                promise: Some(PromiseFilter::Stored("kept".to_owned())),
                state: StateFilter::All,
                ..open()
            },
            "d",
        ),
    ] {
        assert_eq!(ids(&store, filter.clone()).await, found, "{filter:?}");
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_or_a_repetition() {
    let kit = Kit::new();
    let store = six(&kit).await;
    for department in [None, Some("technical".to_owned())] {
        let whole =
            ListFilter { state: StateFilter::All, department, ..ListFilter::open(after(0)) };
        let expected = ids(&store, whole.clone()).await;
        let mut filter = ListFilter { limit: 2, ..whole };
        let mut found = String::new();
        loop {
            let page = store.list(filter.clone()).await.unwrap();
            found.extend(page.items.iter().map(|row| row.id.clone()));
            let Some(next) = page.next else { break };
            filter.after = Some(next.to_string().parse().unwrap());
        }
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_count_stops_at_its_cap() {
    let kit = Kit::new();
    let store = six(&kit).await;
    assert_eq!(store.count(ListFilter::open(after(0)), 3).await.unwrap(), 3);
}

#[tokio::test]
async fn a_complaint_is_found_by_each_of_its_keys_as_it_was_stored() {
    let kit = Kit::new();
    let store = six(&kit).await;
    let row = store.complaint("c").await.unwrap().unwrap();
    assert_eq!(row.departments, ["technical", "care"]);
    let stream = StreamId::new(StreamKind::Complaint, "c").unwrap();
    let history = (row, store.stream(&stream).await.unwrap());
    let by_reference = store.history_by_reference("KN-26-c").await.unwrap();
    assert_eq!(by_reference.as_ref(), Some(&history));
    let by_tracking = store.history_by_tracking(b"hash of c").await.unwrap();
    assert_eq!(by_tracking.as_ref(), Some(&history));
    assert_eq!(store.history("c").await.unwrap().as_ref(), Some(&history));
    assert_eq!(store.history_by_reference("KN-26-z").await.unwrap(), None);
    let several = store.histories(vec!["c".into(), "nobody".into(), "a".into()]).await.unwrap();
    assert_eq!(several[0], history);
    assert_eq!(several.iter().map(|(row, _)| &*row.id).collect::<Vec<_>>(), ["c", "a"]);
    assert_eq!(store.complaints_of_person("p1", 10).await.unwrap().len(), 6);
}

#[tokio::test]
async fn a_department_that_left_no_longer_sees_the_complaint() {
    let kit = Kit::new();
    let store = six(&kit).await;
    put(&kit, &store, [complaint("c", 500)]).await;
    let care = ListFilter { department: Some("care".to_owned()), ..ListFilter::open(after(0)) };
    assert_eq!(ids(&store, care).await, "f");
}

#[tokio::test]
async fn timers_come_when_their_instant_has_come() {
    let kit = Kit::new();
    let store = six(&kit).await;
    let due = store.timers_due(after(200)).await.unwrap();
    assert_eq!(due.iter().map(|timer| timer.complaint.as_str()).collect::<String>(), "efa");
    assert_eq!(store.next_timer(after(200)).await.unwrap(), Some(after(300)));
    assert_eq!(store.next_timer(after(500)).await.unwrap(), None);
}

#[tokio::test]
async fn every_timer_that_has_come_is_told_the_most_serious_first() {
    let kit = Kit::new();
    let store = kit.open();
    let with = |id: &str, gravity, due, received| {
        let row = complaint(id, due);
        let next_timer_at = Some(after(1));
        ComplaintRow { gravity, received_at: after(received), next_timer_at, ..row }
    };
    let rows = [
        with("a", 3, 50, 0),
        with("b", 2, 90, 0),
        with("c", 3, 20, 9),
        with("d", 0, 99, 0),
        with("e", 3, 20, 3),
        ComplaintRow { next_due: None, ..with("f", 2, 0, 0) },
        ComplaintRow { next_timer_at: Some(after(900)), ..with("g", 0, 0, 0) },
    ];
    put(&kit, &store, rows).await;
    // More than a page of them.
    let many = (0..1_100).map(|n| with(&format!("z{n:04}"), 4, n, 0));
    for some in many.collect::<Vec<_>>().chunks(100) {
        put(&kit, &store, some.to_vec()).await;
    }
    let due = store.timers_due(after(200)).await.unwrap();
    let (first, rest) = due.split_at(6);
    assert_eq!(first.iter().map(|timer| timer.complaint.as_str()).collect::<String>(), "dbfeca");
    assert_eq!(rest.len(), 1_100);
    assert!(due.is_sorted(), "and the rest likewise");
}

#[tokio::test]
async fn words_find_a_complaint_together_with_every_filter() {
    let kit = Kit::new();
    let store = six(&kit).await;
    let index = async |id: &str, words: &str| {
        let row = SearchRow { complaint: id.to_owned(), words: words.to_owned() };
        let rows = vec![Row::Search(row)];
        store.commit(Commit { rows, ..Commit::new(kit.id()) }).await.unwrap();
    };
    let all = || ListFilter { state: StateFilter::All, ..ListFilter::open(after(0)) };
    for (id, words) in [
        ("a", "Thang máy kêu to KN-26-000384-KB"),
        ("b", "thang may dung giua tang"),
        ("c", "Cửa thang máy kẹt"),
        ("d", "ຄຳຮ້ອງທຸກ ລິບ"),
    ] {
        index(id, &tokens([words])).await;
    }
    let find = async |words: &str, department: Option<&str>| {
        let department = department.map(str::to_owned);
        let list = ListFilter { department, ..all() };
        found(&store, Query::read(words), list).await
    };
    for (words, department, expected) in [
        ("thang may", None, "bca"), // Typed as asked first, then the newest.
        ("thang máy", None, "cab"),
        ("thang ma", None, "cba"), // The last word may be a beginning.
        ("than may", None, ""),
        ("may thang ket", None, "c"),
        ("thang may", Some("care"), "c"),
        ("kn26000384kb", None, "a"),
        ("ຄຳຮ້ອງທຸກ", None, "d"),
        ("\" OR body:* NEAR(", None, ""),
        ("\"", None, ""),
        ("may\0", None, "bca"),
        ("x\" OR \"may", None, ""),
    ] {
        assert_eq!(find(words, department).await, expected, "{words}");
    }
    index("a", "nothing left").await;
    assert_eq!(find("thang may", None).await, "bc");
}

/// Ids of every page of two, in order.
async fn found(store: &Store, query: Query, list: ListFilter) -> String {
    let mut filter =
        FindFilter { query, narrow: vec![], list: ListFilter { limit: 2, ..list }, after: None };
    let mut ids = String::new();
    loop {
        let page = store.find(filter.clone()).await.unwrap();
        assert!(page.items.len() <= 2);
        ids.extend(page.items.into_iter().map(|row| row.id));
        let Some(next) = page.next else { return ids };
        filter.after = Some(next.to_string().parse().unwrap());
    }
}

#[tokio::test]
async fn every_case_of_finding_holds_in_the_index() {
    let kit = Kit::new();
    let store = six(&kit).await;
    let list = || ListFilter { state: StateFilter::All, ..ListFilter::open(after(0)) };
    for case in VIETNAMESE.iter().chain(LAO).chain(MIXED) {
        let row = SearchRow { complaint: "a".to_owned(), words: tokens([case.text]) };
        let rows = vec![Row::Search(row)];
        store.commit(Commit { rows, ..Commit::new(kit.id()) }).await.unwrap();
        for words in case.found_by {
            let ids = found(&store, Query::read(words), list()).await;
            assert_eq!(ids, "a", "{words} finds {}", case.text);
        }
        for words in case.not_by {
            let ids = found(&store, Query::read(words), list()).await;
            assert_eq!(ids, "", "{words} does not find {}", case.text);
        }
    }
}

#[tokio::test]
async fn words_come_with_a_complaint_that_begins_once_and_later_ones_replace_them() {
    let kit = Kit::new();
    let store = kit.open();
    let words =
        |text: &str| Row::Search(SearchRow { complaint: "a".to_owned(), words: tokens([text]) });
    let all = || ListFilter { state: StateFilter::All, ..ListFilter::open(after(0)) };
    let mut first = kit.commit("a", 0);
    first.rows =
        vec![words("thang máy"), Row::Complaint(Box::new(complaint("a", 100))), words("cửa kẹt")];
    assert!(matches!(store.commit(first.clone()).await, Err(CommitError::Failed { .. })));
    first.rows.pop();
    store.commit(first).await.unwrap();
    assert_eq!(found(&store, Query::read("thang"), all()).await, "a");

    let mut second = kit.commit("a", 1);
    second.rows = vec![words("cửa kẹt")];
    store.commit(second).await.unwrap();
    assert_eq!(found(&store, Query::read("thang"), all()).await, "");
    assert_eq!(found(&store, Query::read("kẹt"), all()).await, "a");
}
