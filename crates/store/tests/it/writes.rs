//! Small writes: counters, leases, the outbox, sessions, links, uploads, people, packs.

use redress_store::{
    AccountRow, Commit, DelegationRow, DutyRow, FileState, NewOutbox, NoticeRow, Order, PackRow,
    PersonContact, PersonRow, Row, SessionRow, SetupLinkRow, Store, TokenRow, UploadFate,
    UploadRoom, UploadRow, UploadUse, Write, Written,
};

use crate::kit::{Kit, after};

async fn commit_rows(kit: &Kit, store: &Store, rows: Vec<Row>) {
    store.commit(Commit { rows, ..Commit::new(kit.id()) }).await.unwrap();
}

#[tokio::test]
async fn blocks_of_numbers_never_meet_between_processes() {
    let kit = Kit::new();
    let stores = [kit.open(), kit.open()];
    let mut taken = Vec::new();
    for round in 0..10_usize {
        taken.extend(stores[round % 2].take_block("KN-26", 3).await.unwrap());
    }
    assert_eq!(taken, (1..=30).collect::<Vec<_>>());
    assert_eq!(stores[0].take_block("KN-27", 1).await.unwrap(), 1..2);
}

#[tokio::test]
async fn a_lease_has_one_owner_until_it_lapses() {
    let kit = Kit::new();
    let store = kit.open();
    let lease = |owner: &str, now, until| Write::Lease {
        name: "timers".to_owned(),
        owner: owner.to_owned(),
        now: after(now),
        until: after(until),
    };
    for (owner, now, until, got) in [
        ("a", 0, 10, true),
        ("b", 5, 15, false),
        ("a", 5, 20, true), // Renewed.
        ("b", 19, 30, false),
        ("b", 20, 30, true), // Lapsed.
        ("a", 21, 30, false),
    ] {
        let answer = store.write(lease(owner, now, until)).await.unwrap();
        assert_eq!(answer, Written::Leased(got), "{owner} at {now}");
    }
    let give_back = Write::DropLease { name: "timers".to_owned(), owner: "b".to_owned() };
    assert_eq!(store.write(give_back).await.unwrap(), Written::Changed(1));
    assert_eq!(store.write(lease("a", 22, 30)).await.unwrap(), Written::Leased(true));
    // The clock was a day ahead when it was taken, and was set right.
    assert_eq!(store.write(lease("a", 86_400, 86_410)).await.unwrap(), Written::Leased(true));
    assert_eq!(store.write(lease("b", 40, 50)).await.unwrap(), Written::Leased(true));
}

