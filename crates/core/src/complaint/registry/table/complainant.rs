//! What the complainant says to the result.
//! Must stay a table: no code but constants.

use super::{
    super::{
        CommandSpec,
        FieldKind::{Files, Instant, Number},
        Shape,
        When::Complainant as ByComplainant,
        Who::{Care, Complainant, Director, Unit},
    },
    CHANNEL, TEXT, may, must,
};

pub(super) const AGREEMENT: CommandSpec = CommandSpec {
    name: "agreement",
    shapes: &[Shape {
        id: "agreement",
        when: &[],
        fields: &[may("text", TEXT)],
        who: &[Complainant, Care, Unit, Director],
    }],
};

pub(super) const DISAGREEMENT: CommandSpec = CommandSpec {
    name: "disagreement",
    shapes: &[
        Shape {
            id: "disagreement",
            when: &[ByComplainant],
            fields: &[must("text", TEXT), may("files", Files)],
            who: &[Complainant],
        },
        Shape {
            id: "disagreement-entered",
            when: &[],
            fields: &[
                must("text", TEXT),
                may("files", Files),
                may("channel", CHANNEL),
                may("received_at", Instant),
            ],
            who: &[Care, Unit, Director],
        },
    ],
};

pub(super) const WITHDRAWAL: CommandSpec = CommandSpec {
    name: "withdrawal",
    shapes: &[
        Shape {
            id: "withdraw",
            when: &[ByComplainant],
            fields: &[may("reason", TEXT)],
            who: &[Complainant],
        },
        // Whoever writes down that somebody else gave up says how it is known.
        Shape {
            id: "withdrawal",
            when: &[],
            fields: &[must("reason", TEXT)],
            who: &[Care, Director],
        },
    ],
};

pub(super) const RATING: CommandSpec = CommandSpec {
    name: "rating",
    shapes: &[Shape {
        id: "rating",
        when: &[],
        fields: &[
            must("round", Number(1, 9)),
            must("result", Number(1, 5)),
            must("handling", Number(1, 5)),
            may("text", TEXT),
        ],
        who: &[Complainant],
    }],
};
