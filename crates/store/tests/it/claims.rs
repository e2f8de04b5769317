//! Claims: what one commit alone may have.

use redress_store::{Claim, ClaimKind, CommitError, Write, Written};

use crate::kit::{Kit, after, claim, together};

/// Commits with one claim; answers `done`, or the owner, whether the same was asked, the answer.
async fn commit_with(kit: &Kit, store: &redress_store::Store, claim: Claim) -> String {
    let mut commit = kit.commit(&claim.owner, 0);
    commit.claims.push(claim);
    match store.commit(commit).await {
        Ok(_) => "done".to_owned(),
        Err(CommitError::ClaimTaken { owner, answer, same_fingerprint, .. }) => {
            format!("{owner} {same_fingerprint} {}", answer.unwrap_or_default())
        }
        Err(other) => format!("{other:?}"),
    }
}

#[tokio::test]
async fn a_taken_claim_answers_its_owner_and_whether_the_same_was_asked() {
    let kit = Kit::new();
    let store = kit.open();
    assert_eq!(commit_with(&kit, &store, claim("k", "c1", "f")).await, "done");
    assert_eq!(commit_with(&kit, &store, claim("k", "c2", "f")).await, "c1 true answer of c1");
    assert_eq!(commit_with(&kit, &store, claim("k", "c3", "g")).await, "c1 false answer of c1");
    assert_eq!(commit_with(&kit, &store, claim("l", "c4", "f")).await, "done");
    let other = Claim { kind: ClaimKind::MessageId, ..claim("k", "c5", "f") };
    assert_eq!(commit_with(&kit, &store, other).await, "done");
    assert_eq!(store.head().await.unwrap().pos, 3);
}

#[tokio::test]
async fn of_fifty_commits_at_once_with_one_claim_exactly_one_happens() {
    let kit = Kit::new();
    let store = kit.open();
    let tasks = (0..50).map(|number| {
        let owner = format!("c{number}");
        let mut commit = kit.commit(&owner, 0);
        commit.claims.push(claim("k", &owner, "f"));
        let store = store.clone();
        async move { store.commit(commit).await }
    });
    let mut done = 0;
    for outcome in together(tasks).await {
        match outcome {
            Ok(_) => done += 1,
            Err(CommitError::ClaimTaken { same_fingerprint, .. }) => assert!(same_fingerprint),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((done, store.head().await.unwrap().pos), (1, 1));
}

#[tokio::test]
async fn a_lapsed_claim_is_free_again() {
    let kit = Kit::new();
    let store = kit.open();
    let lapsing = |owner: &str| Claim { expires_at: Some(after(60)), ..claim("k", owner, "f") };
    assert_eq!(commit_with(&kit, &store, lapsing("c1")).await, "done");
    kit.set_clock(59);
    assert_eq!(commit_with(&kit, &store, lapsing("c2")).await, "c1 true answer of c1");
    assert!(store.claim(ClaimKind::IdempotencyKey, b"k", after(59)).await.unwrap().is_some());
    kit.set_clock(60);
    assert!(store.claim(ClaimKind::IdempotencyKey, b"k", after(60)).await.unwrap().is_none());
    assert_eq!(commit_with(&kit, &store, claim("k", "c3", "f")).await, "done");
}

#[tokio::test]
async fn a_claim_outside_a_commit_is_taken_once_and_its_answer_can_be_set() {
    let kit = Kit::new();
    let store = kit.open();
    let take = |owner: &str| Write::Claim { claim: claim("k", owner, "f"), now: after(0) };
    assert_eq!(store.write(take("a")).await.unwrap(), Written::Claimed(None));
    let Written::Claimed(Some(holder)) = store.write(take("b")).await.unwrap() else {
        panic!("the claim is taken");
    };
    assert_eq!(holder, claim("k", "a", "f"));
    let kind = ClaimKind::IdempotencyKey;
    let answer = Write::PutAnswer { kind, key: b"k".to_vec(), answer: "new".to_owned() };
    assert_eq!(store.write(answer).await.unwrap(), Written::Changed(1));
    let found = store.claim(kind, b"k", after(0)).await.unwrap().unwrap();
    assert_eq!(found.answer.as_deref(), Some("new"));
}
