//! Disks that fail: a library under the server. Must not hold expectations.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::serve::house::House;

/// The variables of the library, by which a server is started without it again.
pub(super) const VARIABLES: &[&str] = &["LD_PRELOAD", "FAILING_"];

/// The library, built once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    built(&LIBRARY, "failing_disk.c", &["-shared", "-fPIC"])
}

/// What the C compiler makes of a source beside this one, once.
pub(super) fn built(
    once: &'static OnceLock<(TempDir, PathBuf)>,
    source: &str,
    flags: &[&str],
) -> &'static Path {
    let (_, path) = once.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("built");
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/long");
        run(Command::new("cc")
            .args(flags)
            .args(["-O1", "-o"])
            .arg(&path)
            .arg(sources.join(source)));
        (folder, path)
    });
    path
}

/// Runs a program that must do its work.
pub(super) fn run(command: &mut Command) {
    let output = command.output();
    assert!(output.as_ref().is_ok_and(|output| output.status.success()), "{command:?}: {output:?}");
}

/// A disk whose calls fail while it is told to.
pub(super) struct Failing {
    folder: TempDir,
    call: &'static str,
    from: u32,
    to: u32,
    error: i32,
    file: &'static str,
}

/// No call is beyond this.
pub(super) const FOR_EVER: u32 = u32::MAX;
/// Reading or writing failed.
pub(super) const EIO: i32 = 5;
/// There is no room.
pub(super) const ENOSPC: i32 = 28;

impl Failing {
    /// The calls numbered `from` to `to` of this kind fail once the disk is [told to](Self::fail).
    pub(super) fn new(call: &'static str, (from, to): (u32, u32), error: i32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, call, from, to, error, file: "" }
    }

    /// Only files whose path ends like this fail.
    pub(super) fn at(self, file: &'static str) -> Self {
        Self { file, ..self }
    }

    fn armed(&self) -> PathBuf {
        self.folder.path().join("armed")
    }

    /// A house on this disk.
    pub(super) fn house(&self) -> House {
        House::open_on(|data| self.variables(data))
    }

    /// The variables by which this data folder is on it.
    pub(super) fn variables(&self, data: &Path) -> Vec<(String, String)> {
        let data = fs::canonicalize(data).expect("it is there");
        let pairs = [
            ("LD_PRELOAD", library().display().to_string()),
            ("FAILING_FOLDER", data.display().to_string()),
            ("FAILING_WHILE", self.armed().display().to_string()),
            ("FAILING_CALL", self.call.to_owned()),
            ("FAILING_FROM", self.from.to_string()),
            ("FAILING_TO", self.to.to_string()),
            ("FAILING_ERROR", self.error.to_string()),
            ("FAILING_FILE", self.file.to_owned()),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).to_vec()
    }

    pub(super) fn fail(&self) {
        File::create(self.armed()).expect("made");
    }

    pub(super) fn work(&self) {
        fs::remove_file(self.armed()).expect("it was told to fail");
    }

    /// What the first call that failed was made on; `None` while none has.
    pub(super) fn failed_on(&self) -> Option<String> {
        fs::read_to_string(self.folder.path().join("armed.met")).ok()
    }
}
