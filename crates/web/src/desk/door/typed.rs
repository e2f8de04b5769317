//! What a browser sends with a form of the desk: fields and uploads, bounded, and only with the
//! session's token.
//! Must not store a file before the token was seen.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
};
use redress_app::AppError;

use super::session::Staff;
use crate::{
    Site,
    http::{Form, Taken, pairs},
    portal::door::file_words,
};

/// Fields and files of a form.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// Fields in order; a file stands as its upload id under its field's name.
    pub(super) pairs: Vec<(String, String)>,
    /// Files that could not be taken: field and words.
    pub(super) faults: Vec<(String, String)>,
}

/// One field of a form; empty when it was not sent.
pub(super) fn field<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

impl Typed {
    /// Reads a form, urlencoded or multipart; files are uploaded one by one for the member.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without the session's token, [`AppError::TooLarge`] or
    /// [`AppError::Malformed`] when the whole form cannot be read.
    pub(super) async fn read(
        site: &Site,
        request: Request,
        staff: &Staff,
    ) -> Result<Self, AppError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_multipart = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
        let typed = if is_multipart {
            Self::multipart(site, request, staff).await?
        } else {
            Self { pairs: pairs(&text(site, request).await?)?, faults: vec![] }
        };
        if staff.sent(typed.get("key")) { Ok(typed) } else { Err(AppError::Forbidden) }
    }

    async fn multipart(site: &Site, request: Request, staff: &Staff) -> Result<Self, AppError> {
        let mut form = Form::read(site, request).await?;
        let mut typed = Self::default();
        while let Some(part) = form.next().await? {
            let name = part.name();
            let Some(file) = part.file_name() else {
                typed.pairs.push((name, part.text().await?));
                continue;
            };
            if !staff.sent(typed.get("key")) {
                return Err(AppError::Forbidden);
            }
            match part.store(site, &staff.owner()).await? {
                Taken::Nothing => {}
                Taken::Kept(uploaded) => typed.pairs.push((name, uploaded.id)),
                Taken::Fault(error) => {
                    typed.faults.push((name, file_words(staff.lang, &file, &error)));
                }
            }
        }
        Ok(typed)
    }

    /// One field; empty when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        field(&self.pairs, name)
    }

    /// Every value of a field that was filled in.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let values = self.pairs.iter().filter(|(known, value)| known == name && !value.is_empty());
        values.map(|(_, value)| value.clone()).collect()
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, AppError> {
    String::from_utf8(bytes).map_err(|_| AppError::Malformed { detail: "not UTF-8".to_owned() })
}

async fn text(site: &Site, request: Request) -> Result<String, AppError> {
    let max = crate::site::BODY_BYTES_MAX as u64;
    let bytes = Bytes::from_request(request, site).await;
    let bytes = bytes.map_err(|_| AppError::TooLarge { max })?;
    utf8(bytes.to_vec())
}
