//! `redress serve`: everything in one process: portal, desk, API and jobs.
//! Must not hold rules or words of pages.

use std::net::SocketAddr;
use std::time::Duration;

use redress_app::{App, OtherPolicy};
use redress_web::{Site, SiteSettings, router};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Config;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::install::{self, Place, chain};
use crate::output::Output;

/// How often the jobs look at the clock.
const TURN: Duration = Duration::from_secs(1);
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
        runtime()?.block_on(async {
            let listener = listen(&config).await?;
            let config = with_port(config, &listener)?;
            let other =
                if self.replace_policy { OtherPolicy::IsReplaced } else { OtherPolicy::Stays };
            let app = install::open(&config, other).await?;
            install::keep_public_url(&config);
            let stop = signal();
            announce(&app, output).await?;
            let how = How { leaves_jobs: self.no_jobs, demo: false };
            serve(app, listener, &config, how, stop).await
        })
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
    let site =
        Site::new(app.clone(), SiteSettings { public_per_minute: per_minute, is_demo: how.demo });
    let service = router(site).into_make_service_with_connect_info::<SocketAddr>();
    if config.mail.is_none() && !how.demo {
        tracing::warn!("no mail server is set: nobody is warned or answered by e-mail");
    }
    if let Some(lacking) = app.holidays_due() {
        let words = redress_app::holiday_words(lacking, redress_core::kinds::Lang::En);
        tracing::warn!(year = lacking.year, "{words}");
    }
    let (stop, stopped) = watch::channel(false);
    let mut draining = stopped.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        drop(draining.wait_for(|stop| *stop).await);
    });
    let signal = async {
        stop_asked.await;
        tracing::info!("stopping: requests under way are finished");
        stop.send_replace(true);
        tokio::time::sleep(DRAIN).await;
    };
    let jobs = async {
        if how.leaves_jobs {
            std::future::pending::<()>().await;
        } else {
            work(&app, stopped.clone()).await;
        }
    };
    let ended = tokio::select! {
        served = server.into_future() => {
            served.map(|()| Exit::Done).map_err(|error| Fault::environment("serve", error.to_string()))
        }
        () = signal => Ok(Exit::Done),
        () = app.broken() => Err(Fault::environment("disk", "a write to disk failed; start again once the disk is sound")),
        () = jobs => Err(Fault::environment("jobs", "the jobs ended")),
    };
    if ended.is_ok() {
        app.close().await.map_err(|error| Fault::environment("store", chain(&error)))?;
    }
    ended
}

/// The jobs, turn by turn.
async fn work(app: &App, stopped: watch::Receiver<bool>) {
    let mut turns = tokio::time::interval(TURN);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        if *stopped.borrow() {
            std::future::pending::<()>().await;
        }
        match app.tick().await {
            Ok(_) => {}
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the jobs could not run; they are tried again"
                );
            }
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
