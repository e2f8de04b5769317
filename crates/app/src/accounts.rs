//! Accounts of the organisation: made, disabled, found; passwords hashed with Argon2id.
//! Must not choose a password for anybody: accounts get a single-use link.

use std::sync::Arc;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::SignedDuration;
use redress_core::{
    complaint::{
        Event,
        event::{AccountChanged, AccountWords},
        people::{Actor, AuthorityScope, Member},
    },
    field::FieldErrors,
    id::AccountId,
    kinds::{DepartmentId, Role},
    plain::{self, Email},
};
use redress_store::{
    AccountRow, Claim, ClaimKind, Expect, Row, SetupLinkRow, StreamKind, TokenRow, Write, Written,
};

use crate::{
    App, AppError,
    record::{self, ActorFact},
    row,
    secret::{SECRET_BYTES, Secret, sha256},
    uploads::blocking,
};

/// How long a set-up link may be used (72 hours).
pub(crate) const LINK_LIFE: SignedDuration = SignedDuration::from_hours(72);
/// Most accounts of an installation that `members` reads.
const ACCOUNTS_MAX: u32 = 1_000;
/// Shortest password in characters (ASVS 6.2.1).
pub(crate) const PASSWORD_CHARS_MIN: usize = 8;
/// Longest password in characters (ASVS 6.2.9 asks for at least 64).
pub(crate) const PASSWORD_CHARS_MAX: usize = 256;

/// A password as typed; never printed.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A password somebody typed.
    pub fn typed(text: &str) -> Self {
        Self(text.to_owned())
    }

    fn check(&self, errors: &mut FieldErrors) {
        let chars = self.0.chars().count();
        if chars < PASSWORD_CHARS_MIN {
            errors.add(
                "/password",
                "password-short",
                vec![("min", PASSWORD_CHARS_MIN.to_string())],
            );
        } else if chars > PASSWORD_CHARS_MAX {
            errors.add(
                "/password",
                "too-long",
                vec![("max", PASSWORD_CHARS_MAX.to_string()), ("actual", chars.to_string())],
            );
        } else if is_common(&self.0) {
            errors.add("/password", "password-common", vec![]);
        }
    }
}

/// The commonest passwords and patterns; the long list comes with the accounts pages.
fn is_common(password: &str) -> bool {
    let folded = plain::fold(password);
    let first = folded.chars().next();
    let one_letter = folded.chars().all(|c| Some(c) == first);
    let common = [
        "password",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "matkhau",
        "iloveyou",
        "11111111",
        "abcd1234",
    ];
    one_letter || common.iter().any(|word| folded.starts_with(word))
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Name as shown.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// What it may do.
    pub role: Role,
    /// Its unit; Customer Care's when absent for that role.
    pub department: Option<String>,
    /// Units for which the person may approve; `all` for every one.
    pub authority: Vec<String>,
}

impl Password {
    /// Whether it may become a password, told before anything is made with it.
    ///
    /// # Errors
    ///
    /// Faults of the password.
    pub fn judge(&self) -> Result<(), AppError> {
        let mut errors = FieldErrors::default();
        self.check(&mut errors);
        if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
    }
}

