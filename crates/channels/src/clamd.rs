//! `ClamAV`'s daemon: asks whether something harmful is in a file, piece by piece, over its socket.
//! Must not decide what becomes of the file, nor wait longer than it was told to.
//!
//! The protocol is that of `clamd(8)`: `zINSTREAM`, pieces with their length before them, an empty
//! piece, and one line as the answer.

use std::{fmt, io, path::PathBuf, str::FromStr, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// Longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 4096;
/// How long the daemon may take to open its door, to take a piece, and to answer.
const WAIT: Duration = Duration::from_secs(30);

/// Where the daemon listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerAddress {
    /// A socket of the file system, `/run/clamav/clamd.ctl`.
    Unix(PathBuf),
    /// A name or address with a port, `127.0.0.1:3310`.
    Tcp(String),
}

/// A text that is no address of a scanner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write a socket such as /run/clamav/clamd.ctl, or an address such as 127.0.0.1:3310")]
pub struct NotAnAddress;

impl FromStr for ScannerAddress {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        if text.starts_with('/') {
            return Ok(Self::Unix(PathBuf::from(text)));
        }
        let (host, port) = text.rsplit_once(':').ok_or(NotAnAddress)?;
        let is_port = port.parse::<u16>().is_ok_and(|port| port > 0);
        if host.is_empty() || host.contains('/') || !is_port {
            return Err(NotAnAddress);
        }
        Ok(Self::Tcp(text.to_owned()))
    }
}

impl fmt::Display for ScannerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "{}", path.display()),
            Self::Tcp(address) => f.write_str(address),
        }
    }
}

/// What the daemon says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It knows of nothing harmful in it.
    Clean,
    /// It found this, by the name of its signature.
    Found(String),
}

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The daemon is not there, or went away: so it is for every file.
    #[error("the scanner does not answer")]
    Away(#[source] io::Error),
    /// It will not look at this file: its own limits, or a fault of its own.
    #[error("the scanner says: {said}")]
    Unwilling {
        /// Its words.
        said: String,
    },
}

trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// One file under way to the daemon.
pub struct Scan {
    line: Box<dyn Line>,
    broken: Option<io::Error>,
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan").field("broken", &self.broken).finish_non_exhaustive()
    }
}

impl ScannerAddress {
    /// Whether the daemon answers.
    ///
    /// # Errors
    ///
    /// [`ScanError`] when it does not.
    pub async fn ping(&self) -> Result<(), ScanError> {
        let mut line = self.connect().await.map_err(ScanError::Away)?;
        in_time(line.write_all(b"zPING\0")).await.map_err(ScanError::Away)?;
        match answer(&mut *line).await.map_err(ScanError::Away)?.as_str() {
            "PONG" => Ok(()),
            said => Err(ScanError::Unwilling { said: said.to_owned() }),
        }
    }

    /// Begins to show a file to the daemon.
    ///
    /// # Errors
    ///
    /// [`ScanError::Away`] when nobody takes the call.
    pub async fn begin(&self) -> Result<Scan, ScanError> {
        let mut line = self.connect().await.map_err(ScanError::Away)?;
        in_time(line.write_all(b"zINSTREAM\0")).await.map_err(ScanError::Away)?;
        Ok(Scan { line, broken: None })
    }

    async fn connect(&self) -> io::Result<Box<dyn Line>> {
        match self {
            #[cfg(unix)]
            Self::Unix(path) => Ok(Box::new(in_time(tokio::net::UnixStream::connect(path)).await?)),
            #[cfg(not(unix))]
            Self::Unix(_) => Err(io::Error::from(io::ErrorKind::Unsupported)),
            Self::Tcp(address) => Ok(Box::new(in_time(TcpStream::connect(address)).await?)),
        }
    }
}

