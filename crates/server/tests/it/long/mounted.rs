//! A file system of its own, on a file: it can be full, and its power can be cut. Only root may have one.
//! Must not hold expectations.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::panicking;

use tempfile::TempDir;

use super::disk::{built, run};
/// A kind of file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Ext4,
    Xfs,
}

impl Kind {
    const fn package(self) -> &'static str {
        match self {
            Self::Ext4 => "e2fsprogs",
            Self::Xfs => "xfsprogs",
        }
    }

    fn make(self) -> Command {
        let (program, flags): (_, &[&str]) = match self {
            Self::Ext4 => ("mkfs.ext4", &["-q", "-F", "-m", "0"]),
            Self::Xfs => ("mkfs.xfs", &["-q", "-f"]),
        };
        let mut make = Command::new(program);
        make.args(flags);
        make
    }
}

/// A file system on a file, mounted once something stands on it.
pub(super) struct Mounted {
    kind: Kind,
    mib: u64,
    image: TempDir,
    on: OnceLock<PathBuf>,
}

impl Mounted {
    pub(super) fn new(kind: Kind, mib: u64) -> Self {
        Self { kind, mib, image: tempfile::tempdir().expect("a folder"), on: OnceLock::new() }
    }

    /// Makes the file system and mounts it on an empty folder.
    pub(super) fn mount_new(&self, folder: &Path) {
        let image = self.image.path().join("disk");
        File::create(&image).and_then(|file| file.set_len(self.mib << 20)).expect("made");
        let made = self.kind.make().arg(&image).output();
        let is_made = made.as_ref().is_ok_and(|made| made.status.success());
        assert!(is_made, "{:?} is made with Debian's {}: {made:?}", self.kind, self.kind.package());
        self.mount(folder);
        self.on.set(folder.to_owned()).expect("one thing on one disk");
    }

    fn mount(&self, folder: &Path) {
        let mut mount = Command::new("mount");
        mount.args(["-o", "loop"]).arg(self.image.path().join("disk")).arg(folder);
        let output = mount.output().expect("mount runs");
        let mounted = output.status.success();
        assert!(mounted, "a disk could not be mounted, which only root may: {output:?}");
    }

    fn on(&self) -> &Path {
        self.on.get().expect("something stands on it")
    }

    /// Brings everything written so far to the disk.
    pub(super) fn flush(&self) {
        run(Command::new("sync").arg("-f").arg(self.on()));
    }

    /// Makes ready to cut the power.
    pub(super) fn cutter(&self) -> Cutter {
        static PROGRAM: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
        let mut program = Command::new(built(&PROGRAM, "cut_power.c", &[]));
        let child = program.arg(self.on()).stdin(Stdio::piped()).spawn();
        Cutter(child.expect("it waits for its byte"))
    }

    /// Power again; nobody may hold a file by now.
    pub(super) fn power_on(&self) {
        run(Command::new("umount").arg(self.on()));
        self.mount(self.on());
    }

    fn filler(&self) -> PathBuf {
        self.on().join("filler")
    }

    /// Takes every byte that is left.
    pub(super) fn fill(&self) {
        let mut file = File::create(self.filler()).expect("made");
        for bytes in [1 << 16, 1 << 10, 1] {
            while file.write_all(&vec![1; bytes]).is_ok() {}
        }
    }

    /// Gives up to so many bytes of them back.
    pub(super) fn leave(&self, bytes: u64) {
        let filler = File::options().write(true).open(self.filler()).expect("it was filled");
        let length = filler.metadata().expect("it is there").len();
        filler.set_len(length.saturating_sub(bytes)).expect("it can be shorter");
        self.flush();
    }

    pub(super) fn clear(&self) {
        fs::remove_file(self.filler()).expect("it was filled");
    }
}

/// Cuts the power of one disk, once.
pub(super) struct Cutter(Child);

impl Cutter {
    /// Cuts the power. What the file holds then is what a disk would that keeps whatever it was given.
    ///
    /// `is_off` is set just before. A flush that is under way may still end well afterwards, though
    /// the journal it rests on was dropped half written: on a machine without power, nobody would hear.
    pub(super) fn cut(mut self, is_off: &AtomicBool) {
        let mut byte = self.0.stdin.take().expect("is piped");
        is_off.store(true, Ordering::SeqCst);
        byte.write_all(b"!").expect("it waits for this");
        drop(byte);
        assert!(self.0.wait().is_ok_and(|status| status.success()), "the power was not cut");
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let Some(on) = self.on.get() else { return };
        // Lazily: a server that still holds a file keeps nothing else from ending.
        let gone = Command::new("umount").arg("-l").arg(on).status();
        assert!(gone.is_ok_and(|status| status.success()) || panicking(), "it stays mounted");
        if let Some(house) = on.parent() {
            drop(fs::remove_dir_all(house));
        }
    }
}
