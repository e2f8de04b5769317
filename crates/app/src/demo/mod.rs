//! The demo: an installation filled with complaints that read as real ones, through the use cases
//! and on a clock that runs ahead. Must not write rows, and must not touch anybody's installation.

mod clock;
mod draw;
mod fill;
mod mail;
mod plan;
mod story;
#[cfg(test)]
mod tests;
mod when;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use redress_channels::Registry;

use crate::{
    App, AppError, FileSettings, Password, Secret, Settings, StartError, World, uploads::blocking,
};

/// The file that marks a folder as the demo's; it says how far the filling came.
const MARK: &str = "demo";
/// What the mark says once everything is there.
const WHOLE: &str = "filled";
/// What the mark says before.
const BEGUN: &str = "begun";
/// Bytes of chance in the demo's password.
const PASSWORD_BYTES: usize = 12;

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder holds an installation that is none of the demo's.
    #[error("the folder holds an installation that is not a demo; name another one")]
    NotADemo {
        /// Which folder.
        folder: PathBuf,
    },
    /// An earlier filling was cut off.
    #[error("the folder holds a demo that was never finished; remove it and start again")]
    Unfinished {
        /// Which folder.
        folder: PathBuf,
    },
    /// The installation does not start.
    #[error("the demo does not start")]
    Start(#[from] StartError),
    /// A data file of the demo is wrong.
    #[error("the demo's data are wrong: {0}")]
    Data(String),
    /// A story could not happen.
    #[error("the story `{story}` stopped at `{step}`")]
    Story {
        /// Which story.
        story: String,
        /// Which of its steps.
        step: String,
        /// Why.
        source: Box<AppError>,
    },
    /// Anything else.
    #[error("the demo cannot be filled")]
    App(#[from] AppError),
}

/// Somebody whose desk can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// What the person is, in Vietnamese.
    pub title: String,
    /// The role of the account.
    pub role: String,
    /// The unit, for those who have one.
    pub department: Option<String>,
    /// Name.
    pub name: String,
    /// E-mail address of the account.
    pub email: String,
    /// Signs in, once.
    pub link: String,
}

/// A demo that is ready to be served.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The installation.
    pub app: App,
    /// One sign-in link for each role.
    pub doors: Vec<Door>,
    /// The password of every account of the demo: chance, made anew at each start.
    pub password: String,
    /// Tracking links worth looking at, with words for them.
    pub shown: Vec<(String, String)>,
}

/// Opens the demo in `folder`, filled when it is new.
///
/// # Errors
///
/// [`DemoError`]; a folder that holds anything else is left as it is.
pub async fn open(folder: &Path, public_url: &str, world: &World) -> Result<Demo, DemoError> {
    let mark = folder.join(MARK);
    let said = look_at(folder, &mark).await?;
    let house = story::house().map_err(DemoError::Data)?;
    let clock = clock::ShiftedClock::beside(world);
    let now = world.now();
    if said.is_none() {
        // Before anything else: whatever follows is recognised as the demo's.
        write(&mark, BEGUN.to_owned()).await?;
        // Long before the first story: nothing is recorded earlier than what stands before it.
        clock.set(now.checked_sub(fill::BEFORE).unwrap_or(now));
    }
    let mut channels = Registry::default();
    channels.add(Arc::new(mail::DemoMail::new())).map_err(AppError::broken)?;
    let settings = Settings {
        folder: folder.to_owned(),
        pack: None,
        channels,
        public_url: public_url.to_owned(),
        files: FileSettings::default(),
    };
    let app = App::start(settings, clock.world(world)).await?;
    app.open_log().await.map_err(StartError::App)?;
    let said = if let Some(said) = said {
        said
    } else {
        let filled = fill::Filler::new(&app, &clock, now).fill(&house).await?;
        let said = whole(&filled.shown);
        write(&mark, said.clone()).await?;
        said
    };
    clock.release();
    let shown = followed(&app, &said).await?;
    let password = set_passwords(&app).await?;
    let doors = doors(&app, &house).await?;
    Ok(Demo { app, doors, password, shown })
}

/// What the mark says of a folder that was filled; `None` for one that is to be filled. Refuses
/// what is not the demo's.
async fn look_at(folder: &Path, mark: &Path) -> Result<Option<String>, DemoError> {
    let (own, file) = (folder.to_owned(), mark.to_owned());
    let (said, holds) = blocking(move || {
        fs::create_dir_all(&own)?;
        let holds = own.join("installation.key").exists() || own.join("redress.sqlite").exists();
        let said = file.exists().then(|| fs::read_to_string(&file)).transpose()?;
        Ok((said, holds))
    })
    .await?;
    let folder = folder.to_owned();
    match said {
        _ if !holds => Ok(None),
        None => Err(DemoError::NotADemo { folder }),
        Some(said) if said.starts_with(WHOLE) => Ok(Some(said)),
        Some(_) => Err(DemoError::Unfinished { folder }),
    }
}

async fn write(mark: &Path, said: String) -> Result<(), AppError> {
    let mark = mark.to_owned();
    blocking(move || fs::write(mark, said)).await
}

/// The mark of a filled folder: after its first line, what is worth following.
fn whole(shown: &[(String, String)]) -> String {
    let lines = shown.iter().map(|(words, reference)| format!("{reference} {words}\n"));
    format!("{WHOLE}\n{}", lines.collect::<String>())
}

/// The tracking links behind the lines of a mark.
async fn followed(app: &App, mark: &str) -> Result<Vec<(String, String)>, AppError> {
    let mut shown = Vec::new();
    for (reference, words) in mark.lines().filter_map(|line| line.split_once(' ')) {
        let loaded = app.load(reference).await?;
        let link = app.tracking_url(loaded.id, loaded.complaint.language.as_str());
        shown.push((words.to_owned(), link));
    }
    Ok(shown)
}

fn email(id: &str) -> String {
    format!("{id}@example.vn")
}

async fn set_passwords(app: &App) -> Result<String, DemoError> {
    let secret = Secret::from_bytes(&app.world.bytes::<PASSWORD_BYTES>());
    let password = Password::typed(secret.reveal());
    for member in app.members().await? {
        app.set_password(&member, &password).await?;
    }
    Ok(secret.reveal().to_owned())
}

async fn doors(app: &App, house: &story::House) -> Result<Vec<Door>, DemoError> {
    let mut doors = Vec::new();
    for colleague in house.colleague.iter().filter(|colleague| colleague.door) {
        let member = app.member(&email(&colleague.id)).await?;
        doors.push(Door {
            title: colleague.title.clone(),
            role: member.role.to_string(),
            department: member.department.as_ref().map(ToString::to_string),
            name: member.name.clone(),
            email: member.email.clone(),
            link: app.sign_in_link(&member).await?,
        });
    }
    Ok(doors)
}
