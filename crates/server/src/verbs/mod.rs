//! The verbs of the command line, one file each. Must not print but through `Output`.

pub(crate) mod backup;
pub(crate) mod calendar;
pub(crate) mod commands;
pub(crate) mod complaint;
pub(crate) mod config;
pub(crate) mod deadline;
pub(crate) mod delegate;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod intake;
pub(crate) mod log;
pub(crate) mod policy;
pub(crate) mod rebuild;
pub(crate) mod receipt;
pub(crate) mod serve;
pub(crate) mod token;
pub(crate) mod user;