#[tokio::test]
async fn work_is_taken_by_one_worker_tried_again_and_finished() {
    let kit = Kit::new();
    let (store, other) = (kit.open(), kit.open());
    let work = |id: &str, due| NewOutbox {
        id: id.to_owned(),
        due_at: after(due),
        done_at: None,
        kind: "deliver".to_owned(),
        complaint: "c1".to_owned(),
        payload: "{}".to_owned(),
        order: Order::new(2, None, after(due)),
    };
    let outbox = vec![work("w2", 5), work("w1", 1), work("w3", 99)];
    store.commit(Commit { outbox, ..Commit::new(kit.id()) }).await.unwrap();
    let take = |owner: &str, now| Write::TakeOutbox {
        owner: owner.to_owned(),
        now: after(now),
        until: after(now + 10),
        limit: 10,
    };
    let taken = |written| match written {
        Written::Outbox(items) => {
            items.iter().map(|item| format!("{} {}", item.id, item.attempts)).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(taken(store.write(take("a", 10)).await.unwrap()), ["w1 1", "w2 1"]);
    assert!(taken(other.write(take("b", 11)).await.unwrap()).is_empty());
    let finish = |id: &str, owner: &str| Write::FinishOutbox {
        id: id.to_owned(),
        owner: owner.to_owned(),
        now: after(12),
    };
    assert_eq!(other.write(finish("w1", "b")).await.unwrap(), Written::Changed(0));
    assert_eq!(store.write(finish("w1", "a")).await.unwrap(), Written::Changed(1));
    let retry =
        Write::RetryOutbox { id: "w2".to_owned(), owner: "a".to_owned(), due_at: after(15) };
    assert_eq!(store.write(retry).await.unwrap(), Written::Changed(1));
    assert!(taken(other.write(take("b", 14)).await.unwrap()).is_empty());
    assert_eq!(taken(other.write(take("b", 15)).await.unwrap()), ["w2 2"]);
    // The worker died: its lease lapses and the work comes again.
    assert_eq!(taken(store.write(take("a", 25)).await.unwrap()), ["w2 3"]);
    let all = store.outbox_of("c1").await.unwrap();
    let seen: Vec<_> = all.iter().map(|item| (item.id.as_str(), item.done_at)).collect();
    assert_eq!(seen, [("w1", Some(after(12))), ("w2", None), ("w3", None)]);
}

#[tokio::test]
async fn work_that_was_done_before_it_was_stored_is_never_handed_out() {
    let kit = Kit::new();
    let store = kit.open();
    let work = |id: &str, done_at| NewOutbox {
        id: id.to_owned(),
        due_at: after(0),
        done_at,
        kind: "warn".to_owned(),
        complaint: "c1".to_owned(),
        payload: "{}".to_owned(),
        order: Order::LAST,
    };
    let outbox = vec![work("done", Some(after(1))), work("waits", None)];
    store.commit(Commit { outbox, ..Commit::new(kit.id()) }).await.unwrap();
    let taken = store.take_outbox("worker", after(5), after(9), 10).await.unwrap();
    assert_eq!(taken.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["waits"]);
    let kept = store.outbox_of("c1").await.unwrap();
    let kept = kept.iter().map(|item| (item.id.as_str(), item.done_at));
    assert_eq!(kept.collect::<Vec<_>>(), [("done", Some(after(1))), ("waits", None)]);
}

#[tokio::test]
async fn the_most_serious_work_is_handed_out_first_and_a_leap_of_the_clock_holds_none_back() {
    let kit = Kit::new();
    let store = kit.open();
    let work = |id: &str, gravity, due: Option<i64>, received| NewOutbox {
        id: id.to_owned(),
        due_at: after(0),
        done_at: None,
        kind: "warn".to_owned(),
        complaint: "c1".to_owned(),
        payload: "{}".to_owned(),
        order: Order::new(gravity, due.map(after), after(received)),
    };
    let outbox = vec![
        work("a", 4, Some(0), 0),
        work("b", 2, None, 0),
        work("c", 2, Some(9), 5),
        work("d", 2, Some(9), 4),
        work("e", 0, Some(99), 9),
        NewOutbox { order: Order::LAST, ..work("f", 0, None, 0) },
    ];
    store.commit(Commit { outbox, ..Commit::new(kit.id()) }).await.unwrap();
    let take = async |now, limit| {
        let (owner, until) = ("w".to_owned(), after(now + 10));
        let write = Write::TakeOutbox { owner, now: after(now), until, limit };
        let Written::Outbox(items) = store.write(write).await.unwrap() else { panic!("no items") };
        items.into_iter().map(|item| item.id).collect::<String>()
    };
    assert_eq!(take(86_400, 3).await, "edc");
    assert_eq!(take(86_401, 9).await, "baf");
    assert_eq!(take(1, 9).await, "edcbaf", "the clock was a day ahead");
    assert_eq!(take(2, 9).await, "");
}

#[tokio::test]
async fn sessions_and_tokens_live_until_they_are_dropped_or_purged() {
    let kit = Kit::new();
    let store = kit.open();
    let session = |hash: u8, expires| SessionRow {
        token_hash: vec![hash],
        account: "a1".to_owned(),
        form_secret: vec![1, 2],
        created_at: after(0),
        expires_at: after(expires),
    };
    for (hash, expires) in [(1, 10), (2, 20), (3, 30)] {
        store.write(Write::PutSession(session(hash, expires))).await.unwrap();
    }
    let token = TokenRow {
        hash: vec![9],
        account: "a1".to_owned(),
        created_at: after(0),
        expires_at: None,
    };
    store.write(Write::PutToken(token.clone())).await.unwrap();
    assert_eq!(store.session(&[1]).await.unwrap(), Some(session(1, 10)));
    let longer = Write::ExtendSession { token_hash: vec![1], expires_at: after(25) };
    store.write(longer).await.unwrap();
    store.write(Write::Purge { now: after(20), uploads_before: after(0) }).await.unwrap();
    assert_eq!(store.session(&[1]).await.unwrap(), Some(session(1, 25)));
    assert_eq!(store.session(&[2]).await.unwrap(), None);
    store.write(Write::DropSession { token_hash: vec![1] }).await.unwrap();
    let all = Write::DropSessionsOf { account: "a1".to_owned() };
    assert_eq!(store.write(all).await.unwrap(), Written::Changed(1));
    assert_eq!(store.token(&[9]).await.unwrap(), Some(token));
    store.write(Write::DropToken { hash: vec![9] }).await.unwrap();
    assert_eq!(store.token(&[9]).await.unwrap(), None);
}

#[tokio::test]
async fn a_set_up_link_works_once_and_in_time() {
    let kit = Kit::new();
    let store = kit.open();
    let link = SetupLinkRow {
        hash: vec![1],
        account: "a1".to_owned(),
        created_at: after(0),
        expires_at: after(60),
        used_at: None,
    };
    store.write(Write::PutSetupLink(link.clone())).await.unwrap();
    let use_it = |now| Write::UseSetupLink { hash: vec![1], now: after(now) };
    assert_eq!(store.write(use_it(60)).await.unwrap(), Written::Link(None));
    let used = SetupLinkRow { used_at: Some(after(59)), ..link };
    assert_eq!(store.write(use_it(59)).await.unwrap(), Written::Link(Some(used.clone())));
    assert_eq!(store.write(use_it(59)).await.unwrap(), Written::Link(None));
    assert_eq!(store.setup_link(&[1]).await.unwrap(), Some(used));
}

#[tokio::test]
async fn an_upload_is_counted_used_and_kept_and_an_unused_one_goes() {
    let kit = Kit::new();
    let store = kit.open();
    let upload = |id: u8| UploadRow {
        id_hash: vec![id],
        owner: "address".to_owned(),
        digest: "d1".to_owned(),
        name: "ảnh.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: 12_345,
        created_at: after(i64::from(id)),
        used_by: String::new(),
    };
    let (state, max) = (FileState::Passed, UploadRoom::NO_LIMIT);
    let room = UploadRoom {
        now: after(100),
        counted_since: after(0),
        count_max: max,
        added_since: after(0),
        owner_bytes_max: max,
        total_bytes_max: max,
    };
    for id in [1, 2] {
        let fate = store.put_upload(upload(id), state, room).await.unwrap();
        assert_eq!(fate, UploadFate::Kept);
    }
    let used = UploadUse { id_hash: vec![1], used_by: "c1".to_owned() };
    commit_rows(&kit, &store, vec![Row::UploadUsed(used)]).await;
    store.write(Write::Purge { now: after(0), uploads_before: after(100) }).await.unwrap();
    assert_eq!(store.upload(&[2]).await.unwrap(), None);
    let kept = UploadRow { used_by: "c1".to_owned(), ..upload(1) };
    assert_eq!(store.upload_by_digest("d1").await.unwrap().as_ref(), Some(&kept));
    assert_eq!(store.uploads_used_by("c1", 10).await.unwrap(), [kept]);
}

#[tokio::test]
async fn a_shared_contact_answers_everybody_who_has_it() {
    let kit = Kit::new();
    let store = kit.open();
    let contact = |hash: u8| PersonContact {
        hash: vec![hash],
        kind: "phone".to_owned(),
        value: "+84912345678".to_owned(),
        verified: false,
    };
    let person = |id: &str, contacts| PersonRow {
        id: id.to_owned(),
        name: "Nguyễn Thị Hà".to_owned(),
        organisation: String::new(),
        language: "vi".to_owned(),
        erased: false,
        contacts,
        version: 1,
    };
    let both = person("p1", vec![contact(1), contact(2)]);
    let rows = vec![Row::Person(both.clone()), Row::Person(person("p2", vec![contact(1)]))];
    commit_rows(&kit, &store, rows).await;
    assert_eq!(store.persons_by_contact(&[1], 10).await.unwrap(), ["p1", "p2"]);
    assert_eq!(store.person("p1").await.unwrap(), Some(both));
    commit_rows(&kit, &store, vec![Row::Person(person("p1", Vec::new()))]).await;
    assert_eq!(store.persons_by_contact(&[1], 10).await.unwrap(), ["p2"]);
}

#[tokio::test]
async fn accounts_are_found_by_address_and_hold_no_secret() {
    let kit = Kit::new();
    let store = kit.open();
    let account = |id: &str, email: &str| AccountRow {
        id: id.to_owned(),
        email: email.to_owned(),
        name: "Huy".to_owned(),
        role: "care".to_owned(),
        department: "care".to_owned(),
        authority: String::new(),
        disabled: false,
        created_at: after(0),
        version: 1,
    };
    let (huy, an) = (account("1", "huy@x.vn"), account("2", "an@x.vn"));
    commit_rows(&kit, &store, vec![Row::Account(huy.clone()), Row::Account(an.clone())]).await;
    assert_eq!(store.account_by_email("huy@x.vn").await.unwrap(), Some(huy.clone()));
    assert_eq!(store.accounts("", 10).await.unwrap(), [an, huy]);
    assert_eq!(store.password_of("1").await.unwrap(), None);
    for hash in ["h1", "h2"] {
        let put = Write::PutPassword { account: "1".to_owned(), password_hash: hash.to_owned() };
        store.write(put).await.unwrap();
        assert_eq!(store.password_of("1").await.unwrap().as_deref(), Some(hash));
    }
}

#[tokio::test]
async fn every_pack_is_kept_and_the_newest_is_in_force() {
    let kit = Kit::new();
    let store = kit.open();
    let pack = |digest: &str, version, at| PackRow {
        digest: digest.to_owned(),
        pack: "alphatech".to_owned(),
        version,
        bytes: digest.as_bytes().to_vec(),
        put_in_force_at: after(at),
    };
    commit_rows(&kit, &store, vec![Row::Pack(pack("d1", 1, 0))]).await;
    commit_rows(&kit, &store, vec![Row::Pack(pack("d2", 2, 100))]).await;
    assert_eq!(store.pack_in_force(after(99)).await.unwrap(), Some(pack("d1", 1, 0)));
    assert_eq!(store.pack_in_force(after(100)).await.unwrap(), Some(pack("d2", 2, 100)));
    assert_eq!(store.pack("d1").await.unwrap(), Some(pack("d1", 1, 0)));
    assert_eq!(store.pack_version("alphatech", 2).await.unwrap(), Some(pack("d2", 2, 100)));
    assert_eq!(store.head().await.unwrap().policy, "d2");
    // The same version with other bytes is refused.
    let edited = Commit { rows: vec![Row::Pack(pack("d3", 2, 200))], ..Commit::new(kit.id()) };
    assert!(store.commit(edited).await.is_err());
}

#[tokio::test]
async fn notices_duty_and_delegations_are_found_while_they_matter() {
    let kit = Kit::new();
    let store = kit.open();
    let notice = |id: &str, interpreted| NoticeRow {
        id: id.to_owned(),
        reference: format!("KN-{id}"),
        channel: "web".to_owned(),
        received_at: after(0),
        interpreted,
        next_try_at: (!interpreted).then(|| after(30)),
        next_due: Some(after(10_800)),
        complaint: String::new(),
        version: 1,
    };
    let (account, phone) = ("huy".to_owned(), "0933269898".to_owned());
    let duty =
        DutyRow { id: "1".to_owned(), account, from_at: after(0), until_at: after(60), phone };
    let (principal, deputy) = ("director".to_owned(), "deputy".to_owned());
    let delegation = DelegationRow {
        id: "1".to_owned(),
        principal,
        deputy,
        from_at: after(0),
        until_at: after(60),
    };
    let rows = vec![
        Row::Notice(notice("n1", false)),
        Row::Notice(notice("n2", true)),
        Row::Duty(duty.clone()),
        Row::Delegation(delegation.clone()),
    ];
    commit_rows(&kit, &store, rows).await;
    assert_eq!(store.notices_waiting(10).await.unwrap(), [notice("n1", false)]);
    assert_eq!(store.notices_to_try(after(29), 10).await.unwrap(), []);
    assert_eq!(store.notices_to_try(after(30), 10).await.unwrap().len(), 1);
    assert_eq!(store.notice("n2").await.unwrap(), Some(notice("n2", true)));
    assert_eq!(store.notice_by_reference("KN-n1").await.unwrap(), Some(notice("n1", false)));
    assert_eq!(store.duty_from(after(59), 10).await.unwrap(), [duty]);
    assert_eq!(store.duty_from(after(60), 10).await.unwrap(), []);
    assert_eq!(store.delegations_from(after(59), 10).await.unwrap(), [delegation]);
}
