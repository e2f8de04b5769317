//! A form with files, read piece by piece in fixed memory. Must not know what its fields mean.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use axum::{
    body::Body,
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use futures_util::StreamExt as _;
use redress_app::{AppError, Uploaded};

use super::PAIRS_MAX;
use crate::{Site, site::BODY_BYTES_MAX};

/// Bytes that may arrive before one of them is read as a part of something: the head of a part is a
/// few lines, and whoever sends megabytes of it wants them kept.
const UNREAD_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A form on its way in.
pub(crate) struct Form {
    parts: Multipart,
    unread: Arc<AtomicUsize>,
    count: usize,
    text_room: usize,
    max: u64,
}

/// One part of a form.
pub(crate) struct Part<'f> {
    field: Field<'f>,
    unread: &'f AtomicUsize,
    text_room: &'f mut usize,
    max: u64,
}

/// What came of a file of a form.
pub(crate) enum Taken {
    /// A field nobody used.
    Nothing,
    /// It is stored.
    Kept(Uploaded),
    /// It could not be taken, and the rest of the form can.
    Fault(AppError),
}

impl Form {
    /// Begins to read a form.
    ///
    /// # Errors
    ///
    /// [`AppError::Malformed`] when it is no form with files.
    pub(crate) async fn read(site: &Site, request: Request) -> Result<Self, AppError> {
        let unread = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&unread);
        let request = request.map(|body| {
            Body::from_stream(body.into_data_stream().map(move |piece| {
                let piece = piece?;
                let before = counted.fetch_add(piece.len(), Relaxed);
                if before > UNREAD_BYTES_MAX {
                    return Err(axum::Error::new("the head of a part has no end"));
                }
                Ok(piece)
            }))
        });
        let parts = Multipart::from_request(request, site)
            .await
            .map_err(|error| AppError::Malformed { detail: error.body_text() })?;
        let max = site.app.pack().policy.limits.file_bytes;
        Ok(Self { parts, unread, count: 0, text_room: BODY_BYTES_MAX, max })
    }

    /// The next part, or the end.
    ///
    /// # Errors
    ///
    /// [`AppError::TooManyFields`], [`AppError::TooLarge`] or [`AppError::Malformed`].
    pub(crate) async fn next(&mut self) -> Result<Option<Part<'_>>, AppError> {
        self.count += 1;
        if self.count > PAIRS_MAX {
            return Err(AppError::TooManyFields { max: PAIRS_MAX });
        }
        let (unread, max) = (&*self.unread, self.max);
        let field = self.parts.next_field().await.map_err(|error| spoilt(&error, unread, max))?;
        unread.store(0, Relaxed);
        Ok(field.map(|field| Part { field, unread, text_room: &mut self.text_room, max }))
    }
}

impl Part<'_> {
    /// The name of its field; empty without one.
    pub(crate) fn name(&self) -> String {
        self.field.name().unwrap_or_default().to_owned()
    }

    /// What the file is called, if it is one.
    pub(crate) fn file_name(&self) -> Option<String> {
        self.field.file_name().map(str::to_owned)
    }

    /// The next bytes, never none of them: a field nobody used has one piece, which is empty.
    async fn piece(&mut self) -> Result<Option<axum::body::Bytes>, AppError> {
        loop {
            let piece = self.field.chunk().await.map_err(|e| spoilt(&e, self.unread, self.max))?;
            self.unread.store(0, Relaxed);
            if piece.as_ref().is_none_or(|piece| !piece.is_empty()) {
                return Ok(piece);
            }
        }
    }

    /// Its words, in UTF-8; all words of a form together are no longer than a form without files.
    ///
    /// # Errors
    ///
    /// [`AppError::TooLarge`] or [`AppError::Malformed`].
    pub(crate) async fn text(mut self) -> Result<String, AppError> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.piece().await? {
            let Some(room) = self.text_room.checked_sub(piece.len()) else {
                return Err(AppError::TooLarge { max: BODY_BYTES_MAX as u64 });
            };
            *self.text_room = room;
            bytes.extend_from_slice(&piece);
        }
        String::from_utf8(bytes).map_err(|_| AppError::Malformed { detail: "not UTF-8".to_owned() })
    }

    /// The first `max` bytes of the file in it; the rest is read and forgotten.
    ///
    /// # Errors
    ///
    /// [`AppError::Malformed`], or [`AppError::TooLarge`] above the bound of the whole form.
    pub(crate) async fn beginning(mut self, max: usize) -> Result<Vec<u8>, AppError> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.piece().await? {
            let room = max.saturating_sub(bytes.len());
            bytes.extend(piece.iter().take(room));
        }
        Ok(bytes)
    }

    /// Stores the file in it for `owner`, piece by piece. What cannot be taken is read to its end and
    /// forgotten, so that the other fields are still read and nothing typed is lost.
    ///
    /// # Errors
    ///
    /// [`AppError::Malformed`], [`AppError::TooLarge`] above the bound of the whole form, or a
    /// failure.
    pub(crate) async fn store(mut self, site: &Site, owner: &str) -> Result<Taken, AppError> {
        let name = self.file_name().unwrap_or_default();
        let Some(first) = self.piece().await? else {
            let nothing = name.is_empty();
            return Ok(if nothing { Taken::Nothing } else { Taken::Fault(AppError::EmptyFile) });
        };
        let kept = self.kept(site, owner, &name, first).await;
        match kept {
            Ok(uploaded) => Ok(Taken::Kept(uploaded)),
            Err(error) if is_of_file(&error) => {
                while self.piece().await?.is_some() {}
                Ok(Taken::Fault(error))
            }
            Err(error) => Err(error),
        }
    }

    async fn kept(
        &mut self,
        site: &Site,
        owner: &str,
        name: &str,
        first: axum::body::Bytes,
    ) -> Result<Uploaded, AppError> {
        let mut upload = site.app.begin_upload(owner).await?;
        let mut next = Some(first);
        while let Some(piece) = next {
            upload.write(&piece).await?;
            next = self.piece().await?;
        }
        upload.finish(name).await
    }
}

/// Whether it is one file that cannot be taken, and not the form.
fn is_of_file(error: &AppError) -> bool {
    matches!(
        error,
        AppError::EmptyFile
            | AppError::TooLarge { .. }
            | AppError::PictureTooLarge { .. }
            | AppError::TooManyFiles { .. }
            | AppError::NoRoom
            | AppError::DiskFull
    )
}

/// A body over a bound breaks off inside the reader.
fn spoilt(error: &MultipartError, unread: &AtomicUsize, max: u64) -> AppError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE || unread.load(Relaxed) > UNREAD_BYTES_MAX {
        AppError::TooLarge { max }
    } else {
        AppError::Malformed { detail: error.body_text() }
    }
}
