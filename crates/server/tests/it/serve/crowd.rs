//! Crowds at the door: who only sits there, who speaks one letter at a time, who waits.
//! Must not test what is answered.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::house::{House, noise};
use super::wait::until;

/// Connections the server takes in these tests.
const MAX: &str = "24";

fn open() -> House {
    House::open_with(&[("REDRESS_LIMITS_CONNECTIONS", MAX)])
}

fn sit(house: &House) -> TcpStream {
    let address = house.client.address();
    let stream = TcpStream::connect(address).expect("the door is open");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    stream
}

/// Whether the server let go of a connection.
fn is_gone(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0]), Ok(0) | Err(_))
}

#[test]
fn five_hundred_idle_connections_keep_nobody_out() {
    let house = open();
    let mut crowd: Vec<TcpStream> = (0..500).map(|_| sit(&house)).collect();
    for stream in &mut crowd {
        // Half a head: the letters of a slow attacker. Whoever was let go already cannot speak.
        drop(stream.write_all(b"GET /vi/ HTTP/1.1\r\nHost: x\r\nX-A: "));
    }
    for _ in 0..20 {
        house.client.get("/vi/").send().is(200);
        house.client.post("/api/v1/complaints").json(&noise()).send().is(201);
    }
    assert!(is_gone(&mut crowd[0]), "whoever sat longest made room");
}

#[test]
fn a_request_under_way_is_never_let_go_to_make_room() {
    let house = open();
    let mut slow = sit(&house);
    let body = noise().to_string();
    let head = format!(
        "POST /api/v1/complaints HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let (first, rest) = body.as_bytes().split_at(20);
    slow.write_all(head.as_bytes()).expect("taken");
    let mut go_on = [0; 25];
    slow.read_exact(&mut go_on).expect("the head was read");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    slow.write_all(first).expect("taken");
    let crowd: Vec<TcpStream> = (0..200).map(|_| sit(&house)).collect();
    until("the crowd to be let in", || {
        house.client.get("/healthz").try_send().map(|answer| drop(answer.is(200)))
    });
    slow.write_all(rest).expect("the connection still stands");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).expect("answered");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    drop(crowd);
}
