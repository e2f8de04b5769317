//! The page after an entry: what to say, the slip, what was recorded.

use redress_app::{Loaded, view::Detail};

use super::case::facts;
use crate::desk::{
    DeskFrame,
    view::{Entered, EnteredPromise},
};
use crate::portal::{assemble::files, promise_name};

/// The page of a complaint just entered; `tracking_url` is whole and ends in the token.
pub(crate) fn entered(
    frame: DeskFrame,
    loaded: &Loaded,
    detail: &Detail,
    (tracking_url, called_out): (String, Option<String>),
) -> Entered {
    let c = &loaded.complaint;
    let w = &frame.w;
    let promises = c.running_promises().map(|promise| EnteredPromise {
        what: promise_name(&loaded.pack, w.lang, &promise.set.promise, promise.set.round)
            .unwrap_or_else(|_| promise.set.promise.clone()),
        due: promise.set.due,
    });
    let who = &detail.complainant;
    let said = [
        ("desk-said", detail.text.clone()),
        ("form-name", who.name.clone()),
        ("form-organisation", who.organisation.clone()),
        ("form-phone", who.phone.as_ref().map(|phone| w.phone(phone))),
        ("form-email", who.email.clone()),
        ("desk-entry-address", who.address.clone()),
        ("field-about", Some(w.about(&c.about))),
    ];
    let mut recorded: Vec<(String, String)> =
        said.into_iter().filter_map(|(label, value)| Some((w.t(label), value?))).collect();
    recorded.extend(facts(w, loaded, detail));
    Entered {
        reference: c.reference.to_string(),
        received_at: c.received_at,
        person: who.name.clone(),
        promises: promises.collect(),
        tracking_url,
        hotline: loaded.pack.policy.company.hotline.clone(),
        called_out,
        recorded,
        files: files(w, &format!("/desk/complaints/{}", c.reference), &detail.files),
        frame,
    }
}
