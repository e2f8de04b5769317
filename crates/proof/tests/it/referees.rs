//! Verifiers of other people accept what this crate makes, and refuse what it refuses.
//! They are programs of their own in `tests/referee`, and import nothing of ours.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use redress_proof::{Checkpoint, Hash, Tile, Tree, consistency_proof, tiles_grown, verify};

use crate::kit::{Log, ORIGIN, Stored, leaves, naive_root, vector};
use crate::mutants::{Numbers, mutate};
use crate::receipts::vector_receipt;

const MUTANTS: usize = 10_000;

/// Starts a referee, asks it all `questions` and returns its answers.
pub(crate) fn ask(mut referee: Command, questions: &[String]) -> Vec<String> {
    let mut running =
        referee.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the referee starts");
    let mut input = running.stdin.take().unwrap();
    let text = questions.join("\n") + "\n";
    let writing = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "{referee:?}: {}", output.status);
    writing.join().unwrap().unwrap();
    let answers: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(answers.len(), questions.len());
    answers
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/referee")
}

/// Go with the module of its transparency log, both from Debian; `cargo xtask test` installs them.
/// Each test builds its own program, named for it, for tests may run at once.
fn go(test: &str) -> Command {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("referee-of-{test}"));
    let mut build = Command::new("go");
    build.env("GO111MODULE", "off").env("GOPATH", "/usr/share/gocode").env("GOFLAGS", "");
    build.arg("build").arg("-o").arg(&program).arg(folder().join("referee.go"));
    let built = build.status().is_ok_and(|status| status.success());
    assert!(
        built,
        "the referee in Go does not build: it needs Debian's golang-go and \
         golang-golang-x-mod-dev, which `cargo xtask test` sets up"
    );
    Command::new(program)
}

