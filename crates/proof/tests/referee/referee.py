"""A referee: checks what this crate makes with `aics-tlog` from PyPI, and with nothing of ours.

Reads one JSON object a line, answers each with a line: `ok`, or why it refuses.
"""

import base64
import hashlib
import hmac
import json
import sys

import aics_tlog
from aics_tlog.note import b64_decode


def check(holds, what):
    if not holds:
        raise ValueError(what)


def hash_of(text):
    raw = b64_decode(text)
    check(len(raw) == 32, "hash")
    return raw


def number(text):
    check(text.isascii() and text.isdigit() and str(int(text)) == text, "number")
    return int(text)


def commitment(salt, raw):
    check(len(salt) == 32, "salt")
    return base64.b64encode(hmac.new(salt, raw, hashlib.sha256).digest()).decode()


def receipt(asked):
    head, _, signed = base64.b64decode(asked["Receipt"]).decode().partition("\n\n")
    lines = head.split("\n")
    check(len(lines) >= 3 and lines[0] == "c2sp.org/tlog-proof@v1", "form")
    check(lines[1].startswith("extra ") and lines[2].startswith("index "), "lines")
    extra = b64_decode(lines[1][6:]).decode()
    opening = json.loads(extra)
    check(json.dumps(opening, separators=(",", ":")) == extra, "another text of the opening")
    check(list(opening) in [["leaf", "salt", "payload"],
                            ["leaf", "salt", "payload", "words", "words_salt"]], "members")
    raw = {name: b64_decode(text) for name, text in opening.items()}

    # The standard asks for it, and aics-tlog does not.
    check(signed.endswith("\n"), "no line end")
    note = aics_tlog.parse_note(signed)
    log, witness = aics_tlog.parse_vkey(asked["Log"]), aics_tlog.parse_vkey(asked["Witness"])
    result = aics_tlog.verify_checkpoint(note, log, [witness], 0, expected_origin=log.name)
    check(result.ok, result.error)
    path = [hash_of(line) for line in lines[3:]]
    included = aics_tlog.verify_leaf_inclusion(
        raw["leaf"], number(lines[2][6:]), result.size, path, result.root)
    check(included, "path")
    check(len(note.text.split("\n")) == 4, "checkpoint")

    leaf, payload = json.loads(raw["leaf"]), json.loads(raw["payload"])
    check(leaf["c"] == commitment(raw["salt"], raw["payload"]), "payload")
    if "words" in raw:
        check(payload.get("words") == commitment(raw["words_salt"], raw["words"]), "words")


def growth(asked):
    path = [hash_of(line) for line in asked["Path"]]
    roots = hash_of(asked["OldRoot"]), hash_of(asked["NewRoot"])
    check(aics_tlog.verify_consistency(asked["Old"], asked["New"], *roots, path), "growth")


def answer(line):
    try:
        asked = json.loads(line)
        receipt(asked) if "Receipt" in asked else growth(asked)
        return "ok"
    except Exception as why:
        return f"refused: {str(why)!r}"


for line in sys.stdin:
    print(answer(line))
