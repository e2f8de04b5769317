//! Sign-in links: single-use, for the demo only, where nobody has chosen a password yet.
//! Must not open what a set-up link opens: the stored hash is bound to its purpose.

use redress_core::complaint::people::Member;
use redress_store::{SetupLinkRow, Write, Written};

use crate::{
    App, AppError,
    accounts::LINK_LIFE,
    secret::{SECRET_BYTES, Secret, sha256},
};

/// What the hash of a sign-in link begins with, so that it never is the hash of a set-up link.
const PURPOSE: &str = "sign-in:";

impl App {
    /// A link that signs a member in, once, within 72 hours: `/desk/sign-in/{secret}`.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when it cannot be stored.
    pub async fn sign_in_link(&self, member: &Member) -> Result<String, AppError> {
        let secret = Secret::from_bytes(&self.world.bytes::<SECRET_BYTES>());
        let now = self.world.now();
        let row = SetupLinkRow {
            hash: hash(&secret),
            account: member.id.to_string(),
            created_at: now,
            expires_at: now.checked_add(LINK_LIFE).map_err(AppError::broken)?,
            used_at: None,
        };
        self.store.write(Write::PutSetupLink(row)).await?;
        Ok(format!("{}/desk/sign-in/{}", self.public_url, secret.reveal()))
    }

    /// Whom a sign-in link would sign in; leaves it unused, so that a preview costs nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when it is unknown, used or lapsed, or its account disabled.
    pub async fn look_at_sign_in_link(&self, secret: &Secret) -> Result<Member, AppError> {
        let now = self.world.now();
        let row = self.store.setup_link(&hash(secret)).await?;
        let row = row
            .filter(|row| row.used_at.is_none() && row.expires_at > now)
            .ok_or(AppError::NotFound)?;
        let account = self.store.account(&row.account).await?;
        self.active(account).await?.ok_or(AppError::NotFound)
    }

    /// Uses a sign-in link up: the token of a new session, and whose it is.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when the link is not good.
    pub async fn use_sign_in_link(&self, secret: &Secret) -> Result<(Secret, Member), AppError> {
        let member = self.look_at_sign_in_link(secret).await?;
        let now = self.world.now();
        let used = self.store.write(Write::UseSetupLink { hash: hash(secret), now }).await?;
        let Written::Link(Some(_)) = used else { return Err(AppError::NotFound) };
        Ok((self.new_session(&member).await?, member))
    }
}

fn hash(secret: &Secret) -> Vec<u8> {
    sha256(format!("{PURPOSE}{}", secret.reveal()).as_bytes()).to_vec()
}
