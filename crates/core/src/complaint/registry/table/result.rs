//! The result: proposed, approved, sent or told.
//! Must stay a table: no code but constants.

use super::{
    super::{
        CommandSpec,
        FieldKind::{Account, Choice, Files, Ground, Group, Groups, Id, Instant},
        Shape,
        When::{self, Has},
    },
    CHANNEL, DECIDERS, HOLDERS, LINE, TEXT, may, must,
};
use crate::complaint::vocabulary::Outcome;

pub(super) const DECISION: CommandSpec = CommandSpec {
    name: "decision",
    shapes: &[Shape {
        id: "decision",
        when: &[],
        fields: &[
            must("outcome", Choice(Outcome::WORDS)),
            must("reasons", TEXT),
            may(
                "remedies",
                Groups(&[must("what", LINE), must("owner", Account), must("due", Instant)]),
            ),
        ],
        who: DECIDERS,
    }],
};

pub(super) const REFUSAL: CommandSpec = CommandSpec {
    name: "refusal",
    shapes: &[Shape {
        id: "refusal",
        when: &[],
        fields: &[
            must("ground", Ground),
            must("reasons", TEXT),
            must("checked", TEXT),
            may("who_can_help", TEXT),
        ],
        who: DECIDERS,
    }],
};

pub(super) const APPROVAL: CommandSpec = CommandSpec {
    name: "approval",
    shapes: &[
        Shape {
            id: "approval",
            when: &[When::Flag("approve", true)],
            fields: &[must("proposal", Id("pro"))],
            who: DECIDERS,
        },
        Shape {
            id: "give-back",
            when: &[When::Flag("approve", false)],
            fields: &[must("proposal", Id("pro")), must("reason", TEXT)],
            who: DECIDERS,
        },
    ],
};

pub(super) const RESPONSE: CommandSpec = CommandSpec {
    name: "response",
    shapes: &[
        Shape {
            id: "response-failed",
            when: &[Has("attempt")],
            fields: &[must("attempt", Id("att")), must("failed", LINE)],
            who: HOLDERS,
        },
        Shape {
            id: "response-told",
            when: &[Has("told")],
            fields: &[
                must("proposal", Id("pro")),
                must(
                    "told",
                    Group(&[
                        must("by", CHANNEL),
                        may("at", Instant),
                        must("to", LINE),
                        must("words", TEXT),
                        may("proof", Files),
                    ]),
                ),
                may("because", TEXT),
            ],
            who: HOLDERS,
        },
        Shape {
            id: "response",
            when: &[],
            fields: &[
                must("proposal", Id("pro")),
                may("channel", CHANNEL),
                must("text", TEXT),
                may("files", Files),
                may("because", TEXT),
            ],
            who: HOLDERS,
        },
    ],
};
