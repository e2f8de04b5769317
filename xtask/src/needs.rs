//! What the tests need beside Rust: Debian, npm and `PyPI` packages, listed and set up.
//! npm packages stand in `e2e/package.json`, `PyPI` packages in a `requirements.txt` beside the tests
//! that use them; Debian packages stand here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::workspace::Workspace;
use crate::{journeys, say};

/// A Debian package, the part of the tests that wants it, and what shows that it is there.
struct Debian {
    package: &'static str,
    wanted_by: Part,
    /// A program on the path, or a file.
    shown_by: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Building at all: the bundled `SQLite` and the TLS library are C.
    Build,
    /// Browser journeys; the fonts have Vietnamese and Lao.
    Journeys,
    /// Programs of others that judge: a scanner of files, Go with its transparency log.
    Judges,
    /// Servers in Python that tests talk to, and a clock that is set days ahead under the binary.
    Python,
}

#[rustfmt::skip]
const DEBIAN: &[Debian] = &[
    Debian { package: "gcc", wanted_by: Part::Build, shown_by: "gcc" },
    Debian { package: "libc6-dev", wanted_by: Part::Build, shown_by: "/usr/include/stdio.h" },
    Debian { package: "clamav-daemon", wanted_by: Part::Judges, shown_by: "/usr/sbin/clamd" },
    Debian { package: "golang-go", wanted_by: Part::Judges, shown_by: "go" },
    Debian { package: "golang-golang-x-mod-dev", wanted_by: Part::Judges, shown_by: "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go" },
    Debian { package: "chromium", wanted_by: Part::Journeys, shown_by: "chromium" },
    Debian { package: "fonts-noto-core", wanted_by: Part::Journeys, shown_by: "/usr/share/fonts/truetype/noto/NotoSansLao-Regular.ttf" },
    Debian { package: "nodejs", wanted_by: Part::Journeys, shown_by: "node" },
    Debian { package: "npm", wanted_by: Part::Journeys, shown_by: "npm" },
    Debian { package: "faketime", wanted_by: Part::Python, shown_by: "faketime" },
    Debian { package: "python3-venv", wanted_by: Part::Python, shown_by: "/var/lib/dpkg/info/python3-venv.list" },
];

const E2E: &str = "e2e";
/// Written after `npm ci`, so that the next run sees that nothing changed.
const NPM_DONE: &str = "e2e/node_modules/.package-lock.json";

/// Prints every package of every kind, one a line: `debian NAME`, `npm NAME@VERSION`, `pypi SPEC`.
pub(crate) fn list(workspace: &Workspace) -> Result<()> {
    let requirements = requirements(workspace)?;
    for need in debian(workspace, &requirements) {
        say(&format!("debian {}", need.package))?;
    }
    for package in npm(workspace)? {
        say(&format!("npm {package}"))?;
    }
    for file in requirements {
        let text = std::fs::read_to_string(file)?;
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            say(&format!("pypi {line}"))?;
        }
    }
    Ok(())
}

/// Installs what is missing; false if something is missing that only root may install.
pub(crate) fn set_up(workspace: &Workspace) -> Result<bool> {
    let requirements = requirements(workspace)?;
    let missing = debian(workspace, &requirements).filter(|need| !is_there(need.shown_by));
    let missing: Vec<&str> = missing.map(|need| need.package).collect();
    if !missing.is_empty() && !install(workspace, &missing)? {
        return Ok(false);
    }
    if journeys::exist(workspace) && !is_newer(workspace, NPM_DONE, "e2e/package-lock.json") {
        let mut npm = workspace.command("npm");
        npm.current_dir(workspace.path(E2E)).args(["ci", "--no-audit", "--no-fund"]);
        succeed(&mut npm)?;
    }
    if !requirements.is_empty() {
        let venv = venv(workspace)?;
        if !venv.exists() {
            succeed(workspace.command("python3").args(["-m", "venv"]).arg(&venv))?;
        }
        let mut pip = workspace.command(venv.join("bin/pip"));
        // A requirement may ask for a newer Python than it needs: its file says so.
        pip.args(["install", "--quiet", "--disable-pip-version-check", "--ignore-requires-python"]);
        for file in requirements {
            pip.arg("--requirement").arg(file);
        }
        succeed(&mut pip)?;
    }
    Ok(true)
}

/// Where the Python packages of the tests are: tests get it as `REDRESS_TEST_VENV`.
pub(crate) fn venv(workspace: &Workspace) -> Result<PathBuf> {
    Ok(workspace.target_directory()?.join("test-venv"))
}

fn debian(
    workspace: &Workspace,
    requirements: &[PathBuf],
) -> impl Iterator<Item = &'static Debian> {
    let (journeys, python) = (journeys::exist(workspace), !requirements.is_empty());
    DEBIAN.iter().filter(move |need| match need.wanted_by {
        Part::Build | Part::Judges => true,
        Part::Journeys => journeys,
        Part::Python => python,
    })
}

fn npm(workspace: &Workspace) -> Result<Vec<String>> {
    if !journeys::exist(workspace) {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(workspace.path("e2e/package.json"))?;
    let package: Value = serde_json::from_str(&text).context("e2e/package.json is no JSON")?;
    let packages = package["devDependencies"].as_object().into_iter().flatten();
    let one = |(name, at): (&String, &Value)| format!("{name}@{}", at.as_str().unwrap_or(""));
    Ok(packages.map(one).collect())
}

fn requirements(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let files = workspace.files()?.into_iter();
    Ok(files
        .filter(|path| path.ends_with("/requirements.txt"))
        .map(|path| workspace.path(&path))
        .collect())
}

fn is_there(shown_by: &str) -> bool {
    if shown_by.starts_with('/') {
        return Path::new(shown_by).exists();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(shown_by).is_file())
}

fn is_newer(workspace: &Workspace, file: &str, than: &str) -> bool {
    let written = |path: &str| workspace.path(path).metadata()?.modified();
    matches!((written(file), written(than)), (Ok(file), Ok(than)) if file >= than)
}

fn install(workspace: &Workspace, missing: &[&str]) -> Result<bool> {
    let id = workspace.command("id").arg("-u").output()?;
    if id.stdout != b"0\n" {
        say(&format!("missing Debian packages: apt-get install {}", missing.join(" ")))?;
        return Ok(false);
    }
    succeed(workspace.command("apt-get").args(["-qq", "update"]))?;
    let mut install = workspace.command("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    succeed(install.args(["-qq", "-y", "--no-install-recommends", "install"]).args(missing))?;
    Ok(true)
}

fn succeed(command: &mut Command) -> Result<()> {
    let program = command.get_program().display().to_string();
    let status = command.stdin(Stdio::null()).status();
    let status = status.with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program} failed: {status}");
    Ok(())
}
