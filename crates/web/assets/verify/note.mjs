// Signed notes, and who signed them: keys, checkpoints, cosignatures of witnesses (C2SP signed-note,
// tlog-checkpoint, tlog-cosignature). Must not believe a text before a known key has signed it.
import { Refused, bytes32, decimal, fromBase64, join, utf8 } from './bytes.mjs';
import { verifies } from './ed25519.mjs';
import { sha256 } from './sha.mjs';

const NOTE_BYTES_MAX = 128 * 1024;
const SIGNATURES_MAX = 64;
/** The last second of a time that the Rust side can hold: 9999-12-30T22:00:00Z. */
const SECOND_MAX = 253402207200n;
const LOG = 1;
const WITNESS = 4;

/** Whether a text may be the name of a key, and an origin. */
const isName = (text) =>
  !/[\p{White_Space}\0-\x1f+]/u.test(text) && text !== '' && utf8(text).length <= 255;

/** The key of a text `name+id+base64`; null if it is none. Whether it is a weak one is not asked. */
export function readKey(text) {
  const parts = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text);
  const bytes = parts && fromBase64(parts[3]);
  if (bytes?.length !== 33 || !isName(parts[1])) return null;
  const [, name, id] = parts;
  const idBytes = sha256(join(utf8(`${name}\n`), bytes)).slice(0, 4);
  const kind = bytes[0];
  if (hex(idBytes) !== id || (kind !== LOG && kind !== WITNESS)) return null;
  return { name, id, kind, public: bytes.slice(1), isOf: (origin) => kind === LOG && name === origin };
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function readSignature(line) {
  const parts = /^\u2014 ([^ ]*) ([^ ]*)$/s.exec(line);
  const bytes = parts && fromBase64(parts[2]);
  if (!bytes || bytes.length < 5 || !isName(parts[1])) throw new Refused('signature-form');
  return { name: parts[1], id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
}

/** A text and the signatures under it, none of them checked yet. */
export function readNote(note) {
  if (utf8(note).length > NOTE_BYTES_MAX) throw new Refused('too-long');
  const at = note.lastIndexOf('\n\n');
  const signed = at < 0 ? '' : note.slice(at + 2);
  if (!signed.endsWith('\n')) throw new Refused('truncated');
  const lines = signed.slice(0, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) throw new Refused('too-long');
  return { text: note.slice(0, at + 1), signatures: lines.map(readSignature) };
}

/** When a witness signed, in milliseconds; 0 for the key of a log; null if the signature is wrong. */
function check(key, text, signature) {
  if (key.kind === LOG) {
    return signature.length === 64 && verifies(key.public, utf8(text), signature) ? 0 : null;
  }
  if (signature.length !== 72) return null;
  const second = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  const message = utf8(`cosignature/v1\ntime ${second}\n${text}`);
  const holds = second <= SECOND_MAX && verifies(key.public, message, signature.slice(8));
  return holds ? Number(second) * 1000 : null;
}

/** Who of the known keys has signed, in the order of the lines, each with its time. */
export function openNote(note, keys) {
  const opened = [];
  for (const signature of note.signatures) {
    const made = (key) => key.name === signature.name && key.id === signature.id;
    const key = keys.find(made);
    if (!key) continue;
    if (opened.some((other) => made(other.key))) throw new Refused('signed-twice');
    const at = check(key, note.text, signature.bytes);
    if (at === null) throw new Refused('forged');
    opened.push({ key, at, isWitness: key.kind === WITNESS });
  }
  if (!opened.length) throw new Refused('foreign-key');
  return opened;
}

/** The three lines that a log signs of its tree. */
export function readCheckpoint(text) {
  const lines = text.split('\n');
  const [origin, size, root] = [lines[0], decimal(lines[1] ?? ''), bytes32(lines[2] ?? '')];
  if (lines.length !== 4 || !isName(origin) || size === null || !root) throw new Refused('checkpoint');
  return { origin, size, root };
}
