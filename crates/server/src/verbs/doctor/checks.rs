//! The looks themselves: each answers what it saw, and the cure where something is wrong.

use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use jiff::{SignedDuration, Timestamp, ToSpan as _};
use redress_app::{App, Condition, LITTLE_BELOW, Manifest, Schedule, free_bytes};
use redress_channels::ScannerAddress;
use redress_store::Store;
use tokio::net::TcpStream;

use super::finding::Finding;
use crate::clock::SystemClock;
use crate::config::{Config, Mail};
use crate::install::{chain, schedule};

/// What is written to see that there is room.
const PROBE_BYTES: usize = 1 << 20;
/// Less room than this is worth a word.
const ROOM_WARN: u64 = 2 << 30;
/// How long the mail server may take to open its door.
const MAIL_WAIT: Duration = Duration::from_secs(5);
/// Days of calendar that must be ahead: the longest promise and the term to object fit twice.
const CALENDAR_DAYS: i64 = 60;
/// How long work may wait before something is wrong with it.
const WORK_WAITS: SignedDuration = SignedDuration::from_hours(1);
/// How far the clock may stand behind the last event.
const CLOCK_SLIP: SignedDuration = SignedDuration::from_secs(5);

/// The data folder: there, ours to write, with room.
pub(super) fn folder(data: &Path) -> Vec<Finding> {
    let place = data.display();
    if !data.join("redress.sqlite").is_file() {
        let says = format!("there is no installation in {place}");
        return vec![Finding::fail(
            "data",
            says,
            "name the folder by --data, start `redress serve` once to make one, or restore a backup",
        )];
    }
    let probe = data.join(".doctor");
    let wrote = try_to_write(&probe);
    let mut findings = vec![match wrote {
        Ok(()) => Finding::ok("data", format!("{place} can be written")),
        Err(error) if is_full(&error) => Finding::fail(
            "data",
            format!("{place} has no room: {error}"),
            "make room on that disk, or raise its quota; what waits goes on by itself then",
        ),
        Err(error) => Finding::fail(
            "data",
            format!("{place} cannot be written: {error}"),
            "give the folder and everything in it to the user Redress runs as (chown -R)",
        ),
    }];
    findings.extend(privacy(data));
    findings.extend(room(data));
    findings
}

/// Who else can look into the folder: files made before the program kept them to itself are open.
#[cfg(unix)]
fn privacy(data: &Path) -> Option<Finding> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(data).ok()?.permissions());
    let place = data.display();
    Some(match mode & 0o007 {
        0 => Finding::ok("privacy", "nobody else on this machine can look into it"),
        _ => Finding::warn(
            "privacy",
            format!("everybody on this machine can look into {place}"),
            format!("close it to others: chmod 700 {place}"),
        ),
    })
}

/// Where the system has other rules, nothing is said of them.
#[cfg(not(unix))]
fn privacy(_: &Path) -> Option<Finding> {
    None
}

/// Writes a megabyte and takes it away again: a quota shows in nothing else.
fn try_to_write(probe: &Path) -> io::Result<()> {
    let wrote = fs::write(probe, vec![0; PROBE_BYTES]);
    match fs::remove_file(probe) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => wrote.and(Err(error)),
        _ => wrote,
    }
}

fn is_full(error: &io::Error) -> bool {
    [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded].contains(&error.kind())
}

fn room(data: &Path) -> Option<Finding> {
    let free = free_bytes(data)?;
    let says = format!("{} MB are free", free >> 20);
    let cure =
        "make room, or move the data folder to a larger disk; without room nothing is taken in";
    Some(match free {
        0..LITTLE_BELOW => Finding::fail("room", says, cure),
        LITTLE_BELOW..ROOM_WARN => Finding::warn("room", says, cure),
        _ => Finding::ok("room", says),
    })
}

/// The address that stands in every link.
pub(super) fn address(config: &Config) -> Finding {
    match config.public_url.as_deref() {
        Some(url) if url.starts_with("https://") => Finding::ok("address", url),
        Some(url) => Finding::warn(
            "address",
            format!("{url} is not encrypted on its way"),
            "serve it by https behind a reverse proxy, and set public_url to that address",
        ),
        None => Finding::warn(
            "address",
            "public_url is not set: links in letters lead to the address of `listen`",
            "set public_url to the address people reach this server under",
        ),
    }
}

/// Whoever stands before the server is known to it.
pub(super) fn proxies(config: &Config) -> Option<Finding> {
    config.public_url.as_deref().filter(|url| url.starts_with("https://"))?;
    Some(if config.proxies.is_empty() {
        Finding::warn(
            "proxies",
            "every visitor comes from the reverse proxy: one sender uses up the limits of all",
            "set limits.proxies to the address the reverse proxy calls from, such as 127.0.0.1",
        )
    } else {
        Finding::ok("proxies", format!("{} say where a request came from", config.proxies))
    })
}

