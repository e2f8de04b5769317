//! Renders every public page with sample data in each language, to be looked at in a browser:
//! `cargo run -p redress-web --example portal_preview -- FOLDER`.
//! Must not be part of the product.

mod sample;

use std::fs;
use std::io;
use std::path::Path;

use askama::Template;
use redress_core::kinds::Lang;
use redress_web::components::STYLESHEET;

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "give the folder to write into"));
    };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    fs::write(folder.join("assets/redress.css"), STYLESHEET)?;
    for lang in Lang::ALL.iter().copied() {
        for (name, page) in pages(lang) {
            let html = page.map_err(io::Error::other)?.replace("\"/assets/", "\"assets/");
            fs::write(folder.join(format!("{name}-{lang}.html")), html)?;
        }
    }
    Ok(())
}

fn pages(lang: Lang) -> Vec<(String, askama::Result<String>)> {
    let mut pages = vec![
        ("home".to_owned(), sample::home(lang).render()),
        ("form".to_owned(), sample::form(lang).render()),
        ("form-errors".to_owned(), sample::form_with_errors(lang).render()),
        ("form-no-room".to_owned(), sample::form_without_room(lang).render()),
        ("receipt".to_owned(), sample::receipt(lang).render()),
        ("lookup".to_owned(), sample::lookup(lang).render()),
        ("track-verifying".to_owned(), sample::verifying(lang).render()),
        ("track-answered".to_owned(), sample::answered(lang).render()),
        ("track-again".to_owned(), sample::again(lang).render()),
        ("verify".to_owned(), sample::verify(lang).render()),
        ("verify-missing".to_owned(), sample::verify_missing(lang).render()),
        ("verify-valid".to_owned(), sample::verify_valid(lang).render()),
        ("verify-refused".to_owned(), sample::verify_refused(lang).render()),
    ];
    for problem in sample::problems(lang) {
        pages.push((format!("problem-{}", problem.kind.status()), problem.render()));
    }
    pages
}
