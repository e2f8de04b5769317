//! A log in memory, and the tree by its definition.

use std::convert::Infallible;

use redress_proof::{
    Checkpoint, Commitment, Frontier, Hash, Hashes, KeyKind, Leaf, Node, OpenWords, Opening,
    Receipt, SigningKey, Tile, TileReader, VerificationKey, empty_root, inclusion_proof, leaf_hash,
    node_hash, payload,
};

/// The definition of RFC 6962, section 2.1, word for word, over hashes of leaves.
pub(crate) fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        many => {
            let (left, right) = many.split_at(half(many.len()));
            node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

/// PATH(m, D[n]) of RFC 6962, section 2.1.1.
pub(crate) fn naive_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    let (mut path, beside) = if index < left.len() {
        (naive_path(index, left), right)
    } else {
        (naive_path(index - left.len(), right), left)
    };
    path.push(naive_root(beside));
    path
}

/// SUBPROOF(m, D[n], b) of RFC 6962, section 2.1.2.
pub(crate) fn naive_growth(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![naive_root(leaves)] };
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    let (mut path, beside) = if old <= left.len() {
        (naive_growth(old, left, whole), right)
    } else {
        (naive_growth(old - left.len(), right, false), left)
    };
    path.push(naive_root(beside));
    path
}

fn half(leaves: usize) -> usize {
    leaves.next_power_of_two() / 2
}

/// The hashes of leaves with the texts `0`, `1`, …
pub(crate) fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|at| leaf_hash(at.to_string().as_bytes())).collect()
}

/// Every hash of the tree, level by level, and how many were asked for.
pub(crate) struct Stored {
    levels: Vec<Vec<Hash>>,
    pub(crate) asked: usize,
}

impl Stored {
    pub(crate) fn new(leaves: &[Hash]) -> Self {
        let mut levels = vec![leaves.to_vec()];
        while let Some(last) = levels.last().filter(|last| last.len() > 1) {
            let pairs = last.as_chunks::<2>().0;
            levels.push(pairs.iter().map(|[left, right]| node_hash(left, right)).collect());
        }
        Self { levels, asked: 0 }
    }

    fn hash(&self, node: Node) -> Hash {
        self.levels[node.level as usize][usize::try_from(node.index).unwrap()]
    }
}

impl Hashes for Stored {
    type Error = Infallible;

    fn hashes(&mut self, nodes: &[Node]) -> Result<Vec<Hash>, Infallible> {
        self.asked += nodes.len();
        Ok(nodes.iter().map(|node| self.hash(*node)).collect())
    }
}

impl TileReader for Stored {
    type Error = Infallible;

    fn tiles(&mut self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Infallible> {
        self.asked += tiles.len();
        let bytes = |tile: &Tile| tile.nodes().flat_map(|node| self.hash(node)).collect();
        Ok(tiles.iter().map(bytes).collect())
    }
}

/// A log whose leaves are all the same, so that it may be of any size: the subtrees of one height
/// have one hash.
pub(crate) struct Uniform {
    by_level: Vec<Hash>,
    pub(crate) asked: usize,
}

impl Uniform {
    pub(crate) fn new() -> Self {
        let first = leaf_hash(b"the same");
        let levels = std::iter::successors(Some(first), |hash| Some(node_hash(hash, hash)));
        Self { by_level: levels.take(63).collect(), asked: 0 }
    }

    pub(crate) fn leaf(&self) -> Hash {
        self.by_level[0]
    }
}

impl Hashes for Uniform {
    type Error = Infallible;

    fn hashes(&mut self, nodes: &[Node]) -> Result<Vec<Hash>, Infallible> {
        self.asked += nodes.len();
        Ok(nodes.iter().map(|node| self.by_level[node.level as usize]).collect())
    }
}

impl TileReader for Uniform {
    type Error = Infallible;

