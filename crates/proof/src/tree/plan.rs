//! Making proofs: which stored hashes a proof needs, and how it is put together from them.
//! Must not read a hash that a proof does not need: at ten million leaves about 2 · log₂ n of them.

use super::node::{Node, cover, join, split};
use super::{Hash, Tree, empty_root};

/// Gives stored hashes of complete subtrees.
pub trait Hashes {
    /// Why a hash could not be given.
    type Error: std::error::Error + 'static;

    /// The hashes of `nodes`, in their order. All that a proof needs are asked for at once, so that
    /// a database answers in one query.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    fn hashes(&mut self, nodes: &[Node]) -> Result<Vec<Hash>, Self::Error>;
}

/// A proof could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E: std::error::Error + 'static> {
    /// The leaf lies outside the tree.
    #[error("there is no leaf {index} in a tree of {size} leaves")]
    NoSuchLeaf {
        /// The index asked for.
        index: u64,
        /// The number of leaves.
        size: u64,
    },
    /// The old tree is larger than the new one.
    #[error("a tree of {new} leaves does not grow out of one of {old}")]
    NoGrowth {
        /// Leaves of the old tree.
        old: u64,
        /// Leaves of the new tree.
        new: u64,
    },
    /// The reader gave another number of hashes than it was asked for.
    #[error("{wanted} hashes were asked for, {got} were given")]
    Count {
        /// How many were asked for.
        wanted: usize,
        /// How many were given.
        got: usize,
    },
    /// The reader failed.
    #[error("the stored hashes cannot be read")]
    Unreadable(#[source] E),
}

/// What a proof is made of, before a single hash is read.
///
/// [`inclusion_proof`] and [`consistency_proof`] do all in one; whoever reads asynchronously plans,
/// reads the [`nodes`](Self::nodes), and puts together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofPlan {
    nodes: Vec<Node>,
    /// How many nodes join into each hash of the proof.
    joined: Vec<usize>,
}

impl ProofPlan {
    /// For the proof that leaf `index` is in a tree of `size` leaves (RFC 6962, 2.1.1). Nothing if
    /// it is not.
    pub fn inclusion(index: u64, size: u64) -> Option<Self> {
        if index >= size || size > super::SIZE_MAX {
            return None;
        }
        let (mut low, mut high) = (0, size);
        let mut beside = Vec::new();
        while high - low > 1 {
            let middle = low + split(high - low);
            if index < middle {
                beside.push((middle, high));
                high = middle;
            } else {
                beside.push((low, middle));
                low = middle;
            }
        }
        Some(Self::over(beside))
    }

    /// For the proof that a tree of `new` leaves begins with the `old` leaves (RFC 6962, 2.1.2);
    /// the proof is empty for `old` 0 and for `old` = `new`. Nothing if `old` is more than `new`.
    pub fn consistency(old: u64, new: u64) -> Option<Self> {
        if old > new || new > super::SIZE_MAX {
            return None;
        }
        let (mut low, mut high) = (0, new);
        let mut beside = Vec::new();
        while old > 0 && old != high {
            let middle = low + split(high - low);
            if old <= middle {
                beside.push((middle, high));
                high = middle;
            } else {
                beside.push((low, middle));
                low = middle;
            }
        }
        // What is left is a subtree of both. The verifier has its hash if it is the whole old tree.
        if low > 0 {
            beside.push((low, high));
        }
        Some(Self::over(beside))
    }

    /// `ranges` from the root downwards; a proof lists its hashes from the leaves upwards.
    fn over(ranges: Vec<(u64, u64)>) -> Self {
        let mut plan = Self { nodes: Vec::new(), joined: Vec::new() };
        for (low, high) in ranges.into_iter().rev() {
            let before = plan.nodes.len();
            plan.nodes.extend(cover(low, high));
            plan.joined.push(plan.nodes.len() - before);
        }
        plan
    }

    /// The subtrees whose hashes the proof is made of, none twice.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The proof, given the hashes of the nodes in their order; nothing if their number differs.
    pub fn assemble(&self, hashes: &[Hash]) -> Option<Vec<Hash>> {
        if hashes.len() != self.nodes.len() {
            return None;
        }
        let mut rest = hashes;
        let parts = self.joined.iter().map(|count| {
            let (these, others) = rest.split_at(*count);
            rest = others;
            join(these)
        });
        parts.collect()
    }

    fn read<H: Hashes>(&self, from: &mut H) -> Result<Vec<Hash>, ProveError<H::Error>> {
        if self.nodes.is_empty() {
            return Ok(Vec::new());
        }
        let hashes = from.hashes(&self.nodes).map_err(ProveError::Unreadable)?;
        let count = ProveError::Count { wanted: self.nodes.len(), got: hashes.len() };
        self.assemble(&hashes).ok_or(count)
    }
}

/// The proof that leaf `index` is in the tree of the first `size` leaves: the hashes beside its way
/// to the root, that of its neighbour first. [`Tree::check_leaf`] checks it.
///
/// The hashes are taken as they are read: a damaged store gives a proof that does not check.
///
/// # Errors
///
/// [`ProveError`] when there is no such leaf or the hashes cannot be read.
pub fn inclusion_proof<H: Hashes>(
    from: &mut H,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProveError<H::Error>> {
    let plan = ProofPlan::inclusion(index, size);
    plan.ok_or(ProveError::NoSuchLeaf { index, size })?.read(from)
}

/// The proof that the tree of the first `new` leaves begins with that of the first `old`.
/// [`Tree::check_growth`] checks it.
///
/// # Errors
///
/// [`ProveError`] when `old` is more than `new` or the hashes cannot be read.
pub fn consistency_proof<H: Hashes>(
    from: &mut H,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, ProveError<H::Error>> {
    let plan = ProofPlan::consistency(old, new);
    plan.ok_or(ProveError::NoGrowth { old, new })?.read(from)
}

/// The tree of the first `size` leaves, from the stored hashes of its complete subtrees.
///
/// # Errors
///
/// [`ProveError`] when the hashes cannot be read.
pub fn tree_at<H: Hashes>(from: &mut H, size: u64) -> Result<Tree, ProveError<H::Error>> {
    let nodes: Vec<Node> = cover(0, size.min(super::SIZE_MAX)).collect();
    if nodes.is_empty() {
        return Ok(Tree { size, root: empty_root() });
    }
    let hashes = from.hashes(&nodes).map_err(ProveError::Unreadable)?;
    let count = ProveError::Count { wanted: nodes.len(), got: hashes.len() };
    let root = join(&hashes).filter(|_| hashes.len() == nodes.len()).ok_or(count)?;
    Ok(Tree { size, root })
}
