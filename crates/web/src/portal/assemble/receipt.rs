//! The receipt page of a complaint.
//! Must not open to a stranger: the handler has checked cookie or token.

use redress_app::view::Detail;
use redress_app::{Loaded, WaitingNotice};
use redress_core::complaint::Stage;
use redress_core::kinds::{ChannelKind, DepartmentId};
use redress_core::policy::{InformRole, Pack};

use super::{about, files, said};
use crate::components::{Frame, Words};
use crate::portal::promises::{promise_name, promises_later};
use crate::portal::view::{Receipt, ReceiptPromise, Waiting};

/// The receipt of `loaded`; `tracking_url` is whole and ends in the token.
pub fn receipt(frame: Frame, loaded: &Loaded, detail: &Detail, tracking_url: String) -> Receipt {
    let c = &loaded.complaint;
    let (pack, lang) = (&loaded.pack, frame.w.lang);
    let promises = c
        .promises
        .iter()
        .filter(|promise| promise.set.round == 1)
        .map(|promise| ReceiptPromise {
            what: promise_name(pack, lang, &promise.set.promise, 1)
                .unwrap_or_else(|_| promise.set.promise.clone()),
            within: promise.set.within.parse().map_or_else(
                |_| promise.set.within.clone(),
                |given| redress_text::amount(lang, given),
            ),
            due: promise.set.due,
        })
        .collect();
    let later = promises_later(pack, lang).unwrap_or_default();
    let again: Vec<String> =
        later.iter().map(|row| format!("{}: {} {}", row.what, row.figure, row.unit)).collect();
    let path = path_of(&tracking_url);
    Receipt {
        reference: c.reference.to_string(),
        received_at: c.received_at,
        with: with(loaded, &frame.w),
        danger: c.safety,
        promises,
        again: again.join("; "),
        sent: sent(&frame.w, loaded, detail),
        files: files(&frame.w, &path, &detail.files),
        tracking_url,
        frame,
    }
}

/// What the sender of a notice sees while a person still has to open its file.
pub fn waiting(frame: Frame, pack: &Pack, notice: WaitingNotice, tracking_url: String) -> Waiting {
    let first = promise_name(pack, frame.w.lang, "first-reply", 1);
    Waiting {
        reference: notice.reference,
        received_at: notice.received_at,
        danger: notice.said.is_some_and(|said| said.danger),
        first: first.unwrap_or_default(),
        due: notice.due,
        tracking_url,
        frame,
    }
}

/// The path of a whole address: everything from the third slash on.
fn path_of(url: &str) -> String {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    after.find('/').map_or_else(String::new, |at| after.split_at(at).1.to_owned())
}

/// Who has the file: the unit it was handed to, or those who are about to hand it over.
fn with(loaded: &Loaded, w: &Words) -> String {
    let policy = &loaded.pack.policy;
    let named = |id: &DepartmentId| said(&loaded.pack, w.lang, &format!("department.{id}"));
    if let Some(unit) = handed_to(loaded, w) {
        return named(unit);
    }
    let unit = named(&policy.receiving().id);
    let informed = match policy.handover.inform {
        InformRole::Director => "value.handover.inform.director",
        InformRole::Receiving => return unit,
    };
    let informed = said(&loaded.pack, w.lang, informed);
    loaded.pack.speaker(w.lang).list(&[informed, unit])
}

/// The unit that has the file by handover; a route that does not wait counts as taken.
fn handed_to<'a>(loaded: &'a Loaded, w: &Words) -> Option<&'a DepartmentId> {
    let c = &loaded.complaint;
    let route = &c.round().route;
    if c.stage != Stage::Received {
        return c.department.as_ref();
    }
    route.by_itself_at.is_some_and(|at| at <= w.now).then_some(&route.to)
}

/// What was sent, label and value; contacts with their middle hidden.
fn sent(w: &Words, loaded: &Loaded, detail: &Detail) -> Vec<(String, String)> {
    let some = |id: &str, value: Option<String>| value.map(|value| (w.t(id), value));
    let category = detail.item.category.as_ref();
    let category = category.map(|code| said(&loaded.pack, w.lang, &format!("category.{code}")));
    let phone = detail.complainant.phone.as_deref().map(redress_text::phone_masked);
    let reply = detail.reply_by.as_ref().and_then(|kind| kind.parse::<ChannelKind>().ok());
    [
        some("form-text", detail.text.clone()),
        some("form-about", Some(about(w, &detail.item.about))),
        some("form-category", category),
        some("form-remedy", detail.remedy_sought.clone()),
        some("form-asset", detail.asset.clone()),
        some("form-place", detail.place.clone()),
        some("form-name", detail.complainant.name.clone()),
        some("form-phone", phone),
        some("form-email", detail.complainant.email.clone()),
        some("form-reply", reply.map(|kind| w.channel(&kind))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
