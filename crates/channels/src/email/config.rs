//! How the mail server is reached, checked once. Must not read files or the environment, and must
//! not let a letter or a password travel readable through foreign networks.

use std::{net::IpAddr, time::Duration};

use lettre::{
    Address,
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, TlsParameters},
        extension::ClientId,
    },
};
use redress_core::plain::Email;

use crate::{SUBJECT_CHARS_MAX, Secret, line};

/// Shortest and longest [`SmtpConfig::timeout`].
pub const TIMEOUT_SECONDS: std::ops::RangeInclusive<u64> = 1..=300;

/// How the mail server of the organisation is reached.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// Name or IP address of the server; its certificate must bear it.
    pub host: String,
    /// Port; commonly 587 with [`Tls::StartTls`], 465 with [`Tls::Tls`], 25 within one's own net.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// A certificate authority of one's own in PEM, trusted besides the public ones.
    pub own_authority_pem: Option<Vec<u8>>,
    /// Account on the server, if it wants one.
    pub sign_in: Option<SignIn>,
    /// Who the letters come from and answers go to.
    pub from: From,
    /// Longest wait for the connection and for each answer of the server, within
    /// [`TIMEOUT_SECONDS`]; for the answer to the whole letter, ten times as long (with 60 seconds
    /// the ten minutes of RFC 5321, 4.5.3.2.6). A letter takes at most seventeen times as long.
    pub timeout: Duration,
}

/// How a connection to the mail server is protected; certificates are always verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: only for a server on the same machine or in a private network, named by its
    /// private address, `localhost` or a name without dots.
    None,
    /// Starts readable and must become TLS before anything is said (RFC 3207).
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
}

/// An account on the mail server.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Its name.
    pub user: String,
    /// Its password.
    pub password: Secret,
}

/// Who the letters come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// The name people see, in the organisation's own language.
    pub name: String,
    /// The address; its domain is the domain of our Message-IDs.
    pub address: Email,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpConfigError {
    /// The host is empty or no name or address.
    #[error("`{host}` is neither a host name nor an IP address")]
    NotAHost {
        /// What was configured.
        host: String,
    },
    /// Letters would travel readable.
    #[error(
        "mail to `{host}` would travel unprotected: use `starttls` or `tls`, or name a server on \
         this machine or in a private network by its address"
    )]
    UnprotectedAbroad {
        /// What was configured.
        host: String,
    },
    /// The time limit is out of bounds.
    #[error("the time limit of mail is {seconds} s; it must be within 1 to 300 s")]
    Timeout {
        /// What was configured, whole seconds.
        seconds: u64,
    },
    /// The sender's address cannot be used in mail.
    #[error("`{address}` cannot be the sender of mail")]
    From {
        /// What was configured.
        address: String,
    },
    /// The own certificate authority is no PEM, or TLS cannot be set up.
    #[error("the certificate authority for mail could not be read")]
    Authority {
        /// What the TLS library said.
        source: lettre::transport::smtp::Error,
    },
}

/// A checked configuration in the terms of the mail library.
pub(super) struct Line {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) protection: Protection,
    pub(super) credentials: Option<Credentials>,
    pub(super) hello: ClientId,
    pub(super) from: Mailbox,
    pub(super) timeout: Duration,
}

pub(super) enum Protection {
    None,
    StartTls(TlsParameters),
    Tls(TlsParameters),
}

impl Line {
    pub(super) fn check(config: SmtpConfig) -> Result<Self, SmtpConfigError> {
        let SmtpConfig { host, port, tls, own_authority_pem, sign_in, from, timeout } = config;
        if !is_host(&host) {
            return Err(SmtpConfigError::NotAHost { host });
        }
        if !TIMEOUT_SECONDS.contains(&timeout.as_secs()) {
            return Err(SmtpConfigError::Timeout { seconds: timeout.as_secs() });
        }
        let authority = own_authority_pem.as_deref();
        let protection = match tls {
            Tls::None if is_near(&host) => Protection::None,
            Tls::None => return Err(SmtpConfigError::UnprotectedAbroad { host }),
            Tls::StartTls => Protection::StartTls(parameters(&host, authority)?),
            Tls::Tls => Protection::Tls(parameters(&host, authority)?),
        };
        let address = Address::try_from(from.address.as_str().to_owned())
            .map_err(|_| SmtpConfigError::From { address: from.address.as_str().to_owned() })?;
        let name = Some(line::clean(&from.name, SUBJECT_CHARS_MAX)).filter(|n| !n.is_empty());
        Ok(Self {
            host,
            port,
            protection,
            credentials: sign_in.map(|s| Credentials::new(s.user, s.password.expose().to_owned())),
            hello: ClientId::Domain(address.domain().to_owned()),
            from: Mailbox::new(name, address),
            timeout,
        })
    }
}

fn parameters(host: &str, authority: Option<&[u8]>) -> Result<TlsParameters, SmtpConfigError> {
    let unreadable = |source| SmtpConfigError::Authority { source };
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authority {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(unreadable)?);
    }
    builder.build_rustls().map_err(unreadable)
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    host.parse::<IpAddr>().is_ok() || (host.len() <= 253 && host.split('.').all(label))
}

/// On this machine or in a private network, as far as the name itself can say.
fn is_near(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        Err(_) => !host.contains('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(host: &str, tls: Tls, seconds: u64) -> SmtpConfig {
        SmtpConfig {
            host: host.to_owned(),
            port: 25,
            tls,
            own_authority_pem: None,
            sign_in: None,
            from: From {
                name: "Thang máy Sông Hồng".to_owned(),
                address: Email::parse("cskh@songhong.example").expect("is an address"),
            },
            timeout: Duration::from_secs(seconds),
        }
    }

    #[test]
    fn mail_never_travels_unprotected_through_foreign_networks() {
        for (host, tls, seconds, told) in [
            ("127.0.0.1", Tls::None, 60, "ok"),
            ("::1", Tls::None, 60, "ok"),
            ("192.168.1.5", Tls::None, 60, "ok"),
            ("fd00::5", Tls::None, 60, "ok"),
            ("localhost", Tls::None, 60, "ok"),
            ("mail", Tls::None, 60, "ok"),
            ("mail.example.vn", Tls::None, 60, "would travel unprotected"),
            ("203.0.113.9", Tls::None, 60, "would travel unprotected"),
            ("mail.example.vn", Tls::StartTls, 60, "ok"),
            ("mail.example.vn", Tls::Tls, 60, "ok"),
            ("", Tls::Tls, 60, "neither a host name"),
            ("mail.example.vn:25", Tls::Tls, 60, "neither a host name"),
            ("mail..vn", Tls::Tls, 60, "neither a host name"),
            ("mail.example.vn", Tls::Tls, 0, "within 1 to 300 s"),
            ("mail.example.vn", Tls::Tls, 301, "within 1 to 300 s"),
        ] {
            let checked = Line::check(config(host, tls, seconds));
            let answer = checked.map_or_else(|e| e.to_string(), |_| "ok".to_owned());
            assert!(answer.contains(told), "{host} {tls:?} {seconds}: {answer}");
        }
    }

    #[test]
    fn a_certificate_authority_that_is_none_is_told_at_once() {
        let mut config = config("mail.example.vn", Tls::Tls, 60);
        config.own_authority_pem = Some(b"-----BEGIN CERTIFICATE-----\nxyz\n".to_vec());
        let error = Line::check(config).err().expect("is no certificate");
        assert!(matches!(error, SmtpConfigError::Authority { .. }), "{error}");
    }
}
