// Texts as bytes and back, and nothing more lenient than the Rust side: one value has one text.

/** Why a receipt is not accepted; `code` is that of `Refusal::code` in crates/proof. */
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** The bytes of standard base64 with its padding and no stray bits; null if it is another text. */
export function fromBase64(text) {
  let raw;
  try {
    raw = atob(text);
  } catch {
    return null;
  }
  // `atob` forgives white space and missing padding.
  if (btoa(raw) !== text) return null;
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}

/** The same, if it is 32 bytes. */
export function bytes32(text) {
  const bytes = text.length === 44 ? fromBase64(text) : null;
  return bytes?.length === 32 ? bytes : null;
}

/** Bytes as text; null if they are not UTF-8. A byte order mark is kept, to be seen. */
export function toText(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Text as bytes. */
export const utf8 = (text) => new TextEncoder().encode(text);

/** A number below 2⁶³ without sign or leading zeros, as BigInt; null if it is another text. */
export function decimal(text) {
  if (!/^(0|[1-9]\d{0,18})$/.test(text)) return null;
  const value = BigInt(text);
  return value < 2n ** 63n ? value : null;
}

/** Whether two runs of bytes are the same. */
export const same = (one, other) =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** Runs of bytes one after the other. */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
