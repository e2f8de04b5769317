// A paused promise and an undertaking that moves, as both sides see them: on a phone and on a desk,
// in three languages, with the calendar entry to take along.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DESKTOP, PHONE, addUser, launch, person, signIn, sound, startServer } from './support.mjs';

const PACK = mkdtempSync(join(tmpdir(), 'redress-pack-'));
let server;
let browser;
before(async () => {
  cpSync(new URL('../../policies/alphatech', import.meta.url), PACK, { recursive: true });
  const policy = join(PACK, 'policy.toml');
  const text = readFileSync(policy, 'utf8');
  writeFileSync(policy, text.replace('\nversion = 1', '\nversion = 2').replace('pause = { allowed = false }', 'pause = { allowed = true }'));
  process.env.REDRESS_POLICY = PACK;
  server = await startServer();
  addUser(server, 'Trịnh Văn Tùng', 'tung@example.vn', 'department', ['--department', 'technical', '--authority', 'technical']);
  addUser(server, 'Nguyễn Quang Vinh', 'vinh@example.vn', 'director');
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.end();
  rmSync(PACK, { recursive: true, force: true });
});

/** Fills the form of a command on the complaint's page and sends it. */
async function act(page, reference, shape, values) {
  await page.goto(`/desk/complaints/${reference}`);
  const form = page.locator(`form[action$="/${shape}"]`).first();
  const folded = page.locator('details', { has: form });
  for (let n = 0; n < await folded.count(); n += 1) {
    if (await folded.nth(n).getAttribute('open') === null) await folded.nth(n).locator('summary').first().click();
  }
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`).first();
    const tag = await field.evaluate((node) => node.tagName);
    if (tag === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await form.locator('button[type=submit]').first().click();
  assert.equal((await answered).status(), 303, shape);
}

/** A local time so many days from now, as a form takes it. */
function inDays(days) {
  const at = new Date(Date.now() + days * 86_400_000);
  return `${at.toISOString().slice(0, 10)}T14:00`;
}

test('a pause and a moved undertaking are plain to both sides', async () => {
  const body = {
    language: 'vi', about: 'service', text: 'Thang dừng lệch tầng 4 chừng bốn phân.',
    complainant: { name: 'Trần Thị Hà', phone: '0912345678' },
  };
  const taken = await fetch(`${server.url}/api/v1/complaints`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  assert.equal(taken.status, 201);
  const { reference, tracking_url: link } = await taken.json();
  const token = link.split('/').pop();

  const vinh = await person(browser, server, { width: DESKTOP });
  await signIn(vinh, 'vinh@example.vn');
  await act(vinh, reference, 'handover', { to: 'technical' });
  const tung = await person(browser, server, { width: DESKTOP });
  await signIn(tung, 'tung@example.vn');
  await act(tung, reference, 'acceptance', {});
  await act(tung, reference, 'undertaking', { kind: 'visit', what: 'Đến đo lại sàn tầng 4', due: inDays(2) });
  await act(tung, reference, 'undertaking-moved', { due: inDays(5), reason: 'Khách bận, xin hẹn lại' });
  await act(tung, reference, 'pause', { promise: 'resolution', category: 'waiting-for-complainant', reason: 'Chờ ảnh khe hở' });
  await tung.goto(`/desk/complaints/${reference}`);
  assert.match(await tung.textContent('main'), /Tạm dừng từ/);
  assert.match(await tung.textContent('main'), /Khách bận, xin hẹn lại/);
  await sound(tung, 'promises-desk-1280');
  await tung.goto('/desk/queue?state=open&promise=paused');
  await sound(tung, 'promises-queue-1280');
  await tung.setViewportSize(PHONE);
  await tung.goto(`/desk/complaints/${reference}`);
  await sound(tung, 'promises-desk-390');

  for (const lang of ['vi', 'en', 'lo']) {
    for (const width of [PHONE, DESKTOP]) {
      const ha = await person(browser, server, { width });
      await ha.goto(`/${lang}/track/${token}`);
      for (const folded of await ha.locator('details.sum summary').all()) await folded.click();
      await sound(ha, `promises-track-${lang}-${width.width}`);
      await ha.context().close();
    }
  }
  const entry = await fetch(`${server.url}/vi/track/${token}/undertakings/und_1.ics`);
  assert.equal(entry.status, 200);
  assert.match(entry.headers.get('content-type'), /^text\/calendar/);
  const text = await entry.text();
  assert.match(text, /\r\nSEQUENCE:1\r\n/);
  assert.ok(!text.includes('tung@example.vn') && !text.includes('Trịnh'), 'nobody of the staff is named');

  await act(tung, reference, 'resumption', { promise: 'resolution' });
  await tung.goto(`/desk/complaints/${reference}`);
  assert.doesNotMatch(await tung.textContent('main'), /Tạm dừng từ \d/);
});
