//! A file on its way in: written piece by piece beside the shelves while its digest is reckoned, and
//! put on its shelf when it is whole. Must not hold more of it than one piece.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt as _, PutPayload, path::Path};
use sha2::{Digest as _, Sha256};

use super::{failed, of_digest};
use crate::{AppError, secret::hex};

/// Bytes handed to the disk at once. A store behind a network wants 5 MiB at least.
const PIECE_BYTES: usize = 128 * 1024;
/// First bytes that are kept to tell what a file is.
const HEAD_BYTES: usize = 64;

/// A file on its way in. One that is dropped is gone.
#[derive(Debug)]
pub(crate) struct Incoming {
    place: Arc<dyn ObjectStore>,
    part: Path,
    upload: Box<dyn MultipartUpload>,
    piece: BytesMut,
    head: Vec<u8>,
    digest: Sha256,
    bytes: u64,
}

/// A file that came whole and is on disk, but not on its shelf yet.
#[derive(Debug)]
pub(crate) struct Whole {
    place: Arc<dyn ObjectStore>,
    part: Path,
    /// Its first bytes.
    pub(crate) head: Vec<u8>,
    /// SHA-256 of its bytes, lower-case hex.
    pub(crate) digest: String,
    /// How many there are.
    pub(crate) bytes: u64,
}

impl Incoming {
    pub(super) async fn begin(place: Arc<dyn ObjectStore>, part: Path) -> Result<Self, AppError> {
        let upload = place.put_multipart(&part).await.map_err(failed)?;
        Ok(Self {
            place,
            part,
            upload,
            piece: BytesMut::new(),
            head: Vec::new(),
            digest: Sha256::new(),
            bytes: 0,
        })
    }

    /// How many bytes came so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes the next bytes.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.bytes += bytes.len() as u64;
        let more = HEAD_BYTES.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..more).unwrap_or_default());
        for piece in bytes.chunks(PIECE_BYTES) {
            self.digest.update(piece);
            self.piece.extend_from_slice(piece);
            if self.piece.len() >= PIECE_BYTES {
                self.flush().await?;
            }
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), AppError> {
        let piece: Bytes = self.piece.split().freeze();
        self.upload.put_part(PutPayload::from(piece)).await.map_err(failed)
    }

    /// The last byte came: all are on disk when this returns.
    pub(crate) async fn finish(mut self) -> Result<Whole, AppError> {
        if !self.piece.is_empty() {
            self.flush().await?;
        }
        self.upload.complete().await.map_err(failed)?;
        Ok(Whole {
            place: self.place,
            part: self.part,
            head: self.head,
            digest: hex(&self.digest.finalize()),
            bytes: self.bytes,
        })
    }
}

impl Whole {
    /// Its bytes, all at once.
    pub(crate) async fn read(&self) -> Result<Bytes, AppError> {
        let found = self.place.get(&self.part).await.map_err(failed)?;
        found.bytes().await.map_err(failed)
    }

    /// Puts it on its shelf, durably. The same bytes may lie there: they are replaced by themselves,
    /// so that nobody has to know whether those were flushed.
    pub(crate) async fn shelve(&self) -> Result<(), AppError> {
        self.place.rename(&self.part, &of_digest(&self.digest)).await.map_err(failed)
    }

    /// Takes it away again.
    pub(crate) async fn discard(self) -> Result<(), AppError> {
        self.place.delete(&self.part).await.map_err(failed)
    }
}