/// The mail server opens its door.
pub(super) async fn mail(mail: Option<&Mail>) -> Finding {
    let Some(mail) = mail else {
        return Finding::warn(
            "mail",
            "no mail server is set: nobody is warned or answered by e-mail",
            "set mail.smtp_host and mail.from",
        );
    };
    let (host, port) = (mail.smtp_host.as_str(), mail.smtp_port);
    let reached = tokio::time::timeout(MAIL_WAIT, TcpStream::connect((host, port))).await;
    let why = match reached {
        Ok(Ok(_)) => return Finding::ok("mail", format!("{host}:{port} answers")),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no answer within {} seconds", MAIL_WAIT.as_secs()),
    };
    Finding::fail(
        "mail",
        format!("{host}:{port} cannot be reached: {why}"),
        "check mail.smtp_host and mail.smtp_port, and that a firewall lets this server out",
    )
}

/// The scanner of files answers.
pub(super) async fn scanner(scanner: Option<&ScannerAddress>) -> Finding {
    let Some(scanner) = scanner else {
        return Finding::ok(
            "scanner",
            "none is set: files are shown without a look for harm in them",
        );
    };
    match scanner.ping().await {
        Ok(()) => Finding::ok("scanner", format!("{scanner} answers")),
        Err(error) => Finding::fail(
            "scanner",
            format!("{scanner}: {}", chain(&error)),
            "start clamd and check files.clamd, and that Redress may open its socket; files wait \
             and are shown to nobody until then",
        ),
    }
}

/// A backup that is not too old.
pub(super) fn backup(config: &Config) -> Finding {
    let cure = "set backup.folder to a folder on another disk or machine";
    let schedule = match schedule(config) {
        Ok(Some(schedule)) => schedule,
        Ok(None) => return Finding::warn("backup", "none is taken by the clock", cure),
        Err(fault) => return Finding::fail("backup", fault.message, cure),
    };
    let place = schedule.folder.display();
    let now = SystemClock.now();
    match schedule.newest(now) {
        Ok(Some(at)) => {
            let age = now.duration_since(at);
            let says = format!("the last is {} hours old, in {place}", age.as_hours());
            if age > schedule.every * 2 {
                let cure = "see the log of `redress serve` for why none was taken since";
                Finding::fail("backup", says, cure)
            } else {
                backed_up(&schedule, now, says)
            }
        }
        Ok(None) => Finding::warn(
            "backup",
            format!("there is none in {place} yet"),
            "`redress serve` takes the first a minute after its start",
        ),
        Err(error) => Finding::fail("backup", format!("{place} cannot be read: {error}"), cure),
    }
}

/// What the last backup says that it lacks.
fn backed_up(schedule: &Schedule, now: Timestamp, says: String) -> Finding {
    match schedule.newest_manifest(now) {
        Ok(Some(Manifest { missing, rotten, .. })) if missing + rotten > 0 => Finding::fail(
            "backup",
            format!(
                "{says}; of the files that complaints name {missing} were missing, and of all \
                 {rotten} were rotten: their bytes are not those that were sent"
            ),
            "put them back from an older backup, which is kept meanwhile: the log of `redress serve` \
             names each, and so does `redress backup`",
        ),
        Ok(_) => Finding::ok("backup", says),
        Err(error) => Finding::fail("backup", chain(&error), "take one by `redress backup`"),
    }
}

/// A file of another version, which opening would change, or which this one cannot read.
pub(super) fn version(data: &Path) -> Option<Finding> {
    match Store::pending(&data.join("redress.sqlite")) {
        Ok(pending) if pending.is_empty() => None,
        Ok(pending) => Some(Finding::warn(
            "database",
            format!("an earlier version wrote it; to come: {}", pending.join(", ")),
            "start `redress serve` of this version: it keeps the file as it was, and brings it up \
             to date; until then the rest is not looked at",
        )),
        Err(error) => Some(database_failed(&chain(&error))),
    }
}

/// The database does not open or close.
pub(super) fn database_failed(why: &str) -> Finding {
    Finding::fail(
        "database",
        why,
        "do what it says; if the file is damaged, keep it and restore the last backup beside it",
    )
}

/// Everything that can only be asked from inside.
pub(super) async fn inside(app: &App) -> Vec<Finding> {
    let mut findings = vec![match app.flaws().await {
        Ok(flaws) if flaws.is_empty() => Finding::ok("database", "its file is sound"),
        Ok(flaws) => database_failed(&flaws.join("; ")),
        Err(error) => database_failed(&chain(&error)),
    }];
    match app.condition().await {
        Ok(condition) => findings.extend([
            clock(&condition),
            calendar(&condition),
            people(&condition),
            duty(&condition),
            work(&condition),
            failing(&condition),
            notices(&condition),
            changes(&condition),
            files(&condition),
            checked(&condition),
        ]),
        Err(error) => findings.push(database_failed(&chain(&error))),
    }
    findings
}