    fn tiles(&mut self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Infallible> {
        self.asked += tiles.len();
        let bytes =
            |tile: &Tile| self.by_level[tile.level as usize * 8].repeat(usize::from(tile.width));
        Ok(tiles.iter().map(bytes).collect())
    }
}

/// The vector of the log's form, which three verifiers of other people accept:
/// its key, and the parts of its receipt.
pub(crate) mod vector {
    pub(crate) const LOG: &str =
        "complaints.example.vn/log+78f4cd8c+AbLQPpt0ks6gedMQB9Dok8Th2z8WZqA/RM8S+fD6UrFm";
    pub(crate) const LEAF: &str = r#"{"v":1,"t":"2026-11-22T08:44:00.000Z","k":"event","c":"2YT7amuHhG8jMpu3zQq0DVZyklyVjIUAJY2KA6eureI="}"#;
    pub(crate) const SALT: &str = "UeDtXAAPMgWoi8qUmLOZIvCN7yiy2nfwY8+IuXCGB6A=";
    pub(crate) const PAYLOAD: &str = r#"{"case":"KN-2026-000003","event":"complaint.received","text":"Thang máy dừng giữa tầng"}"#;
    pub(crate) const PATH: [&str; 3] = [
        "7tUxv5PSUJzYHLZRdbF9+apB/y3tfrZLM61TDcoUEsI=",
        "I8w7DxedJX9FNfDjP559HYFeRXunyqmhfDSlinFbZag=",
        "N09XKs6DwXjj+uwbp5n1bcnWZgYE39acGtSX2uNudlA=",
    ];
    pub(crate) const CHECKPOINT: &str = "complaints.example.vn/log
7
JsAfhTCc9GQ10PdJTqk62II0OmkjNth8aP+OykCIaSU=

\u{2014} complaints.example.vn/log ePTNjBdkn3qGuEjlUJ02ekWbYR8RoqBoUDglMOtL8S64YYKHu9mYfA2LFCpdHU6E0i4krjvQkwotASPqPC9+PrQAfg4=
\u{2014} witness.example.org/w1 /P1n/wAAAABrAqso1Q2PqrrCqGpgNpDPhnRkKS2VGJqIcpRLHOJABQHft5Q1NjtHRZ2h38Egr3+PaqpHrnCEmb5FRNwr95xCDrzCCQ==
";
}

/// A log of events that are made up, with a key and a witness.
pub(crate) struct Log {
    pub(crate) key: SigningKey,
    pub(crate) witness: SigningKey,
    pub(crate) openings: Vec<Opening>,
    stored: Stored,
    frontier: Frontier,
}

pub(crate) const ORIGIN: &str = "complaints.example.vn/log/1";

impl Log {
    /// Of `count` events; every third has no words.
    pub(crate) fn new(count: u64) -> Self {
        let openings: Vec<Opening> = (0..count).map(opening).collect();
        let hashes: Vec<Hash> =
            openings.iter().map(|opening| leaf_hash(opening.leaf.as_bytes())).collect();
        let mut frontier = Frontier::new();
        for hash in &hashes {
            frontier.append(*hash);
        }
        Self {
            key: SigningKey::from_seed(ORIGIN, KeyKind::Log, &[1; 32]).unwrap(),
            witness: SigningKey::from_seed("w.example/1", KeyKind::Witness, &[2; 32]).unwrap(),
            openings,
            stored: Stored::new(&hashes),
            frontier,
        }
    }

    pub(crate) fn known(&self) -> Vec<VerificationKey> {
        [&self.key, &self.witness].map(|key| key.verification_key().clone()).into()
    }

    pub(crate) fn receipt(&mut self, index: u64) -> Receipt {
        let tree = self.frontier.tree();
        let mut checkpoint = Checkpoint::new(ORIGIN, tree).unwrap().sign(&[&self.key]);
        let at = "2026-11-23T00:00:00Z".parse().unwrap();
        checkpoint.add(self.witness.cosign(&checkpoint, at).unwrap());
        Receipt {
            opening: self.openings[usize::try_from(index).unwrap()].clone(),
            index,
            path: inclusion_proof(&mut self.stored, index, tree.size).unwrap(),
            checkpoint,
        }
    }
}

/// What event number `at` of a made-up log is.
fn opening(at: u64) -> Opening {
    let second = 1_795_000_000 + i64::try_from(at).unwrap();
    let recorded_at = jiff::Timestamp::from_second(second).unwrap();
    let mut salt = [3; 32];
    salt[..8].copy_from_slice(&at.to_be_bytes());
    let words = (!at.is_multiple_of(3)).then(|| OpenWords {
        text: format!(r#"{{"text":"Thang máy số {at} dừng giữa tầng"}}"#),
        salt: salt.map(|byte| byte ^ 0xFF),
    });
    let commitment =
        words.as_ref().map(|words| Commitment::new(&words.salt, words.text.as_bytes()));
    let payload =
        payload(&format!(r#"{{"event":"notice.received","n":{at}}}"#), commitment.as_ref());
    let leaf = Leaf::event(recorded_at, &salt, &payload).text();
    Opening { leaf, salt, payload, words }
}
