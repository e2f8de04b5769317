// Re-counts the clocks of the desk each half minute, in place. Without it they stand as rendered.
// Must not order rows, fetch anything or speak: ticks are not announced.

const words = document.body.dataset;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// The server's clock counts, not that of this machine.
const ahead = Date.parse(words.now) - Date.now();

const unit = (pattern, n) => pattern.replace("{n}", String(n));

/** A length of time by its two largest units, as the server writes it; null under a minute. */
function span(time) {
  const days = Math.floor(time / DAY);
  const hours = Math.floor(time / HOUR);
  const minutes = Math.floor(time / MINUTE);
  if (minutes < 1) return null;
  const [first, second] =
    days >= 2
      ? [unit(words.days, days), [words.hours, hours % 24]]
      : hours >= 1
        ? [unit(words.hours, hours), [words.minutes, minutes % 60]]
        : [unit(words.minutes, minutes), [words.minutes, 0]];
  return second[1] === 0 ? first : `${first}\u00a0${unit(second[0], second[1])}`;
}

function recount(now) {
  for (const clock of document.querySelectorAll("[data-due]")) {
    const left = Date.parse(clock.dataset.due) - now;
    const shown = span(Math.abs(left));
    if (shown === null) continue;
    const pattern = left > 0 ? words.left : words.over;
    const text = pattern.replace("{t}", shown);
    if (clock.textContent !== text) clock.textContent = text;
    const box = clock.closest("[data-s]");
    if (left <= 0 && box && box.dataset.s !== "late") {
      box.dataset.s = "late";
      box.querySelector("use")?.setAttribute("href", "#i-warn");
    }
  }
}

setInterval(() => recount(Date.now() + ahead), 30_000);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) recount(Date.now() + ahead);
});
document.getElementById("errors")?.focus();
