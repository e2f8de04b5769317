//! The desk: who gets in, who sees what, what a forged or refused form meets.

use axum::http::StatusCode;
use redress_app::Password;

use crate::world::{PASSWORD, house};

#[tokio::test]
async fn a_wrong_pair_does_not_tell_which_half_is_wrong() {
    let house = house().await;
    let member = house.app.member("care@x.vn").await.expect("the account is there");
    let password = Password::typed(PASSWORD);
    house.app.set_password(&member, &password).await.expect("the password is set");
    let browser = house.stranger();
    let fields =
        |email, password| [("email", email), ("password", password), ("next", "/desk/duty")];
    let wrong = browser.post("/desk/sign-in", &fields("care@x.vn", "không phải")).await;
    let unknown = browser.post("/desk/sign-in", &fields("nobody@x.vn", "không phải")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.words(), unknown.words());
    let right = browser.post("/desk/sign-in", &fields("care@x.vn", PASSWORD)).await;
    assert_eq!((right.status, right.location.as_str()), (StatusCode::SEE_OTHER, "/desk/duty"));
    assert!(right.cookie.starts_with("redress-session=") && right.cookie.contains("HttpOnly"));
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let house = house().await;
    let page = house.stranger().get("/desk/sign-in?next=https://evil.vn/").await;
    assert_eq!(page.value("next"), "");
    let page = house.stranger().get("/desk/queue?state=all").await;
    assert_eq!(page.location, "/desk/sign-in?next=/desk/queue%3Fstate%3Dall");
}

