//! What a browser sends with a form that may carry files: fields and uploads, bounded.

use axum::extract::{FromRequest, Multipart, Request, multipart::Field};
use redress_app::{AppError, Uploaded};
use redress_core::kinds::Lang;

use crate::{Site, api, http::PAIRS_MAX};

/// Fields and files of a form.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// Fields in order; `upload` and files are not among them.
    pub(super) fields: Vec<(String, String)>,
    /// Files uploaded with an earlier attempt and still wanted, by id.
    pub(super) kept: Vec<String>,
    /// Files uploaded now.
    pub(super) uploaded: Vec<Uploaded>,
    /// Files that could not be taken, each with its name.
    pub(super) faults: Vec<(String, AppError)>,
}

impl Typed {
    /// Reads a multipart form; files are uploaded one by one for `owner`.
    ///
    /// # Errors
    ///
    /// [`AppError::TooLarge`] or [`AppError::Malformed`] when the whole form cannot be read.
    pub(super) async fn read(site: &Site, request: Request, owner: &str) -> Result<Self, AppError> {
        let max = site.app.pack().policy.limits.file_bytes;
        let mut form = Multipart::from_request(request, site)
            .await
            .map_err(|error| AppError::Malformed { detail: error.body_text() })?;
        let mut typed = Self::default();
        while let Some(field) = form.next_field().await.map_err(|error| api::spoilt(&error, max))? {
            let name = field.name().unwrap_or_default().to_owned();
            if typed.fields.len() + typed.kept.len() + typed.uploaded.len() > PAIRS_MAX {
                return Err(AppError::Malformed { detail: "too many fields".to_owned() });
            }
            if let Some(file) = field.file_name().map(str::to_owned) {
                match bounded(field, max).await? {
                    Some(bytes) => typed.file(site, owner, &file, bytes).await?,
                    None => typed.faults.push((file, AppError::TooLarge { max })),
                }
            } else {
                let value = text(field).await?;
                if name == "upload" {
                    typed.kept.push(value);
                } else {
                    typed.fields.push((name, value));
                }
            }
        }
        Ok(typed)
    }

    /// An empty file field is a field nobody used.
    async fn file(
        &mut self,
        site: &Site,
        owner: &str,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), AppError> {
        if bytes.is_empty() && name.is_empty() {
            return Ok(());
        }
        match site.app.upload(owner, name, bytes).await {
            Ok(uploaded) => self.uploaded.push(uploaded),
            Err(error @ (AppError::EmptyFile | AppError::TooLarge { .. } | AppError::DiskFull)) => {
                self.faults.push((name.to_owned(), error));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// One field; empty when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Ids of every file the form carries.
    pub(super) fn files(&self) -> Vec<String> {
        self.kept.iter().cloned().chain(self.uploaded.iter().map(|one| one.id.clone())).collect()
    }
}

/// The bytes of one file; `None` above the bound, whose rest is read and forgotten, so that the
/// other fields of the form are still read and nothing typed is lost.
pub(crate) async fn bounded(mut field: Field<'_>, max: u64) -> Result<Option<Vec<u8>>, AppError> {
    let mut bytes = Vec::new();
    let mut size = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(|error| api::spoilt(&error, max))? {
        size = size.saturating_add(chunk.len() as u64);
        if size <= max {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((size <= max).then_some(bytes))
}

/// The value of one text part, as bounded as a whole form without files.
async fn text(field: Field<'_>) -> Result<String, AppError> {
    let max = crate::site::BODY_BYTES_MAX as u64;
    let bytes = bounded(field, max).await?.ok_or(AppError::TooLarge { max })?;
    String::from_utf8(bytes).map_err(|_| AppError::Malformed { detail: "not UTF-8".to_owned() })
}

/// The words of a file that could not be taken.
pub(crate) fn file_words(lang: Lang, name: &str, error: &AppError) -> String {
    let file = [("name", name.into())];
    match error {
        AppError::TooLarge { max } => {
            let size = redress_text::file_size(lang, *max);
            redress_text::t_args(
                lang,
                "error-file-too-large",
                &[("name", name.into()), ("size", size.as_str().into())],
            )
        }
        AppError::DiskFull => redress_text::t_args(lang, "error-file-no-room", &file),
        _ => redress_text::t_args(lang, "error-file-empty", &file),
    }
}
