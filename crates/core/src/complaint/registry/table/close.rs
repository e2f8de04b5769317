//! The end: closing, reopening, joining, redaction, and what must not be erased.
//! Must stay a table: no code but constants.

use super::{
    super::{
        CommandSpec,
        FieldKind::{Choice, Lines, Number, Reference},
        Shape,
        When::{self},
        Who::{Care, Director, Unit},
    },
    LINE, TEXT, may, must,
};
use crate::complaint::vocabulary::{ClosedAs, HoldGround};

pub(super) const CLOSURE: CommandSpec = CommandSpec {
    name: "closure",
    shapes: &[Shape {
        id: "closure",
        when: &[],
        fields: &[must("as", Choice(ClosedAs::WORDS)), may("reason", TEXT)],
        who: &[Care, Unit, Director],
    }],
};

pub(super) const REOPENING: CommandSpec = CommandSpec {
    name: "reopening",
    shapes: &[Shape {
        id: "reopening",
        when: &[],
        fields: &[must("reason", TEXT), may("round", Number(2, 9))],
        who: &[Director],
    }],
};

pub(super) const JOINING: CommandSpec = CommandSpec {
    name: "joining",
    shapes: &[
        Shape {
            id: "unjoining",
            when: &[When::Flag("undo", true)],
            fields: &[must("reason", TEXT)],
            who: &[Care, Director],
        },
        Shape {
            id: "joining",
            when: &[],
            fields: &[must("into", Reference), must("reason", TEXT)],
            who: &[Care, Director],
        },
    ],
};

pub(super) const REDACTION: CommandSpec = CommandSpec {
    name: "redaction",
    shapes: &[Shape {
        id: "redaction",
        when: &[],
        fields: &[must("event", Number(1, u64::MAX)), must("fields", Lines), must("ground", LINE)],
        who: &[Care, Director],
    }],
};

pub(super) const HOLD: CommandSpec = CommandSpec {
    name: "hold",
    shapes: &[
        Shape {
            id: "hold-lifting",
            when: &[When::Flag("lift", true)],
            fields: &[must("reason", TEXT)],
            who: &[Director],
        },
        Shape {
            id: "hold",
            when: &[],
            fields: &[must("ground", Choice(HoldGround::WORDS)), must("reason", TEXT)],
            who: &[Director],
        },
    ],
};
