//! Which files of a complaint a member may open.
//! Must not open findings of an earlier round before the running one has its own.

use redress_app::{
    HeldFiles, Loaded,
    view::{Detail, FileView, Viewer},
};
use redress_core::complaint::{Event, file::FileFact};

/// Every file this reader may open, in order of arrival.
pub(crate) fn all(loaded: &Loaded, detail: &Detail) -> Vec<FileView> {
    let mut files = detail.files.clone();
    files.extend(detail.findings.iter().flat_map(|finding| finding.files.clone()));
    for told in &loaded.history {
        match &told.event {
            Event::NoteAdded(e) => {
                let names = e.words.as_ref().map(|words| words.file_names.as_slice());
                files.extend(named(&e.files, names.unwrap_or_default(), &detail.held));
            }
            Event::UndertakingKept(e) => files.extend(named(&e.proof, &[], &detail.held)),
            Event::MandateRecorded(e) => {
                let name = e.words.as_ref().map(|words| words.file_name.clone());
                let names: Vec<String> = name.into_iter().collect();
                files.extend(named(std::slice::from_ref(&e.file), &names, &detail.held));
            }
            _ => {}
        }
    }
    files
}

/// Files with their names, one without is called by its digest, and how their check stands.
pub(crate) fn named(facts: &[FileFact], names: &[String], held: &HeldFiles) -> Vec<FileView> {
    let view = |(n, fact): (usize, &FileFact)| FileView {
        name: names.get(n).cloned().unwrap_or_else(|| fact.sha256.chars().take(12).collect()),
        media_type: fact.media_type.clone(),
        bytes: fact.bytes,
        sha256: fact.sha256.clone(),
        picture: matches!(fact.media_type.as_str(), "image/jpeg" | "image/png" | "image/webp"),
        held: None,
        finding: None,
    };
    let mut files: Vec<FileView> = facts.iter().enumerate().map(view).collect();
    for file in &mut files {
        file.hold(held, Viewer::Staff);
    }
    files
}
