//! Promises that stand still and go on.
//! Must stay a table: no code but constants.

use super::{
    super::{
        CommandSpec,
        FieldKind::{Choice, Instant, Promise},
        Shape,
    },
    HOLDERS, TEXT, may, must,
};
use crate::complaint::vocabulary::PauseCategory;

pub(super) const PAUSE: CommandSpec = CommandSpec {
    name: "pause",
    shapes: &[Shape {
        id: "pause",
        when: &[],
        fields: &[
            must("promise", Promise),
            must("category", Choice(PauseCategory::WORDS)),
            must("reason", TEXT),
            may("at", Instant),
        ],
        who: HOLDERS,
    }],
};

pub(super) const RESUMPTION: CommandSpec = CommandSpec {
    name: "resumption",
    shapes: &[Shape {
        id: "resumption",
        when: &[],
        fields: &[must("promise", Promise), may("at", Instant), may("reason", TEXT)],
        who: HOLDERS,
    }],
};
