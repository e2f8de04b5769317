//! Verifying a receipt: what it proves, or why it proves nothing.
//! Must not ask anybody: a receipt and the keys of log and witnesses are enough.

use jiff::Timestamp;

use super::{Receipt, Refusal, Words};
use crate::leaf::{Leaf, LeafKind};
use crate::note::{Checkpoint, KeyKind, VerificationKey};
use crate::span::Anchor;
use crate::tree::{Tree, leaf_hash};

/// What a receipt proves: the log `origin` has signed that, at `index` of its first `tree.size`
/// leaves, it recorded this payload at this time.
///
/// It does not prove that what the payload says is true, nor, without a witness, that the log shows
/// everybody the same tree and dates it rightly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The name of the log.
    pub origin: String,
    /// The tree that was signed.
    pub tree: Tree,
    /// Which leaf it is, from 0.
    pub index: u64,
    /// When the log says that it was recorded, whole milliseconds.
    pub recorded_at: Timestamp,
    /// What the leaf stands for.
    pub kind: LeafKind,
    /// The exact text that was recorded.
    pub payload: String,
    /// Its words.
    pub words: Words,
    /// The keys of the log that have signed, in the order of the receipt; one at least.
    pub signed_by: Vec<VerificationKey>,
    /// The known witnesses that have signed, in the order of the receipt; often none.
    pub cosigned: Vec<Cosigned>,
}

/// That a witness saw the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The name of the witness.
    pub name: String,
    /// When, whole seconds.
    pub at: Timestamp,
}

impl Verified {
    /// What the witnesses say of the size of the log over time, for
    /// [`Bounds::of`](crate::Bounds::of).
    pub fn anchors(&self) -> impl Iterator<Item = Anchor> {
        self.cosigned.iter().map(|cosigned| Anchor { size: self.tree.size, at: cosigned.at })
    }
}

/// Verifies a receipt against the keys that the verifier knows: those of the log, and of witnesses.
///
/// ```
/// use redress_proof::{
///     Checkpoint, Frontier, KeyKind, Leaf, Opening, Receipt, SigningKey, Words, verify,
/// };
/// let (salt, payload) = ([7; 32], r#"{"round":1}"#);
/// let leaf = Leaf::event("2026-11-22T08:44:00Z".parse().unwrap(), &salt, payload);
/// let mut log = Frontier::new();
/// log.append(leaf.hash());
/// let key = SigningKey::from_seed("example.org/log/1", KeyKind::Log, &[1; 32]).unwrap();
/// let opening = Opening { leaf: leaf.text(), salt, payload: payload.to_owned(), words: None };
/// let checkpoint = Checkpoint::new("example.org/log/1", log.tree()).unwrap().sign(&[&key]);
/// let receipt = Receipt { opening, index: 0, path: Vec::new(), checkpoint };
///
/// let known = [key.verification_key().clone()];
/// let proved = verify(receipt.to_string().as_bytes(), &known).unwrap();
/// assert_eq!((proved.payload.as_str(), proved.words), (payload, Words::None));
/// assert_eq!(verify(b"anything else", &known).unwrap_err().code(), "not-a-receipt");
/// ```
///
/// # Errors
///
/// [`Refusal`]: the first thing that is wrong, in the order form, signatures, place in the tree,
/// payload, words.
pub fn verify(receipt: &[u8], known: &[VerificationKey]) -> Result<Verified, Refusal> {
    Receipt::parse(receipt)?.verify(known)
}

impl Receipt {
    /// Verifies a receipt that was read already; see [`verify`].
    ///
    /// # Errors
    ///
    /// As [`verify`].
    pub fn verify(&self, known: &[VerificationKey]) -> Result<Verified, Refusal> {
        let opened = self.checkpoint.open(known)?;
        let checkpoint = Checkpoint::parse(self.checkpoint.text())?;
        let origin = checkpoint.origin().to_owned();
        let of_log = |key: &VerificationKey| key.kind() == KeyKind::Log && key.name() == origin;
        let keys = opened.iter().map(|by| by.key).filter(|key| of_log(key));
        let signed_by: Vec<VerificationKey> = keys.cloned().collect();
        if signed_by.is_empty() {
            return Err(Refusal::ForeignLog { origin });
        }
        let tree = *checkpoint.tree();
        let (Leaf { recorded_at, kind, .. }, words) = self.opened_in(&tree)?;
        let cosigned = opened
            .iter()
            .filter_map(|by| by.at.map(|at| Cosigned { name: by.key.name().to_owned(), at }));
        Ok(Verified {
            cosigned: cosigned.collect(),
            origin,
            tree,
            index: self.index,
            recorded_at,
            kind,
            payload: self.opening.payload.clone(),
            words,
            signed_by,
        })
    }

    /// Checks what needs no key: that the receipt does not contradict itself. It proves nothing,
    /// for whoever can write a file can write one that is whole; but one that is not is wrong under
    /// every key.
    ///
    /// # Errors
    ///
    /// [`Refusal`]: the first thing that is wrong, in the order checkpoint, place in the tree,
    /// payload, words.
    pub fn check_itself(&self) -> Result<(), Refusal> {
        let checkpoint = Checkpoint::parse(self.checkpoint.text())?;
        self.opened_in(checkpoint.tree()).map(drop)
    }

    /// The leaf and the words, if they are what stands at the index of `tree`.
    fn opened_in(&self, tree: &Tree) -> Result<(Leaf, Words), Refusal> {
        let leaf = leaf_hash(self.opening.leaf.as_bytes());
        tree.check_leaf(self.index, &leaf, &self.path)?;
        Ok(self.opening.check()?)
    }
}
