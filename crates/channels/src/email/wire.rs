//! One letter over one connection, command by command, so that it is known how far it came.
//! Must not judge an answer, and must not keep or log what was sent.

use std::{future::Future, time::Duration};

use lettre::{
    Message,
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::Mechanism,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt},
        response::Response,
    },
};
use tokio::time::timeout;

use super::{
    classify::{Stage, Trouble},
    config::{Line, Protection},
};

/// The answer to the whole letter may take this many times as long as any other answer:
/// giving up too early is what makes letters arrive twice (RFC 5321, 4.5.3.2.6 and 6.1).
const CONTENT_TIMEOUT_FACTOR: u32 = 10;
/// Longest farewell: the letter's fate is known by then, nobody should wait for it.
const FAREWELL: Duration = Duration::from_secs(2);
const READY_FOR_CONTENT: u16 = 354;
/// All mechanisms the library has that do not need a token.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// Sends one letter; the server's answer to it.
pub(super) async fn send(line: &Line, mail: &Message) -> Result<String, (Stage, Trouble)> {
    let mut connection = step(Stage::Connect, line.timeout, connect(line)).await?;
    let sent = converse(&mut connection, line, mail).await;
    // After a failed handshake nothing is left to talk on, and the library asserts that nobody does.
    if !matches!(sent, Err((Stage::Protect, _))) {
        // Says QUIT and closes; whether that succeeds changes nothing.
        timeout(FAREWELL, connection.abort()).await.ok();
    }
    sent
}

async fn connect(line: &Line) -> Result<AsyncSmtpConnection, Error> {
    let tls = match &line.protection {
        Protection::Tls(parameters) => Some(parameters.clone()),
        Protection::None | Protection::StartTls(_) => None,
    };
    let server = (line.host.as_str(), line.port);
    AsyncSmtpConnection::connect_tokio1(server, Some(line.timeout), &line.hello, tls, None).await
}

async fn converse(
    connection: &mut AsyncSmtpConnection,
    line: &Line,
    mail: &Message,
) -> Result<String, (Stage, Trouble)> {
    if let Protection::StartTls(parameters) = &line.protection {
        let upgrade = connection.starttls(parameters.clone(), &line.hello);
        step(Stage::Protect, line.timeout, upgrade).await?;
    }
    if let Some(credentials) = &line.credentials {
        let sign_in = connection.auth(&MECHANISMS, credentials);
        step(Stage::SignIn, line.timeout, sign_in).await?;
    }
    let envelope: &Envelope = mail.envelope();
    let from = Mail::new(envelope.from().cloned(), vec![]);
    step(Stage::Sender, line.timeout, connection.command(from)).await?;
    for to in envelope.to() {
        let to = Rcpt::new(to.clone(), vec![]);
        step(Stage::Recipient, line.timeout, connection.command(to)).await?;
    }
    let ready = step(Stage::Data, line.timeout, connection.command(Data)).await?;
    if !ready.has_code(READY_FOR_CONTENT) {
        return Err((Stage::Data, silence("the answer to DATA is not 354")));
    }
    let patience = line.timeout.saturating_mul(CONTENT_TIMEOUT_FACTOR);
    let content = mail.formatted();
    let taken = step(Stage::Content, patience, connection.message(&content)).await?;
    if !taken.code().is_positive() || taken.has_code(READY_FOR_CONTENT) {
        return Err((Stage::Content, silence("the answer to the content is not 250")));
    }
    Ok(joined(&taken))
}

async fn step<T>(
    stage: Stage,
    limit: Duration,
    doing: impl Future<Output = Result<T, Error>>,
) -> Result<T, (Stage, Trouble)> {
    match timeout(limit, doing).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err((stage, trouble(&error))),
        Err(_) => Err((stage, silence("no answer within the time limit"))),
    }
}

fn trouble(error: &Error) -> Trouble {
    let source = || std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    match error.status() {
        Some(code) => Trouble::Answer { code: u16::from(code), text: source() },
        None => silence(&error.to_string()),
    }
}

fn silence(cause: &str) -> Trouble {
    Trouble::Silence { cause: cause.to_owned() }
}

fn joined(response: &Response) -> String {
    response.message().collect::<Vec<_>>().join(" ")
}
