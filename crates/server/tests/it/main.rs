//! The binary from outside: exit codes, standard output, standard error, JSON.
//! Must not know how a verb is made.

mod calendar;
mod config;
mod deadline;
mod installation;
mod kit;
mod long;
mod moves;
mod policy;
mod receipt;
mod rows;
mod running;
mod serve;
mod usage;
mod vectors;
mod versions;
mod words;