/// Python with `aics-tlog`, unless it is older than 3.11, on which it does not run.
fn python() -> Option<Command> {
    let venv = std::env::var_os("REDRESS_TEST_VENV").expect(
        "REDRESS_TEST_VENV is not set: run `cargo xtask test`, which sets up the Python packages",
    );
    let program = Path::new(&venv).join("bin/python");
    let mut probe = Command::new(&program);
    let fits = probe.args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status();
    if !fits.expect("Python of REDRESS_TEST_VENV starts").success() {
        println!("not refereed by aics-tlog: {} is older than 3.11", program.display());
        return None;
    }
    let mut referee = Command::new(program);
    referee.arg(folder().join("referee.py"));
    Some(referee)
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

fn receipt_question(log: &Log, receipt: &[u8]) -> String {
    asked_of(&log.key.verification_key().to_string(), log, receipt)
}

fn asked_of(key: &str, log: &Log, receipt: &[u8]) -> String {
    let witness = log.witness.verification_key();
    format!(r#"{{"Receipt":"{}","Log":"{key}","Witness":"{witness}"}}"#, base64(receipt))
}

/// Receipts of logs of random sizes, and mutants of them until we have refused as many as wanted:
/// what is asked, and whether we accept it.
fn receipts() -> Vec<(String, bool)> {
    let mut numbers = Numbers(11);
    let of_vector = asked_of(vector::LOG, &Log::new(1), vector_receipt().as_bytes());
    let mut asked = vec![(of_vector, true)];
    let mut refused = 0;
    while refused < MUTANTS {
        let size = 1 + numbers.below(700);
        let mut log = Log::new(size as u64);
        let known = log.known();
        let drawn: Vec<String> =
            (0..10).map(|_| log.receipt(numbers.below(size) as u64).to_string()).collect();
        for (text, other) in drawn.iter().zip(drawn.iter().rev()) {
            asked.push((receipt_question(&log, text.as_bytes()), true));
            assert!(verify(text.as_bytes(), &known).is_ok());
            for _ in 0..100 {
                let mutant = mutate(text, other, &mut numbers);
                let accepted = verify(&mutant, &known).is_ok();
                refused += usize::from(!accepted);
                asked.push((receipt_question(&log, &mutant), accepted));
            }
        }
    }
    asked
}

/// Proofs of growth between random sizes, and mutants of them.
fn growths() -> Vec<(String, bool)> {
    let mut numbers = Numbers(12);
    let all = leaves(1_500);
    let mut stored = Stored::new(&all);
    let mut asked = Vec::new();
    for _ in 0..500 {
        let new = 1 + numbers.below(all.len());
        let old = 1 + numbers.below(new);
        let tree = |size: usize| Tree { size: size as u64, root: naive_root(&all[..size]) };
        let (mut before, mut after) = (tree(old), tree(new));
        let mut path = consistency_proof(&mut stored, old as u64, new as u64).unwrap();
        asked.push(growth_question(&before, &after, &path));
        match numbers.below(5) {
            0 => before.root[numbers.below(32)] ^= 1,
            1 => after.root[numbers.below(32)] ^= 1,
            2 => before.size = 1 + numbers.below(new) as u64,
            3 => path.insert(numbers.below(path.len() + 1), after.root),
            _ if path.is_empty() => path.push(before.root),
            _ => drop(path.remove(numbers.below(path.len()))),
        }
        asked.push(growth_question(&before, &after, &path));
    }
    asked
}

fn growth_question(before: &Tree, after: &Tree, path: &[Hash]) -> (String, bool) {
    let accepted = after.check_growth(before, path).is_ok();
    let path: Vec<String> = path.iter().map(|hash| format!(r#""{}""#, base64(hash))).collect();
    let (old, new, path) = (before.size, after.size, path.join(","));
    let (old_root, new_root) = (base64(before.root), base64(after.root));
    let question = format!(
        r#"{{"Old":{old},"New":{new},"OldRoot":"{old_root}","NewRoot":"{new_root}","Path":[{path}]}}"#
    );
    (question, accepted)
}

fn referee(referee: Command, asked: &[(String, bool)]) -> String {
    let questions: Vec<String> = asked.iter().map(|(question, _)| question.clone()).collect();
    let answers = ask(referee, &questions);
    for ((question, accepted), answer) in asked.iter().zip(&answers) {
        assert_eq!(*accepted, answer == "ok", "we accept: {accepted}; {answer}; {question}");
    }
    let accepted = asked.iter().filter(|(_, accepted)| *accepted).count();
    format!("{accepted} accepted and {} refused, as by us", asked.len() - accepted)
}

#[test]
fn go_and_python_accept_our_receipts_and_refuse_ten_thousand_mutants() {
    let asked = receipts();
    println!("receipts, Go: {}", referee(go("receipts"), &asked));
    if let Some(python) = python() {
        println!("receipts, aics-tlog: {}", referee(python, &asked));
    }
}

#[test]
fn go_and_python_accept_our_proofs_of_growth_and_refuse_mutants() {
    let asked = growths();
    println!("growth, Go: {}", referee(go("growth"), &asked));
    if let Some(python) = python() {
        println!("growth, aics-tlog: {}", referee(python, &asked));
    }
}

#[test]
fn go_signs_the_same_note_with_our_key_and_writes_the_same_tiles() {
    let log = Log::new(1);
    let mut numbers = Numbers(13);
    let mut asked = Vec::new();
    for _ in 0..200 {
        let tree = Tree { size: numbers.below(1 << 40) as u64, root: leaves(1)[0] };
        let signed = Checkpoint::new(ORIGIN, tree).unwrap().sign(&[&log.key]).to_string();
        let (secret, signed) = (log.key.to_private_text(), signed.replace('\n', "\\n"));
        asked.push((format!(r#"{{"Secret":"{secret}","Signed":"{signed}"}}"#), true));
        let old = numbers.below(100_000) as u64;
        let new = old + numbers.below(70_000) as u64;
        let mut tiles: Vec<Tile> = tiles_grown(old, new).collect();
        for sound in [true, false] {
            let paths: Vec<String> = tiles.iter().map(|it| format!(r#""{}""#, it.path())).collect();
            let paths = paths.join(",");
            asked.push((format!(r#"{{"Old":{old},"New":{new},"Tiles":[{paths}]}}"#), sound));
            tiles.push(Tile { level: 7, index: 0, width: 1 });
        }
    }
    println!("notes and tiles, Go: {}", referee(go("notes"), &asked));
}