impl App {
    /// Every member with an active account.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn members(&self) -> Result<Vec<Member>, AppError> {
        let rows = self.accounts().await?;
        let active = rows.iter().filter(|row| !row.disabled).filter_map(member_of);
        let mut members: Vec<Member> = active.collect();
        let deputies = self.deputies().await?;
        let directors: Vec<AccountId> =
            members.iter().filter(|m| m.role == Role::Director).map(|m| m.id).collect();
        for member in &mut members {
            member.stands_in_for = deputies.of(member.id, |director| directors.contains(&director));
        }
        Ok(members)
    }

    /// Every account, by e-mail.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when reading fails.
    pub async fn accounts(&self) -> Result<Vec<AccountRow>, AppError> {
        Ok(self.store.accounts("", ACCOUNTS_MAX).await?)
    }

    /// The active member with this e-mail.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when there is none.
    pub async fn member(&self, email: &str) -> Result<Member, AppError> {
        let row = self.store.account_by_email(&email.trim().to_lowercase()).await?;
        self.active(row).await?.ok_or(AppError::NotFound)
    }

    /// The member behind an account row, with what a delegation lets them do now; `None` when
    /// there is no such account, or it is disabled.
    pub(crate) async fn active(&self, row: Option<AccountRow>) -> Result<Option<Member>, AppError> {
        let row = row.filter(|row| !row.disabled);
        let Some(mut member) = row.as_ref().and_then(member_of) else { return Ok(None) };
        for director in self.deputies().await?.all_of(member.id) {
            let director = self.store.account(&director.to_string()).await?;
            let director = director.filter(|row| !row.disabled).as_ref().and_then(member_of);
            if let Some(director) = director.filter(|member| member.role == Role::Director) {
                member.stands_in_for = Some(director.id);
                break;
            }
        }
        Ok(Some(member))
    }

    /// Makes an account.
    ///
    /// # Errors
    ///
    /// Faults of fields, [`AppError::Taken`] when the e-mail has an account.
    pub async fn add_account(&self, new: &NewAccount, by: &Actor) -> Result<Member, AppError> {
        let event = self.account_event(new)?;
        let words = event.words.clone().unwrap_or_default();
        let claim = Claim {
            kind: ClaimKind::AccountEmail,
            key: sha256(words.email.as_bytes()).to_vec(),
            owner: words.email.clone(),
            fingerprint: vec![],
            answer: None,
            expires_at: None,
        };
        self.put_account(&event, 0, Some(claim), by).await?;
        self.member(&words.email).await
    }

    fn account_event(&self, new: &NewAccount) -> Result<AccountChanged, AppError> {
        let pack = self.packs.current();
        let mut errors = FieldErrors::default();
        let name = errors.keep("/name", plain::line(&new.name, 120));
        let email = errors.keep("/email", Email::parse(&new.email));
        let mut department = None;
        let units: Vec<&str> =
            pack.policy.departments.iter().map(|unit| unit.id.as_str()).collect();
        let receiving = pack.policy.receiving().id.to_string();
        let named =
            new.department.clone().or_else(|| (new.role == Role::Care).then_some(receiving));
        if let Some(named) = named {
            department =
                DepartmentId::parse(&named).filter(|id| pack.policy.department(id).is_some());
            if department.is_none() {
                let args = vec![("department", named), ("allowed", units.join(", "))];
                errors.add("/department", "unknown-department", args);
            }
        } else if new.role == Role::Department {
            errors.add("/department", "missing", vec![("allowed", units.join(", "))]);
        }
        for unit in new.authority.iter().filter(|unit| *unit != "all") {
            if DepartmentId::parse(unit).is_none_or(|id| pack.policy.department(&id).is_none()) {
                let allowed = ["all"].into_iter().chain(units.iter().copied());
                let allowed = allowed.collect::<Vec<_>>().join(", ");
                let args = vec![("department", unit.clone()), ("allowed", allowed)];
                errors.add("/authority", "unknown-department", args);
            }
        }
        let (Some(name), Some(email), true) = (name, email, errors.is_empty()) else {
            return Err(errors.into());
        };
        Ok(AccountChanged {
            account: AccountId::new(self.world.now(), &self.world.chance()),
            role: new.role,
            department,
            authority: new.authority.clone(),
            active: true,
            words: Some(AccountWords { name, email: email.as_str().to_lowercase() }),
        })
    }

    async fn put_account(
        &self,
        event: &AccountChanged,
        version: u64,
        claim: Option<Claim>,
        by: &Actor,
    ) -> Result<(), AppError> {
        let now = self.world.now();
        let mut commit = record::new_commit(&self.world);
        let stream = record::stream(StreamKind::Account, event.account)?;
        let actor = ActorFact::of(by, "").to_json();
        let created_at = match self.store.account(&event.account.to_string()).await? {
            Some(row) => row.created_at,
            None => now,
        };
        commit.events.push(record::new_event(
            &self.world,
            &stream,
            &Event::from(event.clone()),
            &actor,
            now,
        ));
        commit.expect.push(Expect { stream, version });
        commit.claims.extend(claim);
        commit.rows.push(Row::Account(row::account(event, created_at, version + 1)));
        self.store.commit(commit).await?;
        Ok(())
    }

    /// Disables an account, or enables it again; sessions and tokens end at once.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when there is none.
    pub async fn set_active(&self, email: &str, active: bool, by: &Actor) -> Result<(), AppError> {
        let row = self
            .store
            .account_by_email(&email.trim().to_lowercase())
            .await?
            .ok_or(AppError::NotFound)?;
        let event = event_of(&row, active)?;
        self.put_account(&event, row.version, None, by).await?;
        if !active {
            self.store.write(Write::DropSessionsOf { account: row.id }).await?;
        }
        Ok(())
    }

    /// A single-use link by which an account sets its password.
    ///
    /// # Errors
    ///
    /// [`AppError::Store`] when it cannot be stored.
    pub async fn setup_link(&self, account: Option<AccountId>) -> Result<String, AppError> {
        let secret = Secret::from_bytes(&self.world.bytes::<SECRET_BYTES>());
        let now = self.world.now();
        let row = SetupLinkRow {
            hash: secret.hash(),
            account: account.map(|id| id.to_string()).unwrap_or_default(),
            created_at: now,
            expires_at: now.checked_add(LINK_LIFE).map_err(AppError::broken)?,
            used_at: None,
        };
        self.store.write(Write::PutSetupLink(row)).await?;
        Ok(format!("{}/desk/set-up/{}", self.public_url, secret.reveal()))
    }

    /// Whose link this is: the account, or `None` for the first of an installation.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when it is unknown, used or lapsed.
    pub async fn look_at_link(&self, secret: &Secret) -> Result<Option<Member>, AppError> {
        let now = self.world.now();
        let row = self.store.setup_link(&secret.hash()).await?;
        let row = row
            .filter(|row| row.used_at.is_none() && row.expires_at > now)
            .ok_or(AppError::NotFound)?;
        if row.account.is_empty() {
            return Ok(None);
        }
        let account = self.store.account(&row.account).await?;
        self.active(account).await?.map(Some).ok_or(AppError::NotFound)
    }

    /// Uses a link up: sets the password of its account, or makes the first account with it.
    ///
    /// # Errors
    ///
    /// Faults of the password, [`AppError::NotFound`] when the link is not good.
    pub async fn use_link(
        &self,
        secret: &Secret,
        password: &Password,
        first: Option<&NewAccount>,
    ) -> Result<Member, AppError> {
        let mut errors = FieldErrors::default();
        password.check(&mut errors);
        let known = self.look_at_link(secret).await?;
        if !errors.is_empty() {
            return Err(errors.into());
        }
        if known.is_none() {
            self.account_event(first.ok_or(AppError::NotFound)?)?;
        }
        let now = self.world.now();
        let used = self.store.write(Write::UseSetupLink { hash: secret.hash(), now }).await?;
        let Written::Link(Some(_)) = used else { return Err(AppError::NotFound) };
        let member = match (known, first) {
            (Some(member), _) => member,
            (None, Some(first)) => self.add_account(first, &Actor::System("set-up")).await?,
            (None, None) => return Err(AppError::NotFound),
        };
        self.set_password(&member, password).await?;
        Ok(member)
    }

    /// Sets a password; every session of the account ends.
    ///
    /// # Errors
    ///
    /// Faults of the password.
    pub async fn set_password(&self, member: &Member, password: &Password) -> Result<(), AppError> {
        password.judge()?;
        let password_hash = hash(password.0.clone()).await?;
        let account = member.id.to_string();
        self.store.write(Write::PutPassword { account: account.clone(), password_hash }).await?;
        self.store.write(Write::DropSessionsOf { account }).await?;
        Ok(())
    }

    /// The member whose e-mail and password these are. Takes as long for strangers.
    ///
    /// # Errors
    ///
    /// [`AppError::Unauthorized`] when they do not fit.
    pub async fn check_password(
        &self,
        email: &str,
        password: &Password,
    ) -> Result<Member, AppError> {
        let row = self
            .store
            .account_by_email(&email.trim().to_lowercase())
            .await?
            .filter(|row| !row.disabled);
        let stored = match &row {
            Some(row) => self.store.password_of(&row.id).await?,
            None => None,
        };
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODYS_HASH.to_owned());
        let typed = password.0.clone();
        let _turn = self.hashing.acquire().await.map_err(AppError::broken)?;
        let fits = blocking(move || {
            Ok(Argon2::default().verify_password(typed.as_bytes(), stored.as_str()).is_ok())
        })
        .await?;
        match self.active(row).await? {
            Some(member) if fits && known => Ok(member),
            _ => Err(AppError::Unauthorized),
        }
    }

    /// Makes a bearer token, to be shown once.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] when there is no such account.
    pub async fn add_token(
        &self,
        email: &str,
        expires_at: Option<jiff::Timestamp>,
    ) -> Result<Secret, AppError> {
        let member = self.member(email).await?;
        let secret = Secret::from_bytes(&self.world.bytes::<SECRET_BYTES>());
        let row = TokenRow {
            hash: secret.hash(),
            account: member.id.to_string(),
            created_at: self.world.now(),
            expires_at,
        };
        self.store.write(Write::PutToken(row)).await?;
        Ok(secret)
    }

    /// The member a bearer token belongs to.
    ///
    /// # Errors
    ///
    /// [`AppError::Unauthorized`] when it is unknown, lapsed, or its account disabled.
    pub async fn token_member(&self, token: &Secret) -> Result<Member, AppError> {
        let now = self.world.now();
        let row = self.store.token(&token.hash()).await?;
        let row = row
            .filter(|row| row.expires_at.is_none_or(|end| end > now))
            .ok_or(AppError::Unauthorized)?;
        let account = self.store.account(&row.account).await?;
        self.active(account).await?.ok_or(AppError::Unauthorized)
    }
}

