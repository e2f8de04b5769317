// Asks the modules with which the page in the browser verifies receipts. Reads one JSON object a line,
// answers each with a line: what is proved, or the code of the refusal.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const module = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`));
const { verify } = await module('receipt.mjs');
const { readKey } = await module('note.mjs');

function answer(line) {
  const asked = JSON.parse(line);
  try {
    const proved = verify(new Uint8Array(Buffer.from(asked.Receipt, 'base64')), asked.Keys.map(readKey));
    const { origin, index, size, recordedAt, kind, words, payload } = proved;
    const seen = proved.witnesses.map(({ name, at }) => `${name}@${at / 1000}`).join();
    return `ok ${origin} ${index}/${size} ${recordedAt} ${kind} ${words} ${seen} ${payload.replaceAll('\n', ' ')}`;
  } catch (refused) {
    if (refused.code === undefined) throw refused;
    return refused.code;
  }
}

for await (const line of createInterface({ input: process.stdin })) console.log(answer(line));
