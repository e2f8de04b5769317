//! `redress serve`: everything in one process: portal, desk, API and jobs.
//! Must not hold rules or words of pages.

use std::time::{Duration, Instant};

use redress_app::{App, AppError, ClockWatch, OtherPolicy, Schedule};
use redress_web::{Site, SiteSettings, router};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Config;
use crate::door;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::growth::Growth;
use crate::install::{self, Place, chain};
use crate::output::Output;
use crate::watchdog::Manager;

/// How often the jobs look at the clock.
const TURN: Duration = Duration::from_secs(1);
/// After how many of these turns the work that fails is counted.
const WORK_LOOKS: u32 = 60;
/// How long the end waits for what still reads.
const CLOSE: Duration = Duration::from_secs(1);
/// How often the folder of backups is looked at.
const BACKUP_TURN: Duration = Duration::from_mins(1);
/// How long requests under way may take after the signal to stop.
const DRAIN: Duration = Duration::from_secs(8);

/// Serves everything in one process.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Address and port to listen at [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The address under which people reach the installation.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Leave the jobs to another process.
    #[arg(long)]
    no_jobs: bool,
    /// Put the policy in force though another one, of another id, is.
    #[arg(long)]
    replace_policy: bool,
    #[command(flatten)]
    place: Place,
}

impl Serve {
    /// Runs until a signal ends it.
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Fault> {
        let flags = [("listen", self.listen.clone()), ("public_url", self.public_url.clone())];
        let config = self.place.configuration(&flags)?;
        start_log(&config);
        let runtime = runtime()?;
        let ended = runtime.block_on(async {
            let listener = listen(&config).await?;
            let config = with_port(config, &listener)?;
            let other =
                if self.replace_policy { OtherPolicy::IsReplaced } else { OtherPolicy::Stays };
            let app = install::open(&config, other).await?;
            let failed = |error: AppError| Fault::environment("log", chain(&error));
            app.open_log().await.map_err(failed)?;
            install::keep_public_url(&config);
            let stop = signal();
            announce(&app, output).await?;
            let how = How { leaves_jobs: self.no_jobs, demo: false };
            Box::pin(serve(app, listener, &config, how, stop)).await
        });
        // A backup under way is left: what is not finished never gets the name of one.
        runtime.shutdown_timeout(CLOSE);
        ended
    }
}

/// How an installation is served.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct How {
    /// The jobs are left to another process.
    pub(crate) leaves_jobs: bool,
    /// Every page says that this is a demonstration.
    pub(crate) demo: bool,
}

/// A runtime for one command.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Fault::environment("runtime", error.to_string()))
}

/// Starts the log of the process, on standard error.
pub(crate) fn start_log(config: &Config) {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(format!("{level},redress={level}", level = config.log.level))
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(std::io::stderr);
    let started = if config.log.json { builder.json().try_init() } else { builder.try_init() };
    if started.is_err() {
        tracing::debug!("the log was started before");
    }
}

/// Takes the address.
pub(crate) async fn listen(config: &Config) -> Result<TcpListener, Fault> {
    TcpListener::bind(config.listen).await.map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "; another program listens there, choose another: --listen 127.0.0.1:8081"
            }
            _ => "; choose another address with --listen",
        };
        Fault::environment("listen", format!("{error}{hint}")).at(config.listen.to_string())
    })
}

/// The configuration with the port the system chose, where port 0 was asked for.
pub(crate) fn with_port(mut config: Config, listener: &TcpListener) -> Result<Config, Fault> {
    let address = listener.local_addr();
    config.listen = address.map_err(|error| Fault::environment("listen", error.to_string()))?;
    Ok(config)
}

async fn announce(app: &App, output: &mut Output) -> Result<(), Fault> {
    let failed = |error: redress_app::AppError| Fault::environment("store", chain(&error));
    output.line(format_args!(
        "Redress serves {} at {}",
        app.pack().policy.name(),
        app.public_url()
    ))?;
    if app.is_new().await.map_err(failed)? {
        let link = app.setup_link(None).await.map_err(failed)?;
        output
            .line(format_args!("Make the first account here (good for 72 hours, once): {link}"))?;
    }
    output.flush()
}

/// Serves until `stop_asked` comes (a [`signal`]), then drains.
pub(crate) async fn serve(
    app: App,
    listener: TcpListener,
    config: &Config,
    how: How,
    stop_asked: impl Future<Output = ()>,
) -> Result<Exit, Fault> {
    let per_minute = config.public_per_minute.unwrap_or(app.pack().policy.limits.public_per_minute);
    let backups = if how.demo { None } else { install::schedule(config)? };
    let settings = SiteSettings {
        public_per_minute: per_minute,
        proxies: config.proxies.clone(),
        is_demo: how.demo,
        backups: backups.clone(),
    };
    let site = Site::new(app.clone(), settings);
    if config.mail.is_none() && !how.demo {
        tracing::warn!("no mail server is set: nobody is warned or answered by e-mail");
    }
    if let Some(lacking) = app.holidays_due() {
        let words = redress_app::holiday_words(lacking, redress_core::kinds::Lang::En);
        tracing::warn!(year = lacking.year, "{words}");
    }
    let manager = Manager::of_process();
    let (stop, stopped) = watch::channel(false);
    let connections = usize::try_from(config.connections).unwrap_or(usize::MAX);
    let server = door::serve(listener, router(site), connections, stopped.clone());
    let signal = async {
        stop_asked.await;
        tracing::info!("stopping: requests under way are finished");
        manager.tell("STOPPING=1");
        stop.send_replace(true);
        tokio::time::sleep(DRAIN).await;
    };
    let jobs = async {
        if how.leaves_jobs {
            notice_calendars(&app, stopped.clone()).await;
        } else {
            tokio::join!(
                work(&app, stopped.clone()),
                check_files(&app, stopped.clone()),
                back_up(&app, backups)
            );
        }
    };
    manager.tell("READY=1");
    let ended = tokio::select! {
        () = server => Ok(Exit::Done),
        () = signal => Ok(Exit::Done),
        () = app.broken() => Err(Fault::environment("disk", "the disk failed; start again once it is sound")),
        () = jobs => Err(Fault::environment("jobs", "the jobs ended")),
        () = manager.keep_telling(&app) => Err(Fault::environment("watchdog", "the watch ended")),
    };
    if ended.is_ok() {
        if let Ok(closed) = tokio::time::timeout(CLOSE, app.close()).await {
            closed.map_err(|error| Fault::environment("store", chain(&error)))?;
        } else {
            tracing::warn!("ended while something still read; every answer is on disk");
        }
    }
    ended
}

