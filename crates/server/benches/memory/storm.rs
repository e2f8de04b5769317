//! Hostile senders of files, and what they are answered: many large uploads at once, a form without
//! end, bombs that are small on the wire. Must not need memory of its own that grows with the bombs.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::Duration,
};

const BOUNDARY: &str = "redress-storm";
/// Bytes written at once.
const PIECE: usize = 64 * 1024;
/// Longest wait for an answer: many share one disk.
const WAIT: Duration = Duration::from_mins(5);

/// The most memory a process had at once, in mebibytes (`VmHWM` of Linux).
pub(crate) fn peak_mebibytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"));
    let status = status.expect("the process lives, and this is Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("it has memory");
    let kibibytes: u64 = line.split_whitespace().nth(1).expect("a number").parse().expect("one");
    kibibytes / 1024
}

/// Status of the answer to one request; 0 when the server hung up without one.
fn ask(
    server: SocketAddr,
    path: &str,
    more: &str,
    length: u64,
    body: impl Fn(&mut dyn Write),
) -> u16 {
    let mut line = TcpStream::connect(server).expect("the door is open");
    line.set_read_timeout(Some(WAIT)).expect("a wait");
    line.set_write_timeout(Some(WAIT)).expect("a wait");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: storm\r\nconnection: close\r\n{more}\
         content-type: multipart/form-data; boundary={BOUNDARY}\r\ncontent-length: {length}\r\n\r\n"
    );
    // Whoever is refused may hear it before the last byte is sent.
    line.write_all(head.as_bytes()).ok();
    body(&mut line);
    let mut answer = BufReader::new(line.take(1024));
    let mut first = String::new();
    answer.read_line(&mut first).ok();
    first.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn file_head(name: &str) -> String {
    format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
}

/// Sends one file of given bytes.
pub(crate) fn upload(server: SocketAddr, name: &str, bytes: &[u8]) -> u16 {
    let (head, tail) = (file_head(name), format!("\r\n--{BOUNDARY}--\r\n"));
    let body = [head.as_bytes(), bytes, tail.as_bytes()].concat();
    ask(server, "/api/v1/uploads", "", body.len() as u64, |line| {
        line.write_all(&body).ok();
    })
}

/// Sends a file of `bytes` bytes that nobody else sends, without ever holding it.
fn large(server: SocketAddr, number: u64, bytes: u64) -> u16 {
    let (head, tail) = (file_head("video.mp4"), format!("\r\n--{BOUNDARY}--\r\n"));
    let length = (head.len() + tail.len()) as u64 + bytes;
    ask(server, "/api/v1/uploads", "", length, |line| {
        line.write_all(head.as_bytes()).ok();
        let (mut left, mut state) = (bytes, number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut piece = vec![0; PIECE];
        while left > 0 {
            for eight in piece.chunks_mut(8) {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                eight.copy_from_slice(&state.to_le_bytes()[..eight.len()]);
            }
            let count = usize::try_from(left.min(PIECE as u64)).unwrap_or(PIECE);
            if line.write_all(&piece[..count]).is_err() {
                return;
            }
            left -= count as u64;
        }
        line.write_all(tail.as_bytes()).ok();
    })
}

/// `count` files of `bytes` bytes at once; answers how many got each status.
pub(crate) fn flood(server: SocketAddr, count: u64, bytes: u64) -> Vec<u16> {
    thread::scope(|scope| {
        let senders: Vec<_> =
            (0..count).map(|number| scope.spawn(move || large(server, number, bytes))).collect();
        senders.into_iter().map(|sender| sender.join().expect("it ends")).collect()
    })
}

/// A form with `count` parts.
pub(crate) fn many_parts(server: SocketAddr, count: usize) -> u16 {
    let part =
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\nx\r\n");
    let body = format!("{}--{BOUNDARY}--\r\n", part.repeat(count));
    ask(server, "/vi/complaints", "", body.len() as u64, |line| {
        line.write_all(body.as_bytes()).ok();
    })
}

/// A part whose head has `bytes` bytes and no end.
pub(crate) fn endless_head(server: SocketAddr, bytes: u64) -> u16 {
    let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"");
    ask(server, "/vi/complaints", "", bytes, |line| {
        line.write_all(head.as_bytes()).ok();
        let (piece, mut left) = (vec![b'a'; PIECE], bytes - head.len() as u64);
        while left > 0 {
            let count = usize::try_from(left.min(PIECE as u64)).unwrap_or(PIECE);
            if line.write_all(&piece[..count]).is_err() {
                return;
            }
            left -= count as u64;
        }
    })
}

/// A body that says it is compressed and would be `bytes` bytes.
pub(crate) fn compressed_body(server: SocketAddr, bytes: u64) -> u16 {
    let body = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff][..], &deflated_zeros(bytes)].concat();
    ask(server, "/api/v1/uploads", "content-encoding: gzip\r\n", body.len() as u64, |line| {
        line.write_all(&body).ok();
    })
}

/// A zip file with one entry that would be `bytes` bytes.
pub(crate) fn zip_bomb(bytes: u64) -> Vec<u8> {
    let packed = deflated_zeros(bytes);
    let size = |bytes: usize| u32::try_from(bytes).expect("a bomb is small");
    let sizes = [size(packed.len()), u32::try_from(bytes).unwrap_or(u32::MAX)];
    let common = |made_by: &[u8]| {
        let mut head = made_by.to_vec();
        head.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        head.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
        head.extend([1, 0, 0, 0]);
        head
    };
    let mut zip = common(b"PK\x03\x04");
    zip.push(b'0');
    zip.extend(&packed);
    let directory = size(zip.len());
    zip.extend(common(b"PK\x01\x02\x14\0"));
    zip.extend([0; 14]);
    zip.push(b'0');
    let length = size(zip.len()) - directory;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(length.to_le_bytes().iter().chain(&directory.to_le_bytes()).chain(&[0, 0]));
    zip
}

/// Zeros as a stream of DEFLATE (RFC 1951): one literal, then copies of 258 bytes from one byte back.
fn deflated_zeros(bytes: u64) -> Vec<u8> {
    let (mut out, mut held, mut count) = (Vec::new(), 0_u32, 0_u32);
    let mut put = |value: u32, bits: u32| {
        held |= value << count;
        count += bits;
        while count >= 8 {
            out.push((held & 0xff) as u8);
            held >>= 8;
            count -= 8;
        }
    };
    // Last block, fixed codes; the literal 0 is 00110000, the length 258 is 11000101, read from the
    // other end; a distance of one byte is five zeros.
    put(0b011, 3);
    put(0b0000_1100, 8);
    for _ in 0..bytes / 258 {
        put(0b1010_0011, 8);
        put(0, 5);
    }
    put(0, 7);
    put(0, 8);
    out
}

/// The head of a PNG of `side` by `side` dots, and nothing more.
pub(crate) fn flat_png(side: u32) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend(side.to_be_bytes().iter().chain(&side.to_be_bytes()).chain(&[8, 2, 0, 0, 0]));
    let sum = !head.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    });
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend(&head);
    png.extend(sum.to_be_bytes());
    // A chunk of pixels has to begin, or it is no picture at all.
    png.extend(b"\0\0\0\x04IDAT\0\0\0\0\0\0\0\0");
    png
}
