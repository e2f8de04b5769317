//! One typed view a page of the desk.
//! Must not judge or count: everything stands in the values.

mod access;
mod case;
mod director;
mod entry;
mod erasure;
mod problem;
mod queue;
mod welcome;

pub use access::{Account, Accounts, Deputy, Roster, SetUp, Shift, SignIn};
pub use case::{
    Case, Contact, EarlierFindings, EarlierRound, EventLine, Finding, Note, PersonView, Proposal,
    TalkItem, UndertakingLine,
};
pub use director::{Card, Danger, Director, Figures, Risk};
pub use entry::{Entered, EnteredPromise, Entry, EntryValues};
pub use erasure::{Erasure, Record as ErasureRecord};
pub use problem::{Problem, ProblemKind};
pub use queue::{Filter, Group, GroupKind, Notice, Queue, Row, Task, TaskKind, groups};
pub use welcome::{FirstAccount, SignInLink};
