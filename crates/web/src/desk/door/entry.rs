//! Staff entry: a complaint that came by another way, and what to say to the person then.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use redress_app::{AppError, Loaded, NoticeIn, hex, sha256, view::Viewer};
use redress_core::kinds::ChannelKind;

use super::{
    page::{WRITERS, inside, trouble},
    session::Staff,
    typed::Typed,
};
use crate::{
    Site,
    components::{FieldErrors, KeptFile},
    desk::{
        Place,
        assemble::{self, categories},
        form::{Choice, entry_faults, local},
        view::{Entered, Entry, EntryValues},
    },
    http::{Path, log, status_of},
    portal::{assemble::reply_ways, door::html},
};

pub(super) async fn get(State(site): State<Site>, staff: Staff) -> Response {
    if !staff.is(WRITERS) {
        return trouble(&site, &staff, AppError::Forbidden).await;
    }
    let zone = site.app.pack().policy.calendar.zone().clone();
    let values =
        EntryValues { received_at: local(site.app.now(), &zone), ..EntryValues::default() };
    show(&site, &staff, (values, FieldErrors::default()), vec![], StatusCode::OK).await
}

async fn show(
    site: &Site,
    staff: &Staff,
    (values, errors): (EntryValues, FieldErrors),
    kept: Vec<KeptFile>,
    status: StatusCode,
) -> Response {
    let pack = site.app.pack();
    let policy = &pack.policy;
    let offices = policy.offices.iter();
    let mut frame = inside(site, staff, Place::New, "/desk/new").await;
    if status == StatusCode::INSUFFICIENT_STORAGE {
        frame.alarms = vec![frame.w.t("desk-room-none")];
    }
    let view = Entry {
        frame,
        values,
        errors,
        channels: entered_by(policy),
        reply_ways: reply_ways(&pack),
        categories: categories(&pack, staff.lang),
        offices: offices
            .map(|office| Choice::new(office.code.clone(), office.name.clone()))
            .collect(),
        languages: policy.languages.clone(),
        kept,
    };
    html(&view, staff.lang, status)
}

/// Channels that staff may enter: every one of the pack but the web form, which enters itself.
fn entered_by(policy: &redress_core::policy::Policy) -> Vec<ChannelKind> {
    let kinds = policy.channels.iter().map(|rule| rule.kind);
    kinds.filter(|kind| *kind != ChannelKind::Web).collect()
}

pub(super) async fn post(State(site): State<Site>, staff: Staff, request: Request) -> Response {
    if !staff.is(WRITERS) {
        return trouble(&site, &staff, AppError::Forbidden).await;
    }
    let received = match Typed::read(&site, request, &staff).await {
        Ok(typed) => receive(&site, &staff, &typed).await,
        Err(error) => Err(error),
    };
    match received {
        Ok(answer) => answer,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

async fn receive(site: &Site, staff: &Staff, typed: &Typed) -> Result<Response, AppError> {
    let zone = site.app.pack().policy.calendar.zone().clone();
    let values = EntryValues::from_pairs(&typed.pairs);
    let mut files = typed.all("upload");
    files.extend(typed.all("files"));
    let body = values.to_body(&files, &zone).to_string();
    let mut errors = FieldErrors::default();
    for (_, words) in &typed.faults {
        errors.add("files", words.clone());
    }
    let owner = staff.owner();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !errors.any() {
        // The same session sending the same words again means the same complaint.
        let key = hex(&sha256(format!("{}\n{body}", staff.form_token).as_bytes()));
        let notice =
            NoticeIn { body: &body, by: Some(&staff.member), owner: &owner, key: Some(&key) };
        match site.app.receive(notice).await {
            Ok(receipt) => {
                let page = format!("/desk/complaints/{}/entered", receipt.reference);
                return Ok(Redirect::to(&page).into_response());
            }
            Err(AppError::Fields(faults)) => errors = entry_faults(staff.lang, &faults),
            Err(error @ AppError::DiskFull) => {
                status = status_of(&error);
                log(&error, status);
            }
            Err(error) => return Err(error),
        }
    }
    let known = site.app.uploads(&files, &owner).await?;
    let kept = known.into_iter().map(|file| KeptFile {
        upload: file.id,
        name: file.name,
        bytes: file.bytes,
    });
    Ok(show(site, staff, (values, errors), kept.collect(), status).await)
}

pub(super) async fn entered(
    State(site): State<Site>,
    staff: Staff,
    Path(reference): Path<String>,
) -> Response {
    match slip(&site, &staff, &reference).await {
        Ok(page) => page,
        Err(error) => trouble(&site, &staff, error).await,
    }
}

/// The slip holds the tracking link, with which one speaks for the complainant: only whoever
/// entered the complaint gets it.
async fn slip(site: &Site, staff: &Staff, reference: &str) -> Result<Response, AppError> {
    let loaded = site.app.load(reference).await?;
    if !entered_it(&loaded, staff) {
        return Err(AppError::NotFound);
    }
    let detail = site.app.detail(&loaded, Viewer::Staff).await?;
    let path = format!("/desk/complaints/{}", loaded.complaint.reference);
    let frame = inside(site, staff, Place::New, &format!("{path}/entered")).await;
    let called_out = if loaded.complaint.safety { Some(called_out(site).await?) } else { None };
    let url = site.app.tracking_url(loaded.id, loaded.complaint.language.as_str());
    let view: Entered = assemble::entered(frame, &loaded, &detail, (url, called_out));
    Ok(html(&view, staff.lang, StatusCode::OK))
}

fn entered_it(loaded: &Loaded, staff: &Staff) -> bool {
    let first = loaded.history.first();
    first.is_some_and(|told| {
        told.actor.kind == "user" && told.actor.who == staff.member.id.to_string()
    })
}

/// Who is warned when people are in danger.
async fn called_out(site: &Site) -> Result<String, AppError> {
    let on_duty = site.app.on_duty().await?;
    let names: Vec<String> = on_duty.members.into_iter().map(|member| member.name).collect();
    Ok(names.join(", "))
}
