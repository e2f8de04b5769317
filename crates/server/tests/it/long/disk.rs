//! Disks that fail: a library under the server, and a small disk of its own. Must not hold expectations.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::thread::panicking;

use tempfile::TempDir;

use crate::serve::house::House;

/// The variables of the library, by which a server is started without it again.
pub(super) const VARIABLES: &[&str] = &["LD_PRELOAD", "FAILING_"];

/// The library, built once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("failing_disk.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/long/failing_disk.c");
        run(Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&path).arg(source));
        (folder, path)
    });
    path
}

fn run(command: &mut Command) {
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
        Self { folder: tempfile::tempdir().expect("a folder"), call, from, to, error }
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

/// A file system of its own, of 16 MiB, on a file; only root may have one.
pub(super) struct Small {
    image: TempDir,
    mounted: OnceLock<PathBuf>,
}

impl Small {
    pub(super) fn new() -> Self {
        Self { image: tempfile::tempdir().expect("a folder"), mounted: OnceLock::new() }
    }

    /// A house whose data folder is this disk.
    pub(super) fn house(&self) -> House {
        House::open_on(|data| {
            let image = self.image.path().join("disk");
            File::create(&image).and_then(|file| file.set_len(16 << 20)).expect("made");
            run(Command::new("mkfs.ext4").args(["-q", "-F", "-m", "0"]).arg(&image));
            let mut mount = Command::new("mount");
            mount.args(["-o", "loop"]).arg(&image).arg(data);
            let output = mount.output().expect("mount runs");
            assert!(
                output.status.success(),
                "a small disk could not be mounted, which only root may: {output:?}"
            );
            self.mounted.set(data.to_owned()).expect("one house on one disk");
            vec![]
        })
    }

    fn filler(&self) -> PathBuf {
        self.mounted.get().expect("a house stands on it").join("filler")
    }

    /// Takes every byte that is left.
    pub(super) fn fill(&self) {
        let mut file = File::create(self.filler()).expect("made");
        for bytes in [1 << 16, 1 << 10, 1] {
            while file.write_all(&vec![1; bytes]).is_ok() {}
        }
    }

    pub(super) fn clear(&self) {
        fs::remove_file(self.filler()).expect("it was filled");
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let Some(mounted) = self.mounted.get() else { return };
        // Lazily: a server that still holds a file keeps nothing else from ending.
        let gone = Command::new("umount").arg("-l").arg(mounted).status();
        assert!(gone.is_ok_and(|status| status.success()) || panicking(), "it stays mounted");
        if let Some(house) = mounted.parent() {
            drop(fs::remove_dir_all(house));
        }
    }
}
