//! Renders every page of the desk with sample data in each language, to be looked at in a browser:
//! `cargo run -p redress-web --example desk_preview -- FOLDER`.
//! Must not be part of the product.

mod sample;

use std::fs;
use std::io;
use std::path::Path;

use redress_core::kinds::Lang;
use redress_web::desk::{self, render};

const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240"><rect width="320" height="240" fill="#8a939b"/><rect x="70" y="30" width="85" height="210" fill="#c3cbd1"/><rect x="165" y="30" width="85" height="210" fill="#b4bdc4"/><rect x="60" y="196" width="200" height="14" fill="#20262b"/><path d="M190 120h16v76h-16z" fill="#f2c230"/></svg>"##;

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "give the folder to write into"));
    };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    fs::write(folder.join("assets/redress.css"), redress_web::components::STYLESHEET)?;
    fs::write(folder.join("assets/desk.css"), desk::STYLESHEET)?;
    fs::write(folder.join("assets/desk.js"), desk::SCRIPT)?;
    fs::write(folder.join("assets/picture.svg"), PICTURE)?;
    for lang in Lang::ALL.iter().copied() {
        for (name, page) in pages(lang) {
            let html = page.map_err(io::Error::other)?.replace("\"/assets/", "\"assets/");
            fs::write(folder.join(format!("{name}-{lang}.html")), html)?;
        }
    }
    Ok(())
}

fn pages(lang: Lang) -> Vec<(&'static str, Result<String, askama::Error>)> {
    vec![
        ("sign-in", render(&sample::sign_in(lang))),
        ("set-up", render(&sample::set_up(lang))),
        ("queue", render(&sample::queue(lang))),
        ("queue-empty", render(&sample::queue_empty(lang))),
        ("case", render(&sample::case(lang))),
        ("case-refused", render(&sample::case_refused(lang))),
        ("director", render(&sample::director(lang))),
        ("entry", render(&sample::entry(lang))),
        ("entered", render(&sample::entered(lang))),
        ("duty", render(&sample::duty_page(lang))),
        ("accounts", render(&sample::accounts(lang))),
        ("problem-409", render(&sample::refused(lang))),
        ("problem-404", render(&sample::not_found(lang))),
    ]
}
