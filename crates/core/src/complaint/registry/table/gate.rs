//! The gate and the units: seeing, ordering, handing over, accepting, people, mandate.
//! Must stay a table: no code but constants.

use super::{
    super::{
        CommandSpec,
        FieldKind::{Account, Category, Choice, Date, Department, Departments, File, Flag, Lines},
        Shape,
        When::{self, Has},
        Who::{Care, Complainant, Director, Head, Unit},
    },
    HOLDERS, TEXT, may, must,
};
use crate::kinds::{About, Kind, Severity};

pub(super) const SIGHTING: CommandSpec = CommandSpec {
    name: "sighting",
    shapes: &[Shape { id: "sighting", when: &[], fields: &[], who: &[Director] }],
};

pub(super) const CLASSIFICATION: CommandSpec = CommandSpec {
    name: "classification",
    shapes: &[Shape {
        id: "classification",
        when: &[],
        fields: &[
            may("kind", Choice(Kind::WORDS)),
            may("about", Choice(About::WORDS)),
            may("category", Category),
            may("severity", Choice(Severity::WORDS)),
            may("safety", Flag),
            may("reason", TEXT),
        ],
        who: HOLDERS,
    }],
};

pub(super) const HANDOVER: CommandSpec = CommandSpec {
    name: "handover",
    shapes: &[Shape {
        id: "handover",
        when: &[],
        fields: &[may("to", Department), may("join", Departments), may("note", TEXT)],
        who: &[Director, Care],
    }],
};

pub(super) const ACCEPTANCE: CommandSpec = CommandSpec {
    name: "acceptance",
    shapes: &[
        Shape {
            id: "acceptance",
            when: &[When::Flag("accept", true)],
            fields: &[may("verifier", Account)],
            who: &[Unit, Head],
        },
        Shape {
            id: "return",
            when: &[When::Flag("accept", false)],
            fields: &[must("reason", TEXT)],
            who: &[Unit, Head],
        },
    ],
};

pub(super) const ASSIGNMENT: CommandSpec = CommandSpec {
    name: "assignment",
    shapes: &[Shape {
        id: "assignment",
        when: &[],
        fields: &[may("verifier", Account), may("decider", Account), may("reason", TEXT)],
        who: &[Head, Director],
    }],
};

pub(super) const MANDATE: CommandSpec = CommandSpec {
    name: "mandate",
    shapes: &[
        Shape {
            id: "mandate",
            when: &[Has("document")],
            fields: &[
                must("document", File),
                may("scope", Lines),
                may("until", Date),
                may("verified", Flag),
            ],
            who: &[Complainant, Care, Unit],
        },
        Shape {
            id: "mandate-check",
            when: &[],
            fields: &[must("verified", Flag)],
            who: &[Care, Unit],
        },
    ],
};
