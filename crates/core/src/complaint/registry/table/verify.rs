//! Verification: findings, and what somebody undertakes.
//! Must stay a table: no code but constants.

use super::{
    super::{
        CommandSpec,
        FieldKind::{Account, Choice, Files, Id, Instant},
        Shape,
        When::{Has, Is},
        Who::{Head, JoinedUnit, Unit},
    },
    KEEPERS, LINE, STAFF, TEXT, may, must,
};
use crate::complaint::vocabulary::{FindingSide, UndertakingKind};

pub(super) const FINDINGS: CommandSpec = CommandSpec {
    name: "findings",
    shapes: &[Shape {
        id: "findings",
        when: &[],
        fields: &[
            must("check", LINE),
            must("side", Choice(FindingSide::WORDS)),
            must("text", TEXT),
            may("at", Instant),
            may("files", Files),
        ],
        who: &[Unit, JoinedUnit, Head],
    }],
};

pub(super) const UNDERTAKINGS: CommandSpec = CommandSpec {
    name: "undertakings",
    shapes: &[
        Shape {
            id: "undertaking-moved",
            when: &[Has("id"), Is("outcome", "moved")],
            fields: &[must("id", Id("und")), must("due", Instant), must("reason", TEXT)],
            who: KEEPERS,
        },
        Shape {
            id: "undertaking-settled",
            when: &[Has("id")],
            fields: &[
                must("id", Id("und")),
                must("outcome", Choice(&["kept", "broken", "cancelled"])),
                may("at", Instant),
                may("proof", Files),
                may("reason", TEXT),
            ],
            who: KEEPERS,
        },
        Shape {
            id: "undertaking",
            when: &[],
            fields: &[
                must("kind", Choice(UndertakingKind::WORDS)),
                must("what", LINE),
                may("owner", Account),
                must("due", Instant),
            ],
            who: STAFF,
        },
    ],
};