impl Scan {
    /// Shows the next piece. Whoever hangs up in the middle may have said why: that is read at the
    /// end, and the rest of the file is not sent.
    pub async fn show(&mut self, piece: &[u8]) {
        // An empty piece would end the file.
        if piece.is_empty() || self.broken.is_some() {
            return;
        }
        if let Err(error) = self.send(piece).await {
            self.broken = Some(error);
        }
    }

    async fn send(&mut self, piece: &[u8]) -> io::Result<()> {
        let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
        in_time(self.line.write_all(&length.to_be_bytes())).await?;
        in_time(self.line.write_all(piece)).await
    }

    /// The file is at its end: what is in it?
    ///
    /// # Errors
    ///
    /// [`ScanError`] when there is no verdict.
    pub async fn verdict(mut self) -> Result<Verdict, ScanError> {
        if self.broken.is_none() {
            self.broken = in_time(self.line.write_all(&[0; 4])).await.err();
        }
        let said = match answer(&mut *self.line).await {
            Ok(said) if !said.is_empty() => said,
            Ok(_) => {
                let hung_up = || io::Error::from(io::ErrorKind::UnexpectedEof);
                return Err(ScanError::Away(self.broken.unwrap_or_else(hung_up)));
            }
            Err(error) => return Err(ScanError::Away(self.broken.unwrap_or(error))),
        };
        read_verdict(&said).ok_or(ScanError::Unwilling { said })
    }
}

fn read_verdict(said: &str) -> Option<Verdict> {
    let said = said.strip_prefix("stream: ")?;
    if said == "OK" {
        return Some(Verdict::Clean);
    }
    Some(Verdict::Found(said.strip_suffix(" FOUND")?.to_owned()))
}

/// What the daemon says, up to the zero at its end; all of it in the time there is, so that one that
/// says a letter now and then holds nobody up.
async fn answer(line: &mut dyn Line) -> io::Result<String> {
    let mut said = Vec::new();
    in_time(async {
        while !said.contains(&0) && said.len() < ANSWER_BYTES_MAX {
            if line.read_buf(&mut said).await? == 0 {
                break;
            }
        }
        Ok(())
    })
    .await?;
    let words = said.split(|byte| *byte == 0).next().unwrap_or_default();
    Ok(String::from_utf8_lossy(words).trim().to_owned())
}

async fn in_time<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(WAIT, work).await.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_socket_or_has_a_port() {
        for text in ["/run/clamav/clamd.ctl", "127.0.0.1:3310", "clamd.internal:3310", "[::1]:3310"]
        {
            let address: ScannerAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
        }
        for text in ["", "clamd", ":3310", "host:", "host:0", "host:x", "run/clamd:1"] {
            assert_eq!(text.parse::<ScannerAddress>(), Err(NotAnAddress), "{text}");
        }
    }

    #[test]
    fn the_daemon_s_words_are_read_as_its_manual_has_them() {
        assert_eq!(read_verdict("stream: OK"), Some(Verdict::Clean));
        let found = Verdict::Found("Win.Test.EICAR_HDB-1".to_owned());
        assert_eq!(read_verdict("stream: Win.Test.EICAR_HDB-1 FOUND"), Some(found));
        for said in ["INSTREAM size limit exceeded. ERROR", "stream: x ERROR", "UNKNOWN COMMAND"] {
            assert_eq!(read_verdict(said), None, "{said}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_daemon_that_says_a_letter_now_and_then_holds_nobody_up() {
        let (mut ours, mut theirs) = tokio::io::duplex(16);
        let began = tokio::time::Instant::now();
        let drips = async {
            let mut each = tokio::time::interval(WAIT / 3);
            while theirs.write_all(b"x").await.is_ok() {
                each.tick().await;
            }
        };
        let said = tokio::select! {
            said = answer(&mut ours) => said,
            () = drips => unreachable!("the line is open"),
        };
        assert_eq!(said.map_err(|error| error.kind()), Err(io::ErrorKind::TimedOut));
        assert!(began.elapsed() <= WAIT * 2);
    }
}