fn clock(c: &Condition) -> Finding {
    if c.last_recorded.duration_since(c.now) > CLOCK_SLIP {
        return Finding::fail(
            "clock",
            format!(
                "the clock says {}, but the last event was recorded at {}",
                c.now, c.last_recorded
            ),
            "set the clock of the machine, and let it be kept by NTP",
        );
    }
    if let Some(jump) = c.clock_jump {
        return Finding::warn(
            "clock",
            format!("it jumped from {} to {} while the server ran", jump.expected, jump.found),
            "let it be kept by NTP, and look again at the time limits counted then",
        );
    }
    Finding::ok("clock", "it is not behind the last event")
}

fn calendar(c: &Condition) -> Finding {
    let says =
        format!("{} counts by a calendar that is known until {}", c.policy, c.calendar_until);
    let today = SystemClock.today();
    let needed = today.checked_add(CALENDAR_DAYS.days()).unwrap_or(today);
    if c.calendar_until < needed {
        let cure = "add the holidays of the next year to the policy's calendar (docs/how-to/add-a-holiday.md)";
        return Finding::fail("calendar", says, cure);
    }
    Finding::ok("calendar", says)
}

fn people(c: &Condition) -> Finding {
    let says = format!(
        "{} to be informed of every complaint, {} in the unit that receives, {} who may decide",
        c.directors, c.receivers, c.deciders
    );
    if c.directors == 0 || c.receivers == 0 || c.deciders < 2 {
        let cure = "add them with `redress user add`: a director, somebody of the unit that receives, \
                    and two people with authority, for nobody approves what they proposed";
        return Finding::fail("people", says, cure);
    }
    Finding::ok("people", says)
}

fn duty(c: &Condition) -> Finding {
    match c.duty_gaps.first() {
        None if c.duty_by_default => Finding::warn(
            "duty",
            "nobody is on the roster",
            "fill the roster on the desk; until then the director and the head of the unit that receives stand in",
        ),
        None => Finding::ok("duty", "no hour of the next week is left out of the roster"),
        Some(gap) => Finding::warn(
            "duty",
            format!("nobody is on the roster from {} until {}", gap.from, gap.until),
            "fill the roster on the desk; until then the director and the head of the unit that receives stand in",
        ),
    }
}

fn work(c: &Condition) -> Finding {
    match c.oldest_work.filter(|due| c.now.duration_since(*due) > WORK_WAITS) {
        None => Finding::ok("work", "no job waits"),
        Some(due) => Finding::fail(
            "work",
            format!("a job waits since {due}"),
            "start `redress serve` (or `redress serve` without --no-jobs); if it runs, see its log",
        ),
    }
}

fn failing(c: &Condition) -> Finding {
    let Some(work) = &c.failing_work else {
        return Finding::ok("tries", "no job fails again and again");
    };
    let about =
        if work.reference.is_empty() { String::new() } else { format!(" for {}", work.reference) };
    Finding::fail(
        "tries",
        format!(
            "{} jobs are tried again and again; the most serious, `{}`{about}, {} times",
            work.count, work.kind, work.attempts
        ),
        "see the log of `redress serve` for what each says, and mend that; they are tried until they \
         are done, at least every hour and a half",
    )
}

fn changes(c: &Condition) -> Finding {
    match c.changes_held {
        None => Finding::ok("changes", "the log of changes is written back"),
        Some(bytes) => Finding::fail(
            "changes",
            format!(
                "the log of changes has {} MB, for something has been reading for minutes and does not end",
                bytes >> 20
            ),
            "end what holds redress.sqlite-wal open besides Redress (`fuser -v` names it): a query \
             left open, a copy that hangs; what waits is written back by itself then",
        ),
    }
}

fn files(c: &Condition) -> Finding {
    let used = c.file_bytes >> 20;
    let Some(max) = c.file_bytes_max else {
        return Finding::ok("files", format!("{used} MB are stored"));
    };
    let says = format!("{used} of {} MB are used", max >> 20);
    let cure = "raise files.total_mb, if the disk has the room; nobody can add a file without";
    if c.file_bytes >= max {
        Finding::fail("files", says, cure)
    } else if c.file_bytes >= max / 5 * 4 {
        Finding::warn("files", says, cure)
    } else {
        Finding::ok("files", says)
    }
}

fn checked(c: &Condition) -> Finding {
    match c.files_waiting {
        None => Finding::ok("checks", "no file waits for its check"),
        Some(waiting) if waiting.attempts == 0 => {
            Finding::ok("checks", format!("the oldest file waits since {}", waiting.since))
        }
        Some(waiting) => Finding::fail(
            "checks",
            format!(
                "a file waits since {} and was tried {} times",
                waiting.since, waiting.attempts
            ),
            "see the log of `redress serve` for what the scanner says; its StreamMaxLength must be \
             at least what the policy allows for a file",
        ),
    }
}

fn notices(c: &Condition) -> Finding {
    match c.notices_waiting {
        0 => Finding::ok("notices", "every notice was understood"),
        many => Finding::fail(
            "notices",
            format!("{many} notices could not be opened as complaints and wait for a person"),
            "open the queue on the desk: they stand on top",
        ),
    }
}
