//! Sessions of browsers: 256-bit tokens, hashed in the store, with an idle and an absolute end.

use jiff::{SignedDuration, Timestamp};
use redress_core::complaint::people::Member;
use redress_store::{SessionRow, Write};

use crate::{
    App, AppError, Password,
    secret::{SECRET_BYTES, Secret, hex},
};

/// How long a session lives without use (ASVS 7.3.1).
pub(crate) const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// How long a session lives at most (ASVS 7.3.2).
pub(crate) const ABSOLUTE: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub member: Member,
    /// What every form of this session carries against forgery.
    pub form_token: String,
    /// When the session ends without use.
    pub expires_at: Timestamp,
}

impl App {
    /// Signs in with e-mail and password; answers the new session's token.
    ///
    /// # Errors
    ///
    /// [`AppError::Unauthorized`] when they do not fit.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &Password,
    ) -> Result<(Secret, Member), AppError> {
        let member = self.check_password(email, password).await?;
        Ok((self.new_session(&member).await?, member))
    }

    /// A new session for a member.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when it cannot be stored.
    pub async fn new_session(&self, member: &Member) -> Result<Secret, AppError> {
        let secret = Secret::from_bytes(&self.world.bytes::<SECRET_BYTES>());
        let now = self.world.now();
        let row = SessionRow {
            token_hash: secret.hash(),
            account: member.id.to_string(),
            form_secret: self.world.bytes::<SECRET_BYTES>().to_vec(),
            created_at: now,
            expires_at: now.checked_add(IDLE).map_err(AppError::broken)?,
        };
        self.store.write(Write::PutSession(row)).await?;
        Ok(secret)
    }

    /// The session behind a token.
    ///
    /// # Errors
    ///
    /// [`AppError::Unauthorized`] when it ended, or its account is disabled.
    pub async fn session(&self, token: &Secret) -> Result<SignedIn, AppError> {
        let now = self.world.now();
        let row = self.store.session(&token.hash()).await?.ok_or(AppError::Unauthorized)?;
        let absolute = row.created_at.checked_add(ABSOLUTE).map_err(AppError::broken)?;
        if now >= row.expires_at || now >= absolute {
            return Err(AppError::Unauthorized);
        }
        let account = self.store.account(&row.account).await?;
        let member = self.active(account).await?.ok_or(AppError::Unauthorized)?;
        let expires_at = now.checked_add(IDLE).map_err(AppError::broken)?.min(absolute);
        let half = row.expires_at.checked_sub(IDLE / 2).unwrap_or(now);
        if now > half {
            let token_hash = token.hash();
            self.store.write(Write::ExtendSession { token_hash, expires_at }).await?;
        }
        Ok(SignedIn { member, form_token: hex(&row.form_secret), expires_at })
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when it cannot be ended.
    pub async fn sign_out(&self, token: &Secret) -> Result<(), AppError> {
        self.store.write(Write::DropSession { token_hash: token.hash() }).await?;
        Ok(())
    }
}
