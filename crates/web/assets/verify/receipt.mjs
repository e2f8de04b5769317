// Verifies a receipt as `redress_proof::verify` does, step by step and with the same names of what is
// wrong (docs/reference/receipt.md). Must not ask anybody: the file and the keys are enough.
import { Refused, bytes32, decimal, fromBase64, join, same, toText, utf8 } from './bytes.mjs';
import { openNote, readCheckpoint, readNote } from './note.mjs';
import { hmac256, sha256 } from './sha.mjs';

/** Most bytes of a receipt. */
export const RECEIPT_BYTES_MAX = 1024 * 1024;

const HEADER = 'c2sp.org/tlog-proof@v1\n';
const PATH_HASHES_MAX = 63;
const BASE64 = '([A-Za-z0-9+/=]*)';
const OPENING = new RegExp(`^\\{"leaf":"${BASE64}","salt":"${BASE64}","payload":"${BASE64}"`
  + `(?:,"words":"${BASE64}","words_salt":"${BASE64}")?\\}$`);
const LEAF = /^\{"v":1,"t":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)","k":"(event|erasure|key|restart)","c":"(.{44})"\}$/;
const LAST_TIME = '9999-12-30T22:00:00.999Z';

/** The bytes as text, if they can be a receipt at all. */
function checkedText(bytes) {
  if (bytes.length > RECEIPT_BYTES_MAX) throw new Refused('too-long');
  const text = toText(bytes);
  if (text === null) throw new Refused('not-text');
  if (text.startsWith('\ufeff')) throw new Refused('byte-order-mark');
  if (text.includes('\r\n')) throw new Refused('windows-line-ends');
  if (/[\0-\x09\x0b-\x1f]/.test(text)) throw new Refused('control');
  if (text.startsWith(HEADER)) return text.slice(HEADER.length);
  throw new Refused(text !== '' && HEADER.startsWith(text) ? 'truncated' : 'not-a-receipt');
}

/** A value that is there, or the refusal of a line. */
function must(value) {
  if (value === null || value === undefined) throw new Refused('line');
  return value;
}

function readOpening(line) {
  const json = must(toText(must(fromBase64(line.slice('extra '.length)))));
  const raw = must(OPENING.exec(json)).slice(1).map((text) => text === undefined ? null : must(fromBase64(text)));
  const [leaf, salt, payload, words, wordsSalt] = raw;
  for (const text of [leaf, payload, words]) if (text) must(toText(text));
  for (const one of [salt, wordsSalt]) must(one && one.length !== 32 ? null : 0);
  return { leaf, salt, payload, words, wordsSalt };
}

/** Reads a receipt, and believes nothing of it yet. */
export function readReceipt(bytes) {
  const rest = checkedText(bytes);
  const at = rest.indexOf('\n\n');
  if (at < 0) throw new Refused('truncated');
  const [extra, ...lines] = rest.slice(0, at).split('\n');
  if (extra.startsWith('index ')) throw new Refused('no-opening');
  const opening = readOpening(must(extra.startsWith('extra ') ? extra : null));
  const number = lines.shift() ?? '';
  const index = must(number.startsWith('index ') ? decimal(number.slice('index '.length)) : null);
  const path = lines.map((line) => must(bytes32(line)));
  must(path.length > PATH_HASHES_MAX ? null : 0);
  return { opening, index, path, note: readNote(rest.slice(at + 2)) };
}

const node = (left, right) => sha256(join([1], left, right));

/** Checks that the leaf is where the receipt says (RFC 9162, 2.1.3.2). */
function checkPlace({ size, root }, index, path, leaf) {
  if (index >= size) throw new Refused('outside');
  const inner = index === size - 1n ? 0 : (index ^ (size - 1n)).toString(2).length;
  const border = [...(index >> BigInt(inner)).toString(2)].filter((bit) => bit === '1').length;
  if (path.length !== inner + border) throw new Refused('path-length');
  const hash = path.reduce((own, beside, level) => {
    const fromRight = level >= inner || (index >> BigInt(level)) & 1n;
    return fromRight ? node(beside, own) : node(own, beside);
  }, sha256(join([0], leaf)));
  if (!same(hash, root)) throw new Refused('wrong-root');
}

/** Checks that payload and words are those that the leaf commits to. */
function checkOpening({ leaf, salt, payload, words, wordsSalt }) {
  const [, recordedAt, kind, text] = LEAF.exec(toText(leaf)) ?? [];
  const commitment = text && bytes32(text);
  const at = new Date(recordedAt);
  const isTime = recordedAt <= LAST_TIME && !Number.isNaN(at.getTime()) && at.toISOString() === recordedAt;
  if (!commitment || !isTime) throw new Refused('leaf');
  if (!same(hmac256(salt, payload), commitment)) throw new Refused('wrong-payload');
  const member = /(?:^\{|,)"words":"(.{44})"\}$/s.exec(toText(payload));
  const committed = member && bytes32(member[1]);
  if (words && !committed) throw new Refused('no-words');
  if (words && !same(hmac256(wordsSalt, words), committed)) throw new Refused('wrong-words');
  return { recordedAt, kind, words: words ? 'open' : committed ? 'closed' : 'none' };
}

/** Who claims to have signed a receipt; nobody has checked it. */
export function claimed(bytes) {
  try {
    return readReceipt(bytes).note.signatures;
  } catch {
    return [];
  }
}

/** What a receipt proves to whoever knows these keys; throws `Refused` with the first that is wrong. */
export function verify(bytes, keys) {
  const { opening, index, path, note } = readReceipt(bytes);
  const opened = openNote(note, keys);
  const checkpoint = readCheckpoint(note.text);
  const { origin, size } = checkpoint;
  if (!opened.some(({ key }) => key.isOf(origin))) throw new Refused('foreign-log');
  checkPlace(checkpoint, index, path, opening.leaf);
  const witnesses = opened.filter(({ isWitness }) => isWitness).map(({ key, at }) => ({ name: key.name, at }));
  const said = opening.words && toText(opening.words);
  return { origin, index, size, payload: toText(opening.payload), said, witnesses, ...checkOpening(opening) };
}
