// SHA-256, SHA-512 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104). Of our own, because browsers have theirs
// over https only, and an installation inside a company may be without.
import { join } from './bytes.mjs';

const PRIMES = [];
for (let n = 2; PRIMES.length < 80; n += 1) {
  if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
}

/** The first 64 bits after the point of the root of `n` of this degree, 2 or 3. */
function fraction(n, degree) {
  const wanted = BigInt(n) << (64n * degree);
  let root = 0n;
  for (let bit = 1n << 70n; bit; bit >>= 1n) {
    if ((root + bit) ** degree <= wanted) root += bit;
  }
  return BigInt.asUintN(64, root);
}

const K64 = PRIMES.map((prime) => fraction(prime, 3n));
const H64 = PRIMES.slice(0, 8).map((prime) => fraction(prime, 2n));
const upper = (word) => Number(word >> 32n);
const K32 = K64.slice(0, 64).map(upper);
const H32 = H64.map(upper);

/** The message with its end mark and its length in bits, as whole blocks. */
function padded(bytes, block, room) {
  const length = Math.ceil((bytes.length + 1 + room) / block) * block;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  new DataView(whole.buffer).setBigUint64(length - 8, BigInt(bytes.length) * 8n);
  return new DataView(whole.buffer);
}

/** The SHA-256 of bytes. */
export function sha256(bytes) {
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const view = padded(bytes, 64, 8);
  const state = Int32Array.from(H32);
  const w = new Int32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) {
        w[i] = view.getInt32(at + 4 * i);
        continue;
      }
      const [x, y] = [w[i - 15], w[i - 2]];
      const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      w[i] = w[i - 16] + small + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const big = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const one = (h + big + ((e & f) ^ (~e & g)) + K32[i] + w[i]) | 0;
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
  }
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => hash.setInt32(4 * i, word));
  return new Uint8Array(hash.buffer);
}

/** The SHA-512 of bytes; slow, for short messages. */
export function sha512(bytes) {
  const word = (value) => BigInt.asUintN(64, value);
  const turn = (value, by) => word((value >> by) | (value << (64n - by)));
  const view = padded(bytes, 128, 16);
  const state = [...H64];
  for (let at = 0; at < view.byteLength; at += 128) {
    const w = [];
    for (let i = 0; i < 80; i += 1) {
      if (i < 16) {
        w[i] = view.getBigUint64(at + 8 * i);
        continue;
      }
      const [x, y] = [w[i - 15], w[i - 2]];
      const small = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n);
      w[i] = word(w[i - 16] + small + w[i - 7] + (turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n)));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i += 1) {
      const big = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const one = h + big + ((e & f) ^ (word(~e) & g)) + K64[i] + w[i];
      const two = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, word(d + one), c, b, a, word(one + two)];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = word(state[i] + value); });
  }
  const hash = new DataView(new ArrayBuffer(64));
  state.forEach((value, i) => hash.setBigUint64(8 * i, value));
  return new Uint8Array(hash.buffer);
}

/** HMAC-SHA-256 with a key no longer than a block. */
export function hmac256(key, bytes) {
  const pad = (byte) => new Uint8Array(64).fill(byte).map((one, at) => one ^ (key[at] ?? 0));
  return sha256(join(pad(0x5c), sha256(join(pad(0x36), bytes))));
}
