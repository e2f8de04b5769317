// Ed25519 (RFC 8032), verifying only, as strictly as the Rust side: browsers of cheap phones and of
// chat programs have none. Nothing here is secret, so nothing needs to take the same time always.
import { join, same } from './bytes.mjs';
import { sha512 } from './sha.mjs';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (value) => ((value % P) + P) % P;

function power(base, exponent) {
  let [result, square] = [1n, base];
  for (let rest = exponent; rest; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

const inverse = (value) => power(value, P - 2n);
const D = mod(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** A point in extended coordinates: x = X/Z, y = Y/Z, T = xyZ. */
const point = (x, y) => [x, y, 1n, (x * y) % P];
const ZERO = point(0n, 1n);
const negative = ([x, y, z, t]) => [mod(-x), y, z, mod(-t)];

/** The sum of two points, which may be the same. */
function sum([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = ((y1 - x1) * (y2 - x2)) % P;
  const b = ((y1 + x1) * (y2 + x2)) % P;
  const c = (2n * D * ((t1 * t2) % P)) % P;
  const d = (2n * z1 * z2) % P;
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

/** The little-endian number of bytes. */
const number = (bytes) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

function bytesOf(value) {
  const bytes = new Uint8Array(32);
  for (let at = 0; at < 32; at += 1) bytes[at] = Number((value >> BigInt(8 * at)) & 255n);
  return bytes;
}

/** The point of 32 bytes; null if they are none. */
function expanded(bytes) {
  const whole = number(bytes);
  const y = mod(BigInt.asUintN(255, whole));
  const over = mod(y * y - 1n);
  const under = mod(D * y * y + 1n);
  const ratio = (over * inverse(under)) % P;
  let x = power(ratio, (P + 3n) / 8n);
  if ((x * x) % P !== ratio) x = (x * ROOT_OF_MINUS_ONE) % P;
  if ((x * x) % P !== ratio) return null;
  return point((x & 1n) === whole >> 255n ? x : mod(-x), y);
}

/** The 32 bytes of a point. */
function packed([x, y, z]) {
  const under = inverse(z);
  return bytesOf(((y * under) % P) | (((x * under) % P & 1n) << 255n));
}

/** One of the eight points under which a signature says nothing. */
function isSmall(at) {
  let eight = at;
  for (let times = 0; times < 3; times += 1) eight = sum(eight, eight);
  return eight[0] === 0n && eight[1] === eight[2];
}

const BASE = expanded(bytesOf(mod(4n * inverse(5n))));

/** `s` times the base and `k` times another point. */
function mixed(s, k, other) {
  const both = sum(BASE, other);
  let result = ZERO;
  for (let bit = 252n; bit >= 0n; bit -= 1n) {
    result = sum(result, result);
    const [ofBase, ofOther] = [(s >> bit) & 1n, (k >> bit) & 1n];
    if (ofBase && ofOther) result = sum(result, both);
    else if (ofBase) result = sum(result, BASE);
    else if (ofOther) result = sum(result, other);
  }
  return result;
}

/** Whether 64 bytes are the signature of a message by the key of 32 bytes. */
export function verifies(key, message, signature) {
  const [commitment, s] = [signature.slice(0, 32), number(signature.slice(32))];
  const signer = expanded(key);
  if (!signer || s >= L || isSmall(signer)) return false;
  const k = number(sha512(join(commitment, key, message))) % L;
  const found = mixed(s, k, negative(signer));
  return !isSmall(found) && same(packed(found), commitment);
}
