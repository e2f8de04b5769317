//! Answers by e-mail through a real SMTP server: accepted, refused, failed later; and the one fixed
//! mail to an address nobody proved to hold. Must not test how a letter looks to a mail program.

use serde_json::{Value, json};

use super::house::{A, CARE, DIRECTOR, HEAD, House, noise, with};
use super::life::Life;
use super::mailbox::MailServer;
use super::wait::until;

fn by_mail(email: &str) -> Value {
    let complainant = json!({"name": "Nguyễn Thị Hà", "email": email});
    with(noise(), json!({"complainant": complainant, "reply_by": "email"}))
}

fn is_to(address: &'static str) -> impl Fn(&Value) -> bool {
    move |letter| letter["to"] == json!([address])
}

/// A complaint with an approved result that is on its way by e-mail; the attempt's id.
fn sent_to<'h>(house: &'h House, email: &str) -> (Life<'h>, Value) {
    let life = Life::begin_with(house, &by_mail(email));
    life.verified_by(A);
    let proposal = life.proposed_by(A);
    life.step(HEAD, "approval", &json!({"proposal": proposal, "approve": true}), "responding");
    let response = json!({"proposal": proposal, "channel": "email", "text": "Đã chỉnh cảm biến."});
    let done = life.tried(A, "response", &response).is(200).json();
    let attempt = done["events"][0]["facts"]["attempt"].clone();
    (life, attempt)
}

fn promise(life: &Life<'_>, promise: &str) -> Value {
    let seen = life.house.show(DIRECTOR, &life.case.reference);
    let all = seen["promises"].as_array().expect("a list");
    all.iter().find(|known| known["promise"] == promise).expect("it was set").clone()
}

/// Waits until an attempt is in this state.
fn attempt_is(life: &Life<'_>, attempt: &Value, state: &str) -> Value {
    until(&format!("an attempt that is {state}"), || {
        let seen = life.house.show(DIRECTOR, &life.case.reference);
        let all = seen["attempts"].as_array().expect("a list");
        let found = all.iter().any(|known| known["id"] == *attempt && known["state"] == state);
        found.then_some(seen)
    })
}

#[test]
fn an_answer_by_mail_keeps_the_promise_and_a_later_failure_revives_it() {
    let server = MailServer::start();
    let house = server.house();
    let (life, attempt) = sent_to(&house, "ha@example.vn");
    let seen = attempt_is(&life, &attempt, "reached");
    assert_eq!(seen["state"], "answered");
    let kept = promise(&life, "resolution");
    assert_eq!((&kept["state"], kept["kept_at"].is_string()), (&json!("kept"), true));
    assert_eq!(promise(&life, "first-reply")["state"], "kept");
    let letters = server.letters_to("ha@example.vn", |letter| {
        letter["text"].as_str().expect("a text").contains("Đã chỉnh cảm biến.")
    });
    let letter = letters.last().expect("the answer");
    let text = letter["text"].as_str().expect("a text");
    assert!(text.contains(&life.case.reference) && text.contains(&life.case.tracking), "{text}");

    let failed = json!({"attempt": attempt, "failed": "hộp thư trả lại"});
    let done = life.tried(CARE, "response", &failed).is(200).json();
    let kinds: Vec<&Value> =
        done["events"].as_array().expect("a list").iter().map(|event| &event["type"]).collect();
    assert!(kinds.contains(&&json!("response.failed")), "{kinds:?}");
    assert!(kinds.contains(&&json!("promise.revived")), "{kinds:?}");
    let revived = promise(&life, "resolution");
    assert_eq!((&revived["state"], &revived["kept_at"]), (&json!("running"), &Value::Null));
    assert_eq!(revived["due"], kept["due"], "a revived promise has its old due date");
    let seen = house.show(CARE, &life.case.reference);
    assert_eq!(seen["state"], "responding");
    assert_eq!(seen["tasks"][0], json!({"task": "result-not-delivered", "attempt": attempt}));
    let refusal = life.tried(CARE, "closure", &json!({"as": "agreed"})).refusal();
    assert_eq!(refusal.0, "/refusals/no-response");
}

