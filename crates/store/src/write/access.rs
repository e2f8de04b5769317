//! Sessions, tokens, set-up links, passwords, uploads.
//! Must not see a secret itself: every key here is a hash.

use jiff::Timestamp;

use super::Written;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::value::{Line, Statement, statements, stmt};

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Hash of the token in the cookie.
    pub token_hash: Vec<u8>,
    /// The account's id, or empty for a visitor's session.
    pub account: String,
    /// Secret of this session against forged forms.
    pub form_secret: Vec<u8>,
    /// When it began.
    pub created_at: Timestamp,
    /// First instant it is no longer good.
    pub expires_at: Timestamp,
}

/// A bearer token of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Hash of the token.
    pub hash: Vec<u8>,
    /// The account's id.
    pub account: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// First instant it is no longer good; never if missing.
    pub expires_at: Option<Timestamp>,
}

/// A link that lets one account set its password once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupLinkRow {
    /// Hash of the link's secret.
    pub hash: Vec<u8>,
    /// The account's id, or empty for the first account of an installation.
    pub account: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// First instant it is no longer good.
    pub expires_at: Timestamp,
    /// When it was used up.
    pub used_at: Option<Timestamp>,
}

/// A file that was uploaded and waits for its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRow {
    /// Hash of the upload's id.
    pub id_hash: Vec<u8>,
    /// Who uploaded it: hash of the session or of the address, as text.
    pub owner: String,
    /// Digest of the bytes, lower-case hex.
    pub digest: String,
    /// The file's name as given.
    pub name: String,
    /// The media type as found by looking at the bytes.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// What used it, or empty.
    pub used_by: String,
}

statements! {
    PUT_SESSION = "INSERT INTO session (token_hash, account, form_secret, created_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (token_hash) DO UPDATE SET \
        account = excluded.account, form_secret = excluded.form_secret, \
        expires_at = excluded.expires_at";
    EXTEND_SESSION = "UPDATE session SET expires_at = $2 WHERE token_hash = $1";
    DROP_SESSION = "DELETE FROM session WHERE token_hash = $1";
    DROP_SESSIONS_OF = "DELETE FROM session WHERE account = $1";
    PUT_TOKEN = "INSERT INTO token (hash, account, created_at, expires_at) \
        VALUES ($1, $2, $3, $4)";
    DROP_TOKEN = "DELETE FROM token WHERE hash = $1";
    PUT_SETUP_LINK = "INSERT INTO setup_link (hash, account, created_at, expires_at, used_at) \
        VALUES ($1, $2, $3, $4, $5)";
    USE_SETUP_LINK = "UPDATE setup_link SET used_at = $2 \
        WHERE hash = $1 AND expires_at > $2 AND used_at > $2 \
        RETURNING hash, account, created_at, expires_at, used_at";
    PUT_PASSWORD = "INSERT INTO account_secret (account, password_hash) VALUES ($1, $2) \
        ON CONFLICT (account) DO UPDATE SET password_hash = excluded.password_hash";
    PUT_UPLOAD = "INSERT INTO upload (id_hash, owner, digest, name, media_type, bytes, \
        created_at, used_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SESSION_BY_HASH = "SELECT token_hash, account, form_secret, created_at, expires_at \
        FROM session WHERE token_hash = $1";
    TOKEN_BY_HASH = "SELECT hash, account, created_at, expires_at FROM token WHERE hash = $1";
    SETUP_LINK_BY_HASH = "SELECT hash, account, created_at, expires_at, used_at \
        FROM setup_link WHERE hash = $1";
    UPLOAD_BY_HASH = "SELECT id_hash, owner, digest, name, media_type, bytes, created_at, used_by \
        FROM upload WHERE id_hash = $1";
}

impl SessionRow {
    pub(super) fn put(&self) -> Statement<'_> {
        stmt!(PUT_SESSION; &self.token_hash, &self.account, &self.form_secret, self.created_at,
            self.expires_at)
    }
}

impl TokenRow {
    pub(super) fn put(&self) -> Statement<'_> {
        stmt!(PUT_TOKEN; &self.hash, &self.account, self.created_at, self.expires_at)
    }
}

impl SetupLinkRow {
    pub(super) fn put(&self) -> Statement<'_> {
        stmt!(PUT_SETUP_LINK; &self.hash, &self.account, self.created_at, self.expires_at,
            self.used_at)
    }
}

impl UploadRow {
    pub(super) fn put(&self) -> Statement<'_> {
        stmt!(PUT_UPLOAD; &self.id_hash, &self.owner, &self.digest, &self.name, &self.media_type,
            self.bytes, self.created_at, &self.used_by)
    }
}

pub(super) fn extend_session(token_hash: &[u8], expires_at: Timestamp) -> Statement<'_> {
    stmt!(EXTEND_SESSION; token_hash, expires_at)
}

pub(super) fn drop_session(token_hash: &[u8]) -> Statement<'_> {
    stmt!(DROP_SESSION; token_hash)
}

pub(super) fn drop_sessions_of(account: &str) -> Statement<'_> {
    stmt!(DROP_SESSIONS_OF; account)
}

pub(super) fn drop_token(hash: &[u8]) -> Statement<'_> {
    stmt!(DROP_TOKEN; hash)
}

pub(super) fn put_password<'a>(account: &'a str, password_hash: &'a str) -> Statement<'a> {
    stmt!(PUT_PASSWORD; account, password_hash)
}

pub(super) fn use_setup_link(
    engine: &mut dyn Engine,
    hash: &[u8],
    now: Timestamp,
) -> Result<Written, StoreError> {
    let lines = engine.query(&stmt!(USE_SETUP_LINK; hash, now))?;
    let link = lines.into_iter().next().map(|mut line| read_setup_link(&mut line));
    Ok(Written::Link(link.transpose()?))
}

pub(crate) fn read_session(line: &mut Line) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        token_hash: line.bytes()?,
        account: line.text()?,
        form_secret: line.bytes()?,
        created_at: line.instant()?,
        expires_at: line.instant()?,
    })
}

pub(crate) fn read_token(line: &mut Line) -> Result<TokenRow, StoreError> {
    Ok(TokenRow {
        hash: line.bytes()?,
        account: line.text()?,
        created_at: line.instant()?,
        expires_at: line.maybe_instant()?,
    })
}

pub(crate) fn read_setup_link(line: &mut Line) -> Result<SetupLinkRow, StoreError> {
    Ok(SetupLinkRow {
        hash: line.bytes()?,
        account: line.text()?,
        created_at: line.instant()?,
        expires_at: line.instant()?,
        used_at: line.maybe_instant()?,
    })
}

pub(crate) fn read_upload(line: &mut Line) -> Result<UploadRow, StoreError> {
    Ok(UploadRow {
        id_hash: line.bytes()?,
        owner: line.text()?,
        digest: line.text()?,
        name: line.text()?,
        media_type: line.text()?,
        bytes: line.count()?,
        created_at: line.instant()?,
        used_by: line.text()?,
    })
}
