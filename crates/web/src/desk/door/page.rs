//! Pages of the desk as answers: their frame, problems, and where everybody begins.
//! Must not hold words; texts do.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, ListQuery, Room};
use redress_core::{
    complaint::registry::find_shape,
    kinds::{Lang, Role},
};
use serde::Deserialize;

use super::{
    LANGUAGE_COOKIE,
    session::{Staff, Turned, language as spoken, path_of_desk},
};
use crate::{
    Site,
    components::Words,
    desk::{
        DeskFrame, Duty, DutyPerson, MenuItem, Place, User, assemble,
        form::Refused,
        view::{Problem, ProblemKind},
    },
    http::{Query, log, refusal_words, set_cookie, status_of, words_of},
    portal::door::html,
};

/// How long a chosen language is kept, in seconds.
const LANGUAGE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// Who may look at complaints.
pub(super) const READERS: &[Role] = &[Role::Care, Role::Department, Role::Director, Role::Auditor];
/// Who may enter complaints.
pub(super) const WRITERS: &[Role] = &[Role::Care, Role::Department, Role::Director];
/// Who may change the duty roster.
pub(super) const ROSTER: &[Role] = &[Role::Care, Role::Director, Role::Admin];

/// What the address says was just done: the id of a shape, and the complaint.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    pub(super) done: String,
    pub(super) of: String,
}

impl Done {
    /// In words; only what a shape or a page of ours is called, never what the address says.
    pub(super) fn words(&self, w: &Words) -> Option<String> {
        if let Some((_, shape)) = find_shape(&self.done) {
            let of: redress_core::reference::Reference = self.of.parse().ok()?;
            let what = w.t(&format!("command-{}", shape.id));
            return Some(w.t2("desk-done-command", "what", &what, "of", of.to_string()));
        }
        match self.done.as_str() {
            "erased" => Some(w.t("desk-done-erased")),
            "duty" => Some(w.t("desk-done-duty")),
            "duty-ended" => Some(w.t("desk-done-duty-ended")),
            "deputy" => Some(w.t("desk-done-deputy")),
            "deputy-ended" => Some(w.t("desk-done-deputy-ended")),
            "account-disabled" => Some(w.t("desk-done-disabled")),
            _ => None,
        }
    }
}

/// The frame of a page before sign-in.
pub(super) fn outside(site: &Site, lang: Lang, path: &str) -> DeskFrame {
    let pack = site.app.pack();
    let policy = &pack.policy;
    DeskFrame {
        w: Words { lang, zone: policy.calendar.zone().clone(), now: site.app.now() },
        company: policy.company.name.clone(),
        user: None,
        menu: vec![],
        place: Place::Other,
        languages: policy.languages.clone(),
        path: path.to_owned(),
        key: String::new(),
        done: None,
        alarms: vec![],
        demo: site.settings.is_demo,
    }
}

/// The frame of a page for a member; `path` is where a change of language comes back to.
pub(super) async fn inside(site: &Site, staff: &Staff, place: Place, path: &str) -> DeskFrame {
    let mut frame = outside(site, staff.lang, path);
    let pack = site.app.pack();
    let role = frame.w.say(staff.member.role);
    let unit = staff.member.department.as_ref();
    let unit = unit.map(|unit| assemble::department(&pack, staff.lang, unit.as_str()));
    let role = match (staff.member.role, unit) {
        (Role::Department, Some(unit)) => unit,
        _ => role,
    };
    let role = match staff.member.stands_in_for {
        Some(_) => stands_in(&frame.w, &role),
        None => role,
    };
    frame.user = Some(User { name: staff.member.name.clone(), role });
    frame.menu = menu(site, staff).await;
    frame.place = place;
    frame.key.clone_from(&staff.form_token);
    frame.alarms = alarms(site, staff, &frame.w);
    frame
}

/// What is wrong with the server, as far as the member must know.
fn alarms(site: &Site, staff: &Staff, w: &Words) -> Vec<String> {
    let room = match site.app.room() {
        Room::Enough => None,
        Room::Little { free } => Some(w.t1("desk-room-little", "free", w.size(&free))),
        Room::None => Some(w.t("desk-room-none")),
    };
    let is_told = staff.is(&[Role::Admin, Role::Director]);
    let clock = site.app.clock_jump().filter(|_| is_told);
    let clock = clock.map(|jump| {
        let (expected, found) = (w.instant(&jump.expected), w.instant(&jump.found));
        w.t2("desk-clock-jumped", "expected", &expected, "found", found)
    });
    let failing = Some(site.app.failing_count()).filter(|count| is_told && *count > 0);
    let failing = failing.map(|count| w.t1("desk-work-fails", "count", count.to_string()));
    let restarted = site.app.log_restarted().filter(|_| site.app.log_is_short());
    let restarted = restarted.map(|found| {
        let signed = found.signed.map_or_else(|| "?".to_owned(), |signed| signed.to_string());
        let (at, kept) = (w.instant(&found.at), found.kept.to_string());
        let args = [("at", at.into()), ("signed", signed.into()), ("kept", kept.into())];
        redress_text::t_args(w.lang, "desk-log-restarted", &args)
    });
    room.into_iter().chain(clock).chain(failing).chain(restarted).collect()
}

/// A role in words, and that the person acts for the Director besides.
fn stands_in(w: &Words, own: &str) -> String {
    w.t2("desk-stands-in", "own", own, "director", w.say(Role::Director))
}