/// What a process without jobs does each second: other days put in force must count here too.
async fn notice_calendars(app: &App, stopped: watch::Receiver<bool>) {
    let mut turns = tokio::time::interval(TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut watch = Watch::new();
    while !*stopped.borrow() {
        turns.tick().await;
        watch.look(app).await;
        look_for_room(app).await;
        if let Err(error) = app.notice_calendars().await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the calendar in force could not be read; it is tried again"
            );
        }
    }
    std::future::pending::<()>().await;
}

/// The clock of the day against the one that only runs.
struct Watch {
    clocks: ClockWatch,
    started: Instant,
    growth: Growth,
    looks: u32,
}

impl Watch {
    fn new() -> Self {
        Self {
            clocks: ClockWatch::default(),
            started: Instant::now(),
            growth: Growth::default(),
            looks: 0,
        }
    }

    /// Counts once a minute what is tried again and again.
    async fn look_at_work(&mut self, app: &App) {
        if self.looks.is_multiple_of(WORK_LOOKS)
            && let Err(error) = app.look_at_work().await
        {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "the work that fails could not be counted; it is tried again");
        }
        self.looks = self.looks.wrapping_add(1);
    }

    /// Looks once a turn, which also shows that the jobs move; answers whether they must wait.
    async fn look(&mut self, app: &App) -> bool {
        app.beat();
        self.growth.look(app).await;
        self.look_at_work(app).await;
        let (now, passed) = (app.now(), self.started.elapsed());
        if let Some(jump) = self.clocks.look(now, passed) {
            let (expected, found) = (jump.expected, jump.found);
            tracing::error!(%expected, %found, "the clock of the machine jumped");
            if let Err(error) = app.keep_clock_jump(jump).await {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the jump of the clock could not be kept in the log");
            }
        }
        let waits = self.clocks.holds(passed);
        if !waits {
            app.believe_clock_after(now);
        }
        waits
    }
}

/// After a full disk: taking in begins again by itself.
async fn look_for_room(app: &App) {
    if let Err(error) = app.look_for_room().await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "whether the disk has room again could not be seen; it is tried again"
        );
    }
}

/// The jobs, turn by turn.
async fn work(app: &App, stopped: watch::Receiver<bool>) {
    let mut turns = tokio::time::interval(TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut watch = Watch::new();
    loop {
        turns.tick().await;
        if *stopped.borrow() {
            std::future::pending::<()>().await;
        }
        let waits = watch.look(app).await;
        look_for_room(app).await;
        if waits {
            continue;
        }
        match app.tick().await {
            // The store said that the disk is full, and says when it no longer is.
            Ok(_) | Err(AppError::DiskFull) => {}
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the jobs could not run; they are tried again"
                );
            }
        }
    }
}

/// The check of files, apart from the jobs: a slow scanner keeps no promise waiting.
async fn check_files(app: &App, stopped: watch::Receiver<bool>) {
    let mut turns = tokio::time::interval(TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !*stopped.borrow() {
        turns.tick().await;
        if let Err(error) = app.check_files().await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "files could not be checked; it is tried again");
        }
    }
    std::future::pending::<()>().await;
}

/// The backups by the clock. One that fails is said, and tried again.
async fn back_up(app: &App, schedule: Option<Schedule>) {
    let Some(schedule) = schedule else { return };
    let mut turns = tokio::time::interval(BACKUP_TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        let (app, schedule, runtime) =
            (app.clone(), schedule.clone(), tokio::runtime::Handle::current());
        let taken =
            tokio::task::spawn_blocking(move || runtime.block_on(app.scheduled_backup(&schedule)));
        match taken.await {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(manifest))) => {
                tracing::info!(manifest.events, manifest.files, "a backup was taken and verified");
            }
            Ok(Err(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "a backup could not be taken; it is tried again");
            }
            Err(error) => tracing::error!(%error, "a backup ended by a fault; it is tried again"),
        }
    }
}

/// Comes when the process is asked to stop. Signals count from the call on, not from the first
/// poll: whoever read the address on standard output may stop the process in the same moment.
#[cfg(unix)]
pub(crate) fn signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    async fn one(listened: std::io::Result<tokio::signal::unix::Signal>) {
        match listened {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async {
        tokio::select! { () = one(interrupt) => {} () = one(terminate) => {} }
    }
}

/// Comes when the process is asked to stop.
#[cfg(not(unix))]
pub(crate) fn signal() -> impl Future<Output = ()> {
    async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
