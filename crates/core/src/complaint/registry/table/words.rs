//! Words both ways: notes, messages, requests for evidence.
//! Must stay a table: no code but constants.

use super::{
    super::{
        CommandSpec,
        FieldKind::{Accounts, Files, Instant, Lines},
        Shape,
        When::{Complainant as ByComplainant, Has, Is},
        Who::Complainant,
    },
    BY_HAND, CHANNEL, HOLDERS, STAFF, TEXT, may, must,
};

pub(super) const NOTES: CommandSpec = CommandSpec {
    name: "notes",
    shapes: &[Shape {
        id: "notes",
        when: &[],
        fields: &[must("text", TEXT), may("files", Files), may("mentions", Accounts)],
        who: STAFF,
    }],
};

pub(super) const MESSAGES: CommandSpec = CommandSpec {
    name: "messages",
    shapes: &[
        Shape {
            id: "write",
            when: &[ByComplainant],
            fields: &[may("text", TEXT), may("files", Files)],
            who: &[Complainant],
        },
        Shape {
            id: "enter",
            when: &[Is("direction", "in")],
            fields: &[
                must("channel", CHANNEL),
                may("received_at", Instant),
                may("text", TEXT),
                may("files", Files),
            ],
            who: STAFF,
        },
        Shape {
            id: "tell-words",
            when: &[Is("direction", "out"), Has("by_hand")],
            fields: &[
                may("channel", CHANNEL),
                must("text", TEXT),
                must("by_hand", BY_HAND),
                may("because", TEXT),
            ],
            who: STAFF,
        },
        Shape {
            id: "send",
            when: &[Is("direction", "out")],
            fields: &[
                may("channel", CHANNEL),
                must("text", TEXT),
                may("files", Files),
                may("because", TEXT),
            ],
            who: STAFF,
        },
    ],
};

pub(super) const EVIDENCE_REQUEST: CommandSpec = CommandSpec {
    name: "evidence-request",
    shapes: &[Shape {
        id: "evidence-request",
        when: &[],
        fields: &[
            must("asks", Lines),
            may("answer_by", Instant),
            may("channel", CHANNEL),
            must("text", TEXT),
            may("by_hand", BY_HAND),
            may("because", TEXT),
        ],
        who: HOLDERS,
    }],
};
