//! The page that checks receipts, as a browser without scripts sees it.

use axum::http::StatusCode;

use crate::world::{House, Page, house};

/// Sends a file to be checked.
async fn send(house: &House, lang: &str, file: &[u8]) -> Page {
    let parts: [(&str, &[u8]); 1] = [("name=\"receipt\"; filename=\"a.tlog-proof\"", file)];
    house.stranger().post_parts(&format!("/{lang}/verify"), &parts).await
}

/// The receipt of a new complaint, and its reference.
async fn receipt(house: &House) -> (String, String) {
    let reference = house.notice("Thang dừng giữa tầng", false).await.reference;
    let loaded = house.app.load(&reference).await.expect("it is there");
    let file = house.app.receipt_file(&loaded).await.expect("it can be signed");
    (file.text, reference)
}

#[tokio::test]
async fn a_receipt_of_ours_is_valid_in_every_language_and_says_what_was_recorded() {
    let house = house().await;
    let (text, reference) = receipt(&house).await;
    for (lang, valid) in
        [("vi", "Biên nhận hợp lệ"), ("en", "The receipt is valid"), ("lo", "ໃບຮັບຖືກຕ້ອງ")]
    {
        let page = send(&house, lang, text.as_bytes()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(&format!("<title>{valid}")), "{lang}: {}", page.words());
        for told in [reference.as_str(), "Thang dừng giữa tầng", "2026-11-25T12:00:00+07:00"]
        {
            assert!(page.text.contains(told), "{told} in {lang}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_in_words() {
    let house = house().await;
    let (text, _) = receipt(&house).await;
    let film = vec![b'x'; 2 * 1024 * 1024];
    let windows = text.replace('\n', "\r\n");
    for (file, code, words) in [
        (&text.as_bytes()[..text.len() - 9], "truncated", "bị mất một phần"),
        (windows.as_bytes(), "windows-line-ends", "Hãy tải lại bản gốc"),
        (b"%PDF-1.7".as_slice(), "not-a-receipt", "không phải tệp biên nhận"),
        (b"".as_slice(), "not-a-receipt", "không phải tệp biên nhận"),
        (film.as_slice(), "too-long", "không phải tệp biên nhận"),
    ] {
        let page = send(&house, "vi", file).await;
        assert_eq!(page.status, StatusCode::OK);
        let answer = page.text.split("id=\"answer\"").nth(1).expect("there is an answer");
        let answer = answer.split("<template").next().expect("it ends");
        assert!(answer.contains(&format!(">{code}<")), "{code}: {answer}");
        assert!(answer.contains(words), "{code}: {answer}");
    }
}

#[tokio::test]
async fn a_form_without_a_file_and_one_that_is_no_form_are_told() {
    let house = house().await;
    let nothing: [(&str, &[u8]); 1] = [("name=\"receipt\"; filename=\"\"", b"")];
    let page = house.stranger().post_parts("/vi/verify", &nothing).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.words().contains("Hãy chọn tệp biên nhận"), "{}", page.words());
    let page = house.stranger().post("/vi/verify", &[("receipt", "x")]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let huge = vec![b'x'; 33 * 1024 * 1024];
    assert_eq!(send(&house, "vi", &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(house.stranger().get("/fr/verify").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_brings_its_keys_and_its_modules() {
    let house = house().await;
    let page = house.stranger().get("/vi/verify").await;
    assert_eq!(page.status, StatusCode::OK);
    for known in house.app.log_keys() {
        let key = known.key.to_string().replace('+', "&#43;");
        let plain = known.key.to_string();
        assert!(page.text.contains(&key) || page.text.contains(&plain), "{plain}");
    }
    let folder = page.text.split("src=\"/assets/verify-").nth(1).expect("it has a module");
    let folder = folder.split('/').next().expect("in a folder");
    let mut wanted = vec!["page.mjs".to_owned()];
    let mut seen = 0;
    while let Some(name) = wanted.get(seen).cloned() {
        let module = house.stranger().get(&format!("/assets/verify-{folder}/{name}")).await;
        assert_eq!(module.status, StatusCode::OK, "{name}");
        let imports = module.text.split("from './").skip(1);
        for name in imports.filter_map(|rest| rest.split('\'').next()) {
            if !wanted.iter().any(|known| known == name) {
                wanted.push(name.to_owned());
            }
        }
        seen += 1;
    }
    assert_eq!(seen, 7, "{wanted:?}");
    for at in ["/vi/", "/vi/track"] {
        let page = house.stranger().get(at).await;
        assert!(page.text.contains("href=\"/vi/verify\""), "{at} leads there");
    }
}
