//! Read rows written again into a second file, and compared.

use redress_store::{Row, Store, Write};
use rusqlite::Connection;

use crate::kit::{Kit, after, complaint};

async fn two_stores(kits: &[Kit; 2]) -> [Store; 2] {
    let [live, rebuilt] = [kits[0].open(), kits[1].open()];
    let mut rows = Vec::new();
    for number in 0..1_200_u64 {
        let id = format!("c{number:05}");
        let row = Row::Complaint(Box::new(complaint(&id, 100)));
        let mut commit = kits[0].commit(&id, 0);
        commit.rows.push(row.clone());
        rows.push((row, number + 1));
        if number < 20 {
            live.commit(commit).await.unwrap();
        }
    }
    // The rest by the short way: what is compared is rows, however they came.
    live.write(Write::RebuildRows(rows[20..].to_vec())).await.unwrap();
    rebuilt.write(Write::RebuildRows(rows)).await.unwrap();
    [live, rebuilt]
}

#[tokio::test]
async fn rows_rebuilt_from_the_same_state_are_the_same() {
    let kits = [Kit::new(), Kit::new()];
    let [live, rebuilt] = two_stores(&kits).await;
    assert_eq!(live.compare_rows(&rebuilt, 10).await.unwrap(), []);
    let mut lines = 0;
    live.dump(|_| lines += 1).await.unwrap();
    assert_eq!(lines, 2_400, "a row and its department each");
}

#[tokio::test]
async fn a_row_changed_added_or_lost_is_named() {
    let kits = [Kit::new(), Kit::new()];
    let [live, rebuilt] = two_stores(&kits).await;
    let file = Connection::open(kits[0].path()).unwrap();
    file.execute_batch(
        "UPDATE complaint SET title = 'x', next_due = 5 WHERE id = 'c00007';
         DELETE FROM complaint WHERE id = 'c00601';
         INSERT INTO complaint_department VALUES ('c00001', 'care', 1, 'verifying', 9);",
    )
    .unwrap();
    let found = live.compare_rows(&rebuilt, 10).await.unwrap();
    let named: Vec<_> = found
        .iter()
        .map(|d| format!("{} {} {}", d.table, d.key, d.column.unwrap_or("whole")))
        .collect();
    assert_eq!(
        named,
        [
            "complaint c00007 title",
            "complaint c00007 next_due",
            "complaint c00601 whole",
            "complaint_department c00001/care whole",
        ]
    );
    assert_eq!(found[0].live.as_deref(), Some("x"));
    assert_eq!(found[1].rebuilt, Some(after(100).as_microsecond().to_string()));
    assert_eq!((found[2].live.as_ref(), found[3].rebuilt.as_ref()), (None, None));
    assert_eq!(live.compare_rows(&rebuilt, 1).await.unwrap().len(), 1);
}
