// What a verified receipt says to a person, as `redress_app::check_receipt` reads it, and the words
// of the page for it. Must not be given anything that is not verified.

/** A pattern with `{name}` replaced by the values of these names. */
export const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** An instant in milliseconds as the page's own language writes it, and for machines. */
export function moment(milliseconds, { zone, instant, weekdays, months }, lang) {
  const at = new Date(milliseconds);
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
    hour: '2-digit', minute: '2-digit', weekday: 'short',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part.weekday);
  const words = filled(instant, {
    time: `${part.hour}:${part.minute}`,
    weekday: weekdays.split('|')[weekday],
    day: lang === 'en' ? part.day : part.day.padStart(2, '0'),
    month: months.split('|')[part.month - 1],
    year: part.year,
  });
  return { words, machine: at.toISOString() };
}

/** A text as JSON; an empty object if it is none. */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

const text = (value) => (typeof value === 'string' ? value : null);

/** What is told of a receipt, each by the name of its place on the page; null for what it has not. */
export function told(proved, words, page, lang) {
  const payload = parsed(proved.payload);
  const said = parsed(proved.said ?? '');
  const received = Date.parse(text(payload.facts?.received_at) ?? '');
  const recorded = Date.parse(proved.recordedAt);
  const late = recorded - received > page.lateAfter * 1000;
  const seen = proved.witnesses.map(({ name, at }) =>
    filled(words.witness, { name, time: moment(at, page, lang).words }));
  return {
    lead: { origin: proved.origin },
    reference: text(payload.facts?.reference) ?? text(payload.case),
    received: Number.isNaN(received) ? null : moment(received, page, lang),
    recorded: moment(recorded, page, lang),
    place: { index: String(proved.index), size: String(proved.size) },
    witnesses: seen.join('\n') || words.noWitness,
    said: text(said.text) ?? text(parsed(text(said.body) ?? '').text),
    late: late ? {} : null,
    closed: proved.words === 'closed' ? {} : null,
  };
}