#[tokio::test]
async fn a_link_is_not_used_up_by_looking_at_it() {
    let house = house().await;
    let link = house.app.setup_link(None).await.expect("the link is stored");
    let path = link.trim_start_matches("http://desk.test");
    let browser = house.stranger();
    assert_eq!(browser.get(path).await.status, StatusCode::OK);
    let fields = [
        ("name", "Quản Trị"),
        ("email", "first@x.vn"),
        ("role", "admin"),
        ("password", PASSWORD),
        ("again", "khác hẳn đi"),
    ];
    let differs = browser.post(path, &fields).await;
    assert_eq!(differs.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(differs.value("email"), "");
    assert!(differs.text.contains("first@x.vn") && !differs.text.contains(PASSWORD));
    let mut same = fields;
    same[4].1 = PASSWORD;
    assert_eq!(browser.post(path, &same).await.location, "/desk/accounts");
    assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_sign_in_link_signs_in_once_and_only_by_its_button() {
    let house = house().await;
    let member = house.app.member("binh@x.vn").await.expect("the account is there");
    let link = house.app.sign_in_link(&member).await.expect("the link is stored");
    let path = link.trim_start_matches("http://desk.test");
    let browser = house.stranger();
    assert!(browser.get(path).await.text.contains("binh"));
    assert_eq!(browser.post(path, &[]).await.location, "/desk/director");
    assert_eq!(browser.post(path, &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let care = house.sign_in("care@x.vn").await;
    for key in ["", "forged"] {
        let path = format!("/desk/complaints/{reference}/notes");
        let page = care.post(&path, &[("key", key), ("text", "một ghi chú")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{key}");
    }
    let signed_out = care.post("/desk/sign-out", &[("key", "forged")]).await;
    assert_eq!(signed_out.status, StatusCode::FORBIDDEN);
    let page = care.get(&format!("/desk/complaints/{reference}")).await;
    assert!(page.status.is_success() && !page.text.contains("một ghi chú"));
}

#[tokio::test]
async fn each_sees_what_is_theirs() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let page = format!("/desk/complaints/{reference}");
    let (file, picture) = (format!("{page}/files/00"), format!("{page}/pictures/00"));
    for (email, path, status) in [
        ("tung@x.vn", file.as_str(), 404),
        ("admin@x.vn", file.as_str(), 403),
        ("care@x.vn", picture.as_str(), 404),
        ("care@x.vn", page.as_str(), 200),
        ("tung@x.vn", page.as_str(), 404),
        ("tung@x.vn", "/desk/complaints/KN-26-999999-ZZ", 404),
        ("admin@x.vn", page.as_str(), 403),
        ("admin@x.vn", "/desk/queue", 403),
        ("admin@x.vn", "/desk/new", 403),
        ("care@x.vn", "/desk/accounts", 403),
        ("care@x.vn", "/desk/director", 403),
        ("tung@x.vn", "/desk/queue", 200),
        ("binh@x.vn", "/desk/nowhere", 404),
    ] {
        let answer = house.sign_in(email).await.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{email} {path}");
    }
}

#[tokio::test]
async fn the_director_hands_over_with_one_tap() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let director = house.sign_in("binh@x.vn").await;
    let inbox = director.get("/desk/director").await;
    let fields = ["key", "version", "to"].map(|name| (name, inbox.value(name)));
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("back", "director"));
    let path = format!("/desk/complaints/{reference}/handover");
    let done = director.post(&path, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(director.get(&done.location).await.text.contains(&format!("Bàn giao, {reference}")));
    let technician = house.sign_in("tung@x.vn").await;
    assert!(technician.get(&format!("/desk/complaints/{reference}")).await.status.is_success());
    let twice = director.post(&path, &fields).await;
    assert_eq!(twice.location, done.location, "the same form sent twice is carried out once");
    fields[2].1 = "care";
    let other = director.post(&path, &fields).await;
    assert_eq!(other.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let care = house.sign_in("care@x.vn").await;
    let typed = [("as", "agreed"), ("reason", "Khách bảo thôi & cảm ơn")];
    let refused = care.command(&reference, "closure", &typed).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("Khách bảo thôi &#38; cảm ơn"));
    assert!(refused.text.contains("promises.resolution.kept_by"));
    let faulty = care.command(&reference, "joining", &[("reason", "cùng một việc")]).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text.contains("cùng một việc") && faulty.text.contains("joining--into"));
}

#[tokio::test]
async fn staff_enter_a_call_and_only_they_get_its_slip() {
    let house = house().await;
    let care = house.sign_in("care@x.vn").await;
    let key = care.get("/desk/new").await.value("key");
    let fields = [
        ("key", key.as_str()),
        ("channel", "phone"),
        ("received_at", "2026-11-25T11:40"),
        ("text", "Thang dừng lệch sàn"),
        ("phone", "0912 345 618"),
    ];
    let missing = care.post("/desk/new", &fields[..3]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let entered = care.post("/desk/new", &fields).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    let again = care.post("/desk/new", &fields).await;
    assert_eq!(again.location, entered.location, "the same form sent twice is one complaint");
    assert!(care.get(&entered.location).await.text.contains("/track/"));
    let director = house.sign_in("binh@x.vn").await;
    assert_eq!(director.get(&entered.location).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_page_shows_the_id_of_a_text() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let page = format!("/desk/complaints/{reference}");
    for lang in ["vi", "en", "lo"] {
        for (email, path) in [
            ("care@x.vn", page.as_str()),
            ("care@x.vn", "/desk/queue"),
            ("care@x.vn", "/desk/new"),
            ("care@x.vn", "/desk/duty"),
            ("binh@x.vn", "/desk/director"),
            ("binh@x.vn", page.as_str()),
            ("admin@x.vn", "/desk/accounts"),
            ("admin@x.vn", "/desk/queue"),
        ] {
            let words = house.sign_in(email).await.speaking(lang).get(path).await.words();
            for start in ["command-", "field-", "desk-", "event-", "hint-", "state-", "promise-"] {
                let shown = words.split_whitespace().find(|word| word.starts_with(start));
                assert_eq!(shown, None, "{lang} {path}");
            }
        }
    }
}

#[tokio::test]
async fn an_auditor_reads_without_forms() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let page =
        house.sign_in("audit@x.vn").await.get(&format!("/desk/complaints/{reference}")).await;
    assert!(page.status.is_success() && page.text.contains("Thang kêu to"));
    assert!(!page.text.contains(&format!("/desk/complaints/{reference}/")));
}

#[tokio::test]
async fn only_administrators_make_accounts_and_the_link_is_shown_once() {
    let house = house().await;
    let admin = house.sign_in("admin@x.vn").await;
    let key = admin.get("/desk/accounts").await.value("key");
    let fields = [("key", key.as_str()), ("name", "Hà"), ("email", "ha@x.vn"), ("role", "care")];
    let made = admin.post("/desk/accounts", &fields).await;
    assert!(made.text.contains("http://desk.test/desk/set-up/"));
    assert!(!admin.get("/desk/accounts").await.text.contains("/desk/set-up/"));
    let twice = admin.post("/desk/accounts", &fields).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let member = house.app.member("ha@x.vn").await.expect("the account is there");
    let session = house.sign_in("ha@x.vn").await;
    let path = format!("/desk/accounts/{}/disable", member.id);
    let foreign = session.get("/desk/queue").await.value("key");
    assert_eq!(session.post(&path, &[("key", &foreign)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.post(&path, &[("key", &key)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(session.get("/desk/queue").await.location, "/desk/sign-in?next=/desk/queue");
}

#[tokio::test]
async fn only_whom_the_policy_lets_hand_over_is_asked_to() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    for (email, asked) in [("binh@x.vn", true), ("care@x.vn", false)] {
        let page = house.sign_in(email).await.get(&format!("/desk/complaints/{reference}")).await;
        let form = format!("/desk/complaints/{reference}/handover");
        assert_eq!(page.text.contains(&form), asked, "{email}");
    }
}

#[tokio::test]
async fn a_version_that_is_none_is_not_taken_for_any() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let care = house.sign_in("care@x.vn").await;
    let page = format!("/desk/complaints/{reference}");
    let key = care.get(&page).await.value("key");
    let path = format!("{page}/handover");
    for (version, status) in [("x", 400), ("999", 412)] {
        let answer = care.post(&path, &[("key", &key), ("version", version)]).await;
        assert_eq!(answer.status.as_u16(), status, "{version}");
    }
}

#[tokio::test]
async fn who_may_not_approve_reads_who_is_waited_for() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let (tung, huy) = (house.sign_in("tung@x.vn").await, house.sign_in("huy@x.vn").await);
    let director = house.sign_in("binh@x.vn").await;
    director.command(&reference, "handover", &[("to", "technical")]).await;
    tung.command(&reference, "acceptance", &[]).await;
    let finding = [("check", "tiếng kêu"), ("side", "measurement"), ("text", "60 dB")];
    tung.command(&reference, "findings", &finding).await;
    let decision = [("outcome", "upheld"), ("reasons", "Kêu quá mức")];
    tung.command(&reference, "decision", &decision).await;
    let path = format!("/desk/complaints/{reference}");
    let page = tung.get(&path).await.text;
    assert!(
        page.contains("Đang chờ duyệt: huy hoặc Tổng Giám đốc.") && !page.contains("/approval")
    );
    for approver in [&huy, &director] {
        let page = approver.get(&path).await.text;
        assert!(page.contains("/approval") && !page.contains("Đang chờ duyệt:"));
    }
    assert!(page.contains("/give-back"), "whoever proposed may take it back");
    director
        .command(&reference, "give-back", &[("proposal", "pro_1"), ("reason", "Thiếu ảnh")])
        .await;
    assert!(!tung.get(&path).await.text.contains("/give-back"), "nothing waits any more");
}

#[tokio::test]
async fn an_auditor_reads_event_codes_and_is_offered_no_entry() {
    let house = house().await;
    let reference = house.complaint("Thang kêu to").await;
    let path = format!("/desk/complaints/{reference}");
    for (email, audits) in [("audit@x.vn", true), ("care@x.vn", false)] {
        let browser = house.sign_in(email).await;
        let (queue, file) = (browser.get("/desk/queue").await, browser.get(&path).await);
        assert_eq!(queue.text.contains("href=\"/desk/new\""), !audits, "{email}");
        assert_eq!(file.text.contains("complaint.opened"), audits, "{email}");
        assert!(file.text.contains("trong sổ</span>"), "what the number of an event is");
    }
}

/// The tables of days on a page, row by row, without their dress.
fn days(page: &str) -> Vec<String> {
    let tables = page.split("<table class=\"days\">").skip(1);
    let tables = tables.filter_map(|rest| rest.split("</table>").next());
    let rows = tables.flat_map(|table| table.split("<tr").skip(1));
    rows.map(|row| {
        let mut bare = String::new();
        let mut inside = true;
        for c in row.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => bare.push(c),
                _ => {}
            }
        }
        bare.split_whitespace().collect::<Vec<_>>().join(" ")
    })
    .collect()
}

#[tokio::test]
async fn the_desk_counts_the_days_as_the_tracking_page_does_in_every_language() {
    let house = house().await;
    let receipt = house.notice("Thang dừng lệch tầng.", false).await;
    let token = receipt.tracking_url.rsplit('/').next().expect("it ends in the token").to_owned();
    for lang in ["vi", "en", "lo"] {
        let care = house.sign_in("care@x.vn").await.speaking(lang);
        let desk = care.get(&format!("/desk/complaints/{}", receipt.reference)).await;
        let tracking = house.stranger().get(&format!("/{lang}/track/{token}")).await;
        let (seen, told) = (days(&desk.text), days(&tracking.text));
        // Three hours in a row, and the day of receipt with the three days after it.
        assert!(seen.len() >= 5, "{lang} {seen:?}");
        assert_eq!(seen, told, "{lang}");
    }
}
