//! What a browser sends with a form that may carry files: fields and uploads, bounded.

use axum::extract::Request;
use redress_app::{AppError, Uploaded};
use redress_core::kinds::Lang;

use crate::{
    Site,
    http::{Form, Taken},
};

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
        let mut form = Form::read(site, request).await?;
        let mut typed = Self::default();
        while let Some(part) = form.next().await? {
            let name = part.name();
            if let Some(file) = part.file_name() {
                match part.store(site, owner).await? {
                    Taken::Nothing => {}
                    Taken::Kept(uploaded) => typed.uploaded.push(uploaded),
                    Taken::Fault(error) => typed.faults.push((file, error)),
                }
            } else if name == "upload" {
                typed.kept.push(part.text().await?);
            } else {
                typed.fields.push((name, part.text().await?));
            }
        }
        Ok(typed)
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

/// The words of a file that could not be taken.
pub(crate) fn file_words(lang: Lang, name: &str, error: &AppError) -> String {
    let with = |id: &str, more: &[(&str, redress_text::Arg<'_>)]| {
        redress_text::t_args(lang, id, &[&[("name", name.into())], more].concat())
    };
    match error {
        AppError::TooLarge { max } => {
            let size = redress_text::file_size(lang, *max);
            with("error-file-too-large", &[("size", size.as_str().into())])
        }
        AppError::PictureTooLarge { megapixels } => {
            with("error-file-megapixels", &[("max", i64::from(*megapixels).into())])
        }
        AppError::TooManyFiles { .. } => with("error-file-too-many", &[]),
        AppError::DiskFull => with("error-file-disk-full", &[]),
        AppError::NoRoom => with("error-file-no-room", &[]),
        _ => with("error-file-empty", &[]),
    }
}
