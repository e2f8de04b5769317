//! A bare HTTP client on one kept connection: the bench measures the server, not a library.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

/// One kept connection.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head as it came, its lines parted by CRLF.
    pub headers: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Client {
    /// Connects.
    ///
    /// # Panics
    ///
    /// When nobody listens.
    pub fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket takes this option");
        Self { stream, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// Asks for a page; `header` is one more line of the head.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    pub fn get(&mut self, path: &str, header: Option<&str>) -> Answer {
        let header = header.map(|header| format!("{header}\r\n")).unwrap_or_default();
        self.send(format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{header}\r\n").as_bytes())
    }

    /// Sends a body.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    pub fn post(&mut self, path: &str, kind: &str, body: &str) -> Answer {
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.send(request.as_bytes())
    }

    fn send(&mut self, request: &[u8]) -> Answer {
        self.stream.write_all(request).expect("the server takes the request");
        self.buffer.clear();
        let mut chunk = [0; 16 * 1024];
        loop {
            let read = self.stream.read(&mut chunk).expect("the server answers");
            assert!(read > 0, "the server closed the connection");
            self.buffer.extend_from_slice(&chunk[..read]);
            let head = self.buffer.windows(4).position(|window| window == b"\r\n\r\n");
            let Some(end) = head else { continue };
            let headers = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
            let length: usize = headers
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .and_then(|text| text.trim().parse().ok())
                .expect("the answer states its length");
            if self.buffer.len() >= end + 4 + length {
                let status = headers.get(9..12).and_then(|text| text.parse().ok()).unwrap_or(0);
                let body = self.buffer[end + 4..end + 4 + length].to_vec();
                return Answer { status, headers, body };
            }
        }
    }
}
