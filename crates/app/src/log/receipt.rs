//! The receipt of a complaint: what was recorded of it, and the proof that it was and when.
//! Must not judge who may have one; the doors do.

use redress_proof::{OpenWords, Opening, Receipt as ProofReceipt};
use redress_store::{StoreError, StoredEvent};

use crate::{App, AppError, Loaded};

/// The event a receipt proves: that the complaint was opened, with its reference and its words.
const PROVED: &str = "complaint.opened";

/// A receipt as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptFile {
    /// Its name, `KN-26-000384-KB.tlog-proof`.
    pub name: String,
    /// Its exact text, `c2sp.org/tlog-proof@v1`.
    pub text: String,
    /// The hash of its leaf, in hexadecimal: what paper carries.
    pub leaf_hash: String,
}

impl App {
    /// The receipt of a complaint, by the newest signed tree that holds it. Words that were erased
    /// stand in it no longer; who has the older receipt still has them, and both are valid.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when the log cannot be read; [`AppError::Broken`] when nothing can be
    /// signed.
    pub async fn receipt_file(&self, loaded: &Loaded) -> Result<ReceiptFile, AppError> {
        let told = loaded.history.iter().find(|told| told.stored.kind == PROVED);
        let stored = &told.ok_or_else(|| AppError::broken("a complaint was never opened"))?.stored;
        let index = stored.pos - 1;
        let signed = self.signed_with(index).await?;
        let path = self.store.inclusion(index, signed.tree.size).await?;
        let opening = opening(stored)?;
        let leaf_hash = crate::hex(&redress_proof::leaf_hash(opening.leaf.as_bytes()));
        let text = ProofReceipt { opening, index, path, checkpoint: signed.note }.to_string();
        Ok(ReceiptFile { name: format!("{}.tlog-proof", loaded.row.reference), text, leaf_hash })
    }
}

/// What opens the leaf of a stored event.
fn opening(stored: &StoredEvent) -> Result<Opening, AppError> {
    let salt = |bytes: &[u8]| -> Result<[u8; 32], StoreError> {
        let what = || StoreError::Corrupt { what: "a salt has not 32 bytes".to_owned() };
        bytes.try_into().map_err(|_| what())
    };
    let words = match (&stored.words, &stored.words_salt) {
        (Some(text), Some(bytes)) => Some(OpenWords { text: text.clone(), salt: salt(bytes)? }),
        _ => None,
    };
    Ok(Opening {
        leaf: stored.leaf.clone(),
        salt: salt(&stored.salt)?,
        payload: stored.payload()?,
        words,
    })
}