async fn menu(site: &Site, staff: &Staff) -> Vec<MenuItem> {
    let places: &[Place] = match staff.member.role {
        Role::Care | Role::Department if !staff.member.directs() => {
            &[Place::Queue, Place::New, Place::Duty]
        }
        Role::Care | Role::Department | Role::Director => {
            &[Place::Director, Place::Queue, Place::New, Place::Duty]
        }
        Role::Auditor => &[Place::Queue, Place::Duty],
        Role::Admin => &[Place::Accounts, Place::Duty],
    };
    let mut items = Vec::with_capacity(places.len());
    for place in places {
        let count = match place {
            Place::Director => count(site, staff, &director::waiting()).await,
            _ => None,
        };
        items.push(MenuItem { place: *place, count });
    }
    items
}

/// How many a query finds; `None` when the store does not answer, which the page itself will say.
pub(super) async fn count(site: &Site, staff: &Staff, query: &ListQuery) -> Option<u32> {
    let count = site.app.count(query, &staff.member).await.ok()?;
    u32::try_from(count).ok()
}

use super::director;

/// Who is on duty now, and the first gap.
pub(super) async fn duty(site: &Site) -> Result<Duty, AppError> {
    let now = site.app.now();
    let lines = site.app.duty_lines().await?;
    let here = lines.into_iter().filter(|line| line.from <= now && now < line.until);
    let people = here.map(|line| DutyPerson { name: line.name, phone: line.phone });
    let gap = site.app.duty_gaps().await?.first().map(|gap| (gap.from, gap.until));
    Ok(Duty { now: people.collect(), gap })
}

/// What is lacking of the holidays, in words: a task of who administers and of the Director.
pub(super) fn holidays(site: &Site, lang: Lang) -> Option<String> {
    site.app.holidays_due().map(|lacking| redress_app::holiday_words(lacking, lang))
}

/// A use case that did not happen, as a page; `back` is where to go on, `typed` what was typed.
pub(super) async fn problem(
    site: &Site,
    staff: &Staff,
    error: AppError,
    back: &str,
    typed: Vec<(String, String)>,
) -> Response {
    let status = status_of(&error);
    log(&error, status);
    let frame = inside(site, staff, Place::Other, "/desk").await;
    let kind = match error {
        AppError::Forbidden => ProblemKind::Forbidden,
        AppError::NotFound | AppError::Unauthorized => ProblemKind::NotFound,
        AppError::Refused(refusal) => ProblemKind::Refused(refused(staff.lang, &refusal)),
        error @ AppError::FileHeld { .. } => ProblemKind::Refused(Refused {
            words: words_of(staff.lang, &error),
            rule: String::new(),
        }),
        AppError::Moved { .. } => ProblemKind::Stale,
        AppError::DiskFull | AppError::NoRoom => ProblemKind::Full,
        AppError::Unknown | AppError::Store(_) => ProblemKind::Unknown,
        AppError::TooLarge { .. }
        | AppError::EmptyFile
        | AppError::PictureTooLarge { .. }
        | AppError::TooManyFields { .. } => ProblemKind::TooLarge,
        AppError::TooMany { .. } | AppError::TooManyFiles { .. } => ProblemKind::TooMany,
        AppError::Fields(_)
        | AppError::Malformed { .. }
        | AppError::KeyReused
        | AppError::KeyUnfit
        | AppError::Taken { .. } => ProblemKind::Spoilt,
        AppError::Codec(_) | AppError::Io(_) | AppError::Broken { .. } => ProblemKind::Broken,
    };
    let status = StatusCode::from_u16(kind.status()).unwrap_or(status);
    let view = Problem { frame, kind, back: back.to_owned(), typed };
    html(&view, staff.lang, status)
}

/// A problem with nowhere special to go on.
pub(super) async fn trouble(site: &Site, staff: &Staff, error: AppError) -> Response {
    problem(site, staff, error, "", vec![]).await
}

/// A refusal in words.
pub(super) fn refused(lang: Lang, refusal: &redress_core::complaint::Refusal) -> Refused {
    Refused { words: refusal_words(lang, refusal), rule: refusal.rule.to_owned() }
}

/// Where a member begins.
pub(super) fn home_of(role: Role) -> &'static str {
    match role {
        Role::Director => "/desk/director",
        Role::Admin => "/desk/accounts",
        Role::Care | Role::Department | Role::Auditor => "/desk/queue",
    }
}

pub(super) async fn home(staff: Staff) -> Redirect {
    Redirect::to(home_of(staff.member.role))
}

/// An address of the desk that is none.
pub(super) async fn nowhere(
    State(site): State<Site>,
    staff: Result<Staff, Turned>,
) -> Result<Response, Turned> {
    Ok(trouble(&site, &staff?, AppError::NotFound).await)
}

/// Which language, and back to where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    to: String,
    back: String,
}

pub(super) async fn language(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(wish): Query<Wish>,
) -> Response {
    let lang = wish.to.parse().unwrap_or_else(|_| spoken(&site, &headers));
    let back = if wish.back.starts_with("/desk/sign-in") && !wish.back.contains("//") {
        "/desk/sign-in"
    } else {
        path_of_desk(&wish.back, "/desk")
    };
    let cookie = set_cookie(LANGUAGE_COOKIE, lang.as_str(), LANGUAGE_SECONDS, site.is_secure());
    (StatusCode::SEE_OTHER, [(header::LOCATION, location(back)), (header::SET_COOKIE, cookie)])
        .into_response()
}

/// A path as a header; paths come checked.
pub(super) fn location(path: &str) -> axum::http::HeaderValue {
    axum::http::HeaderValue::from_str(path).unwrap_or(axum::http::HeaderValue::from_static("/desk"))
}
