// Checks a receipt that was chosen or dropped, inside the page: the file is sent nowhere. Without
// this script the form posts it, and the server answers with the same page.
import { Refused } from './bytes.mjs';
import { readKey } from './note.mjs';
import { RECEIPT_BYTES_MAX, claimed, verify } from './receipt.mjs';
import { filled, told } from './told.mjs';

const form = document.getElementById('check');
const input = document.getElementById('receipt');
const answer = document.getElementById('answer');
const keys = [...document.querySelectorAll('[data-key]')]
  .map((key) => readKey(key.textContent)).filter((key) => key !== null);

/** A verdict of the page's own words. */
const copy = (id) => document.getElementById(id).content.cloneNode(true);

/** Puts values into their places; a place without a value goes, with its row. */
function fill(verdict, values) {
  for (const place of verdict.querySelectorAll('[data-slot]')) {
    const value = values[place.dataset.slot];
    if (value === null) (place.closest('dl > div') ?? place).remove();
    else if (typeof value === 'string') place.textContent = value;
    else if (value.machine !== undefined) [place.textContent, place.dateTime] = [value.words, value.machine];
    else place.textContent = filled(place.textContent, value);
  }
  return verdict;
}

function valid(proved) {
  const verdict = copy('valid');
  const witness = verdict.querySelector('[data-slot=witnesses]');
  const words = { witness: witness.textContent, noWitness: witness.dataset.none };
  return fill(verdict, told(proved, words, form.dataset, document.documentElement.lang));
}

function refused(code, bytes) {
  const verdict = copy('refused');
  for (const reason of verdict.querySelectorAll('[data-codes]')) {
    if (!reason.dataset.codes.split(' ').includes(code)) reason.remove();
  }
  const names = bytes ? claimed(bytes).map(({ name }) => name).join('; ') : '';
  if (!names) verdict.querySelector('[data-slot=claimed]').parentElement.remove();
  return fill(verdict, { code, claimed: names });
}

/** The bytes of a file; null for a folder, or a file that was taken away. */
async function bytesOf(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

async function verdictOn(file) {
  if (file.size > RECEIPT_BYTES_MAX) return refused('too-long', null);
  const bytes = await bytesOf(file);
  if (!bytes) return refused('not-a-receipt', null);
  try {
    return valid(verify(bytes, keys));
  } catch (error) {
    if (error instanceof Refused) return refused(error.code, bytes);
    throw error;
  }
}

/** Checks a file and shows what came of it. */
async function check(file) {
  answer.replaceChildren(await verdictOn(file));
  const heading = answer.querySelector('h2');
  const [, ...whose] = document.title.split(' – ');
  document.title = [heading.textContent.trim(), ...whose].join(' – ');
  heading.focus();
}

document.getElementById('here').hidden = false;
document.getElementById('sent').hidden = true;
input.addEventListener('change', () => {
  if (input.files.length) check(input.files[0]);
});
form.addEventListener('submit', (event) => {
  // With no file chosen the server says so.
  if (!input.files.length) return;
  event.preventDefault();
  check(input.files[0]);
});
form.addEventListener('dragover', (event) => event.preventDefault());
form.addEventListener('drop', (event) => {
  event.preventDefault();
  const { files } = event.dataTransfer;
  if (!files.length) return;
  input.files = files;
  check(files[0]);
});
// Chosen before this was loaded, or kept by the browser on the way back.
if (input.files.length) check(input.files[0]);
