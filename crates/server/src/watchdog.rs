//! Tells the service manager that the server is ready, that it still works, and that it stops: the
//! protocol of `sd_notify` (systemd). Must not say that it works for being there alone: the thread that
//! writes and the jobs must have moved.

use std::ffi::OsStr;
use std::io;
use std::time::Duration;

use redress_app::App;
use tokio::time::Instant;

/// How long the jobs may take over one thing before they count as stuck: longer than the longest letter,
/// and as long as one process holds a piece of work.
const JOBS_PATIENCE: Duration = Duration::from_mins(5);
/// How often it is told within the manager's patience: one word lost does no harm.
const WORDS: u32 = 3;

/// What leads to the manager; elsewhere there is none, and the type only stands in.
#[cfg(unix)]
type Socket = std::os::unix::net::UnixDatagram;
#[cfg(not(unix))]
type Socket = std::net::UdpSocket;

/// The service manager, if there is one.
#[derive(Debug)]
pub(crate) struct Manager {
    socket: Option<Socket>,
    patience: Option<Duration>,
}

impl Manager {
    /// The one that started this process, by `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`.
    pub(crate) fn of_process() -> Self {
        let variable = |name: &str| std::env::var_os(name);
        let socket = variable("NOTIFY_SOCKET").and_then(|address| {
            let connected = connect(&address);
            if let Err(error) = &connected {
                tracing::warn!(%error, "the service manager cannot be told anything");
            }
            connected.ok()
        });
        let number = |name: &str| variable(name)?.to_str()?.parse::<u64>().ok();
        let is_for_us =
            number("WATCHDOG_PID").is_none_or(|process| process == u64::from(std::process::id()));
        let patience = number("WATCHDOG_USEC").filter(|micros| is_for_us && *micros > 0);
        Self { socket, patience: patience.map(Duration::from_micros) }
    }

    /// Tells it one thing: `READY=1`, `STOPPING=1`.
    pub(crate) fn tell(&self, word: &str) {
        if let Some(socket) = &self.socket
            && let Err(error) = socket.send(word.as_bytes())
        {
            tracing::warn!(%error, word, "the service manager could not be told");
        }
    }

    /// Tells it that the server works, as long as it does; never ends.
    pub(crate) async fn keep_telling(&self, app: &App) {
        let (Some(_), Some(patience)) = (&self.socket, self.patience) else {
            return std::future::pending().await;
        };
        let mut turns = tokio::time::interval(patience / WORDS);
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut moved = (app.beats(), Instant::now());
        loop {
            turns.tick().await;
            // Comes back only when the thread that writes did.
            if let Err(error) = app.touch().await {
                tracing::error!(%error, "the store does not answer");
                continue;
            }
            if app.beats() != moved.0 {
                moved = (app.beats(), Instant::now());
            }
            if moved.1.elapsed() < JOBS_PATIENCE {
                self.tell("WATCHDOG=1");
            } else {
                tracing::error!("the jobs have not moved for five minutes");
            }
        }
    }
}

/// A socket to a path, or to a name of Linux that begins with `@`.
#[cfg(unix)]
fn connect(address: &OsStr) -> io::Result<Socket> {
    let socket = Socket::unbound()?;
    socket.set_nonblocking(true)?;
    match address.as_encoded_bytes().strip_prefix(b"@") {
        Some(name) => connect_to_name(&socket, name)?,
        None => socket.connect(address)?,
    }
    Ok(socket)
}

#[cfg(target_os = "linux")]
fn connect_to_name(socket: &Socket, name: &[u8]) -> io::Result<()> {
    use std::os::linux::net::SocketAddrExt as _;
    socket.connect_addr(&std::os::unix::net::SocketAddr::from_abstract_name(name)?)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn connect_to_name(_: &Socket, _: &[u8]) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
fn connect(_: &OsStr) -> io::Result<Socket> {
    Err(io::ErrorKind::Unsupported.into())
}