/// A hash of no password, so that a stranger's sign-in takes as long as anybody's.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keS1ubw$3m3nHdxIuzqDLoBe2iwzjVcFpMV6tYF6FZm2mL4s4Bc";

async fn hash(password: String) -> Result<String, AppError> {
    blocking(move || {
        let hashed = Argon2::default().hash_password(password.as_bytes());
        hashed
            .map(|hash| hash.to_string())
            .map_err(|error| std::io::Error::other(error.to_string()))
    })
    .await
}

/// The member behind an account row, without what a delegation adds; `None` for a row of a newer
/// program.
fn member_of(row: &AccountRow) -> Option<Member> {
    let authority = row.authority.split_whitespace().filter_map(|unit| match unit {
        "all" => Some(AuthorityScope::All),
        unit => DepartmentId::parse(unit).map(AuthorityScope::Department),
    });
    Some(Member {
        id: row.id.parse().ok()?,
        email: row.email.clone(),
        name: row.name.clone(),
        role: row.role.parse().ok()?,
        department: DepartmentId::parse(&row.department),
        authority: authority.collect(),
        stands_in_for: None,
    })
}

fn event_of(row: &AccountRow, active: bool) -> Result<AccountChanged, AppError> {
    Ok(AccountChanged {
        account: row.id.parse().map_err(AppError::broken)?,
        role: row.role.parse().map_err(AppError::broken)?,
        department: DepartmentId::parse(&row.department),
        authority: row.authority.split_whitespace().map(str::to_owned).collect(),
        active,
        words: Some(AccountWords { name: row.name.clone(), email: row.email.clone() }),
    })
}

/// Names of accounts by id, for pages and events.
pub(crate) fn emails(rows: &[AccountRow]) -> Arc<std::collections::HashMap<String, String>> {
    Arc::new(rows.iter().map(|row| (row.id.clone(), row.email.clone())).collect())
}