#[test]
fn an_answer_refused_at_the_mailbox_keeps_nothing_closes_nothing_and_raises_a_task() {
    let server = MailServer::start();
    let house = server.house();
    let (life, attempt) = sent_to(&house, "nouser@example.vn");
    let seen = attempt_is(&life, &attempt, "failed");
    assert_eq!(seen["state"], "responding");
    assert_eq!(promise(&life, "resolution")["state"], "running");
    assert_eq!(promise(&life, "first-reply")["state"], "running");
    assert_eq!(seen["tasks"][0], json!({"task": "result-not-delivered", "attempt": attempt}));
    for r#as in ["agreed", "no-objection", "last-round"] {
        let refusal = life.tried(CARE, "closure", &json!({"as": r#as})).refusal();
        let rule = "promises.resolution.kept_by".to_owned();
        assert_eq!(refusal, ("/refusals/no-response".to_owned(), rule));
    }
    let told = json!({"proposal": "pro_1", "because": "thư trả lại",
                      "told": {"by": "phone", "to": "bà Hà", "words": "Đã chỉnh cảm biến."}});
    life.step(A, "response", &told, "answered");
    assert_eq!(promise(&life, "resolution")["state"], "kept");
    assert_eq!(house.show(CARE, &life.case.reference)["tasks"], json!([]));
}

#[test]
fn an_address_nobody_proved_gets_one_fixed_mail_a_day_without_words_of_the_sender() {
    let server = MailServer::start();
    let house = server.house();
    for address in ["Victim@example.vn", "victim@example.vn", "victim@EXAMPLE.vn"] {
        let spam = json!({"text": "MUA NGAY http://evil.example", "asset": "evil.example"});
        let complainant = json!({"name": "evil.example", "email": address});
        house.complain(&with(with(by_mail(address), spam), json!({"complainant": complainant})));
    }
    house.complain(&by_mail("witness@example.vn"));
    let letters = server.letters_to("victim@example.vn", is_to("witness@example.vn"));
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = letters[0].to_string();
    assert!(!letter.contains("evil") && !letter.contains("MUA NGAY"), "{letter}");
    assert!(letter.contains("auto-generated"), "{letter}");
}

#[test]
fn the_director_hears_of_every_complaint_at_once() {
    let server = MailServer::start();
    let house = server.house();
    let case = house.complain(&noise());
    let letters = server.letters_to(DIRECTOR, is_to(DIRECTOR));
    let text = letters[0].to_string();
    assert!(text.contains(&case.reference), "{text}");
    assert!(!house.log().contains("ERROR"), "{}", house.log());
}

#[test]
fn an_objection_after_closing_reaches_the_director_who_may_open_the_second_round() {
    let server = MailServer::start();
    let house = server.house();
    let life = Life::begin(&house);
    life.answered();
    life.step(life.me(), "agreement", &json!({}), "answered");
    life.step(CARE, "closure", &json!({"as": "agreed"}), "archived");
    house.complain(&by_mail("witness@example.vn"));
    server.letters_to(DIRECTOR, is_to("witness@example.vn"));
    life.step(life.me(), "disagreement", &json!({"text": "Lại hỏng."}), "archived");
    let letters = server.letters_to(DIRECTOR, |letter| {
        letter["to"] == json!([DIRECTOR]) && letter.to_string().contains(&life.case.reference)
    });
    assert!(!letters.is_empty());
    let seen = house.show(DIRECTOR, &life.case.reference);
    assert_eq!(seen["tasks"], json!([{"task": "late-objection"}]));
    life.step(DIRECTOR, "reopening", &json!({"reason": "Lại hỏng", "round": 2}), "received");
    assert_eq!(house.show(DIRECTOR, &life.case.reference)["tasks"], json!([]));
}

#[test]
fn letters_are_whole_in_every_language() {
    let server = MailServer::start();
    let house = server.house();
    for (lang, address) in
        [("vi", "vi@example.vn"), ("en", "en@example.vn"), ("lo", "lo@example.vn")]
    {
        let danger = json!({"language": lang, "danger": true, "category": "ENTRAPMENT"});
        let life = Life::begin_with(&house, &with(by_mail(address), danger));
        // Of danger the route hands over by itself, within a turn of the jobs.
        until("the hand-over", || {
            let seen = house.show(DIRECTOR, &life.case.reference);
            (seen["state"] == "handed-over").then_some(())
        });
        life.step(A, "acceptance", &json!({"accept": true}), "verifying");
        let ask = json!({"asks": ["khe cửa <1>"], "text": "câu hỏi", "channel": "email",
                         "answer_by": "2099-01-01T08:00:00+07:00"});
        life.step(A, "evidence-request", &ask, "verifying");
        let words = json!({"direction": "out", "channel": "email", "text": "lời nhắn & {{ 7*7 }}"});
        life.step(CARE, "messages", &words, "verifying");
        life.step(A, "findings", &super::life::finding(), "verifying");
        let proposal = life.proposed_by(A);
        life.step(HEAD, "approval", &json!({"proposal": proposal, "approve": true}), "responding");
        let response = json!({"proposal": proposal, "channel": "email", "text": "câu trả lời"});
        life.tried(A, "response", &response).is(200);
        let text = |letter: &Value| letter["text"].as_str().expect("a text").to_owned();
        let letters = server.letters_to(address, |letter| text(letter).contains("câu trả lời"));
        for words in ["khe cửa <1>", "lời nhắn & {{ 7*7 }}", "câu trả lời"] {
            let about = letters.iter().filter(|letter| text(letter).contains(words)).count();
            assert_eq!(about, 1, "{words}: {letters:?}");
        }
        for letter in &letters {
            let words = text(letter);
            assert!(words.contains(&life.case.tracking), "{words}");
            assert!(letter["headers"].to_string().contains(&life.case.reference), "{letter}");
            let is_lao = words.contains(|c: char| ('\u{e80}'..='\u{eff}').contains(&c));
            assert_eq!(is_lao, lang == "lo", "{words}");
            let language = json!(["Content-Language", lang]);
            let headers = letter["headers"].as_array().expect("a list");
            assert!(headers.contains(&language), "{letter}");
        }
    }
    assert!(!house.log().contains("ERROR"), "{}", house.log());
}

#[test]
fn two_servers_on_one_folder_write_each_letter_once() {
    let server = MailServer::start();
    let house = server.house();
    let (_process, beside) = house.beside();
    let mut references = Vec::new();
    for client in [&house.client, &beside].into_iter().cycle().take(8) {
        let receipt = client.post("/api/v1/complaints").json(&noise()).send().is(201).json();
        references.push(receipt["reference"].as_str().expect("a text").to_owned());
    }
    let (mut seen, mut letters) = (0, Vec::new());
    while seen < references.len() {
        letters.extend(server.letters_to(DIRECTOR, is_to(DIRECTOR)));
        let about =
            |reference: &&String| letters.iter().any(|l| l.to_string().contains(*reference));
        seen = references.iter().filter(about).count();
    }
    house.complain(&by_mail("witness@example.vn"));
    letters.extend(server.letters_to(DIRECTOR, is_to("witness@example.vn")));
    for reference in &references {
        let about = letters.iter().filter(|letter| letter.to_string().contains(reference)).count();
        assert_eq!(about, 1, "{reference}");
    }
    let log = super::house::verb(house.path(), "log verify --json").json();
    assert_eq!(log["valid"], true, "{log}");
}
