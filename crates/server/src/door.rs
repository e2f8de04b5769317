//! The door: connections taken, bounded in number and in patience, and let go in order.
//! Must not know a route. Whoever only sits there makes room for whoever comes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// How long the head of a request may take, and a connection wait for the next one.
const HEAD: Duration = Duration::from_secs(20);
/// How long after a ping of ours a quiet HTTP/2 connection is given up.
const PING: Duration = Duration::from_secs(10);
/// Requests one HTTP/2 connection may have under way.
const STREAMS_MAX: u32 = 64;
/// What one connection may have sent that nobody read yet, in bytes: a hundred uploads at once hold
/// little more than a hundred times this.
const UNREAD_BYTES_MAX: usize = 64 * 1024;
/// The same over HTTP/2, where it is promised to the sender.
const WINDOW_BYTES: u32 = 128 * 1024;
/// How long the door rests when the system gives it no connection.
const REST: Duration = Duration::from_millis(50);
/// Files the process needs beside its connections.
const OTHER_FILES: usize = 40;
/// Connections that are taken however few files the system allows.
const CONNECTIONS_MIN: usize = 8;

/// Takes connections until `stopped` says so, then waits for requests under way.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    connections_max: usize,
    mut stopped: watch::Receiver<bool>,
) {
    let guests = Guests::new(allowed(connections_max));
    let (graceful, tasks) = (GracefulShutdown::new(), TaskTracker::new());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let guest = guests.enter(address.ip()).await;
                tasks.spawn(connection(stream, address, router.clone(), guest, &graceful));
            }
            Err(error) if is_of_one(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "the system gives no more connections");
                guests.make_room(None);
                tokio::time::sleep(REST).await;
            }
        }
    }
    drop(listener);
    graceful.shutdown().await;
    tasks.close();
    tasks.wait().await;
}

/// Whether only the connection itself is at fault.
fn is_of_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    [ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind())
}

/// As many connections as are wanted and the system has files for.
fn allowed(wanted: usize) -> usize {
    match files_max() {
        Some(files) => wanted.min(files.saturating_sub(OTHER_FILES).max(CONNECTIONS_MIN)),
        None => wanted,
    }
}

/// Files the process may open, where the system says so.
fn files_max() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// One connection, served until it ends or is asked to make room.
fn connection(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    guest: Guest,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + Send + use<> {
    let mut builder = Builder::new(TokioExecutor::new());
    let mut http1 = builder.http1();
    http1.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(UNREAD_BYTES_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEAD)
        .keep_alive_timeout(PING)
        .max_concurrent_streams(STREAMS_MAX)
        .initial_stream_window_size(WINDOW_BYTES)
        .initial_connection_window_size(WINDOW_BYTES);
    let seat = Arc::clone(&guest.seat);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        answer(router.clone(), request, address, Busy::begin(&seat))
    });
    let served = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let served = graceful.watch(served);
    async move {
        tokio::select! {
            ended = served => if let Err(error) = ended {
                tracing::debug!(error = &*error, "a connection broke");
            },
            () = guest.seat.leave.notified() => {}
        }
        drop(guest);
    }
}

/// Answers one request; its connection counts as busy until the last byte is handed on.
async fn answer(
    router: Router,
    request: hyper::Request<Incoming>,
    address: SocketAddr,
    busy: Busy,
) -> Result<Response, std::convert::Infallible> {
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(address));
    let response = router.oneshot(request).await?;
    Ok(response.map(|body| {
        Body::new(body.map_frame(move |frame| {
            let _until_the_last = &busy;
            frame
        }))
    }))
}

/// A connection's place.
#[derive(Debug)]
struct Seat {
    from: IpAddr,
    /// Requests under way.
    busy: AtomicUsize,
    /// Rises each time a connection falls idle: the smallest waits longest.
    idle_since: AtomicU64,
    leave: Notify,
    /// Told when a connection falls idle or ends.
    idle: Arc<Notify>,
    turns: Arc<AtomicU64>,
}

/// A request under way on a connection.
struct Busy(Arc<Seat>);

impl Busy {
    fn begin(seat: &Arc<Seat>) -> Self {
        seat.busy.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(seat))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.idle_since.store(self.0.turns.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        if self.0.busy.fetch_sub(1, Ordering::AcqRel) == 1 {
            // Whoever waits at the door may ask this one to make room.
            self.0.idle.notify_one();
        }
    }
}

/// Everybody who is connected.
#[derive(Debug, Clone)]
struct Guests {
    seats: Arc<Mutex<BTreeMap<u64, Arc<Seat>>>>,
    left: Arc<Notify>,
    turns: Arc<AtomicU64>,
    max: usize,
}

/// Somebody who is connected; dropping it frees the place.
struct Guest {
    number: u64,
    seat: Arc<Seat>,
    guests: Guests,
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.guests.seats.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
        self.guests.left.notify_one();
    }
}

impl Guests {
    fn new(max: usize) -> Self {
        Self { seats: Arc::default(), left: Arc::default(), turns: Arc::default(), max }
    }

    /// Takes a place; when all are taken, whoever sits idle longest of the most crowded address
    /// goes, and when nobody is idle it waits for one to end.
    async fn enter(&self, from: IpAddr) -> Guest {
        loop {
            let left = self.left.notified();
            if self.count() < self.max {
                break;
            }
            self.make_room(Some(from));
            left.await;
        }
        let number = self.turns.fetch_add(1, Ordering::Relaxed);
        let seat = Arc::new(Seat {
            from,
            busy: AtomicUsize::new(0),
            idle_since: AtomicU64::new(number),
            leave: Notify::new(),
            idle: Arc::clone(&self.left),
            turns: Arc::clone(&self.turns),
        });
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        seats.insert(number, Arc::clone(&seat));
        drop(seats);
        Guest { number, seat, guests: self.clone() }
    }

    fn count(&self) -> usize {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Asks an idle connection to go.
    fn make_room(&self, newcomer: Option<IpAddr>) {
        let seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let mut crowds: HashMap<IpAddr, usize> = HashMap::new();
        for seat in seats.values() {
            *crowds.entry(seat.from).or_default() += 1;
        }
        let crowd = |seat: &Seat| crowds.get(&seat.from).copied().unwrap_or(0);
        let idle = |seat: &&Arc<Seat>| seat.busy.load(Ordering::Acquire) == 0;
        let longest =
            |seat: &&Arc<Seat>| (crowd(seat), Reverse(seat.idle_since.load(Ordering::Relaxed)));
        // Where one address holds most of the places and none of them is idle, it keeps everybody
        // else out, and one of its own goes.
        let greedy = |seat: &&Arc<Seat>| {
            newcomer.is_some_and(|who| who != seat.from) && crowd(seat) * 2 > self.max
        };
        let first = seats.values().filter(idle).max_by_key(longest);
        let first = first.or_else(|| seats.values().filter(greedy).max_by_key(longest));
        if let Some(seat) = first {
            seat.leave.notify_one();
        }
    }
}
