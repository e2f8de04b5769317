//! Accounts, passwords, sessions, tokens, links, uploads.
//! Must not judge whether something is still good: what is stored is answered, ends included.

use super::{all, first, page};
use crate::error::StoreError;
use crate::rows::{AccountRow, read_account};
use crate::store::Store;
use crate::value::{Line, question, statements};
use crate::write::{
    SESSION_BY_HASH, SETUP_LINK_BY_HASH, SessionRow, SetupLinkRow, TOKEN_BY_HASH, TokenRow,
    UPLOAD_BY_HASH, UploadRow, read_session, read_setup_link, read_token, read_upload,
};

statements! {
    ACCOUNT_BY_ID = "SELECT id, email, name, role, department, authority, disabled, created_at, \
        version FROM account WHERE id = $1";
    ACCOUNT_BY_EMAIL = "SELECT id, email, name, role, department, authority, disabled, \
        created_at, version FROM account WHERE email = $1";
    ACCOUNTS = "SELECT id, email, name, role, department, authority, disabled, created_at, \
        version FROM account WHERE email > $1 ORDER BY email LIMIT $2";
    PASSWORD_OF = "SELECT password_hash FROM account_secret WHERE account = $1";
    UPLOADS_USED_BY = "SELECT id_hash, owner, digest, name, media_type, bytes, created_at, \
        used_by FROM upload WHERE used_by = $1 ORDER BY created_at LIMIT $2";
    UPLOAD_BY_DIGEST = "SELECT id_hash, owner, digest, name, media_type, bytes, created_at, \
        used_by FROM upload WHERE digest = $1 LIMIT 1";
}

impl Store {
    /// An account by its id.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn account(&self, id: &str) -> Result<Option<AccountRow>, StoreError> {
        let statement = question!(ACCOUNT_BY_ID; id);
        self.read(move |reader| first(reader, &statement, read_account)).await
    }

    /// An account by its e-mail address, in lower case.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<AccountRow>, StoreError> {
        let statement = question!(ACCOUNT_BY_EMAIL; email);
        self.read(move |reader| first(reader, &statement, read_account)).await
    }

    /// Accounts by e-mail address after `email` (empty for the first page).
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn accounts(&self, email: &str, limit: u32) -> Result<Vec<AccountRow>, StoreError> {
        let statement = question!(ACCOUNTS; email, page(limit));
        self.read(move |reader| all(reader, &statement, read_account)).await
    }

    /// The password hash of an account, if it has one.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn password_of(&self, account: &str) -> Result<Option<String>, StoreError> {
        let statement = question!(PASSWORD_OF; account);
        self.read(move |reader| first(reader, &statement, Line::text)).await
    }

    /// A session by the hash of its token, expired or not.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn session(&self, hash: &[u8]) -> Result<Option<SessionRow>, StoreError> {
        let statement = question!(SESSION_BY_HASH; hash);
        self.read(move |reader| first(reader, &statement, read_session)).await
    }

    /// An API token by its hash, expired or not.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn token(&self, hash: &[u8]) -> Result<Option<TokenRow>, StoreError> {
        let statement = question!(TOKEN_BY_HASH; hash);
        self.read(move |reader| first(reader, &statement, read_token)).await
    }

    /// A set-up link by its hash, used or expired or not. Use it up by `Write::UseSetupLink`.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn setup_link(&self, hash: &[u8]) -> Result<Option<SetupLinkRow>, StoreError> {
        let statement = question!(SETUP_LINK_BY_HASH; hash);
        self.read(move |reader| first(reader, &statement, read_setup_link)).await
    }

    /// An upload by the hash of its id, used or not.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn upload(&self, id_hash: &[u8]) -> Result<Option<UploadRow>, StoreError> {
        let statement = question!(UPLOAD_BY_HASH; id_hash);
        self.read(move |reader| first(reader, &statement, read_upload)).await
    }

    /// Any upload with these bytes, by their digest in lower-case hex.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn upload_by_digest(&self, digest: &str) -> Result<Option<UploadRow>, StoreError> {
        let statement = question!(UPLOAD_BY_DIGEST; digest);
        self.read(move |reader| first(reader, &statement, read_upload)).await
    }

    /// Uploads taken into the file of `used_by`, the oldest first.
    ///
    /// # Errors
    ///
    /// Whatever the engine says.
    pub async fn uploads_used_by(
        &self,
        used_by: &str,
        limit: u32,
    ) -> Result<Vec<UploadRow>, StoreError> {
        let statement = question!(UPLOADS_USED_BY; used_by, page(limit));
        self.read(move |reader| all(reader, &statement, read_upload)).await
    }
}
