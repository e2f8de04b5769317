//! Checking a receipt: the page, and the check on the server for browsers without scripts.
//! Must not keep what was sent, or tell whether a complaint exists.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use redress_app::proof::{RECEIPT_BYTES_MAX, VerificationKey};
use redress_app::{AppError, check_receipt};
use redress_core::kinds::Lang;

use super::page::{NotFound, frame, html, lang_of, problem};
use crate::{
    Site,
    components::{FieldErrors, Section},
    http::{Asker, Form, Path, Speaks},
    portal::{
        assemble,
        view::{Verdict, Verify},
    },
};

/// Most bytes of the form, of which those of a receipt are kept while they are checked: somebody
/// who chose a film is told so.
pub(super) const FORM_BYTES_MAX: usize = 32 * RECEIPT_BYTES_MAX;

pub(super) async fn get(
    State(site): State<Site>,
    Speaks(spoken): Speaks,
    Path(lang): Path<String>,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, spoken) };
    show(&site, lang, None, FieldErrors::default())
}

pub(super) async fn post(
    State(site): State<Site>,
    Path(lang): Path<String>,
    asker: Asker,
    request: Request,
) -> Response {
    let Some(lang) = lang_of(&site, &lang) else { return NotFound::page(&site, asker.lang) };
    if let Err(error) = site.admit(asker.address) {
        return problem(&site, lang, error);
    }
    match sent(&site, request).await {
        Ok(Some(file)) => {
            let words = frame(&site, lang, "/verify", Section::Other).w;
            let checked = check_receipt(&file, &keys(&site));
            show(&site, lang, Some(assemble::verdict(&words, checked)), FieldErrors::default())
        }
        Ok(None) => {
            let mut errors = FieldErrors::default();
            errors.add("receipt", redress_text::t(lang, "verify-missing"));
            show(&site, lang, None, errors)
        }
        Err(error) => problem(&site, lang, error),
    }
}

/// The file of the form, as far as it can be a receipt; nothing if none was chosen.
async fn sent(site: &Site, request: Request) -> Result<Option<Vec<u8>>, AppError> {
    let mut form = Form::read(site, request).await?;
    let mut file = None;
    while let Some(part) = form.next().await? {
        if part.name() == "receipt" && part.file_name().is_some_and(|name| !name.is_empty()) {
            file = Some(part.beginning(RECEIPT_BYTES_MAX + 1).await?);
        }
    }
    Ok(file)
}

fn show(site: &Site, lang: Lang, verdict: Option<Verdict>, errors: FieldErrors) -> Response {
    let status = if errors.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = frame(site, lang, "/verify", Section::Other);
    let keys = keys(site).iter().map(ToString::to_string).collect();
    html(&Verify { frame, keys, errors, verdict }, lang, status)
}

/// The keys by which receipts are checked here.
fn keys(site: &Site) -> Vec<VerificationKey> {
    site.app.log_keys().into_iter().map(|known| known.key).collect()
}
