// Somebody checks a receipt: a genuine one, a damaged one, one of another company, and what is none;
// by scripts inside the page, which sends nothing, and without them by the server.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DESKTOP, PHONE, latinWords, launch, person, sound, startServer } from './support.mjs';

const TEXT = 'Thang dừng giữa tầng 5 và tầng 6, cửa không mở.';
let server;
let browser;
let receipt;
let reference;
before(async () => {
  server = await startServer();
  browser = await launch();
  const complaint = { language: 'vi', text: TEXT, complainant: { name: 'Nguyễn Thị Hà', phone: '0912345618' } };
  const sent = await fetch(`${server.url}/api/v1/complaints`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(complaint),
  });
  assert.equal(sent.status, 201);
  const answer = await sent.json();
  reference = answer.reference;
  const token = answer.tracking_url.split('/').pop();
  const file = await fetch(`${server.url}/api/v1/complaints/${reference}/receipt`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(file.status, 200);
  receipt = await file.text();
});
after(async () => {
  await browser.close();
  await server.end();
});

/** The published example: the receipt of another company. */
function foreign() {
  const page = readFileSync(new URL('../../docs/reference/receipt.md', import.meta.url), 'utf8');
  return page.slice(page.lastIndexOf('c2sp.org/tlog-proof@v1\nextra ')).split('```')[0];
}

/** A file as a form sends it. */
const file = (text) => ({ name: 'bien-nhan.tlog-proof', mimeType: 'text/plain', buffer: Buffer.from(text) });

/** Chooses a file, presses the button where no script does it, and answers the words of the verdict. */
async function check(page, text, script) {
  await page.setInputFiles('#receipt', file(text));
  if (!script) await page.click('#check button[type=submit]');
  await page.waitForSelector('#answer h2');
  const words = await page.innerText('#answer');
  await page.goto(page.url());
  return words.replaceAll('\u00a0', ' ');
}

for (const [width, script] of [[PHONE, true], [PHONE, false], [DESKTOP, true]]) {
  test(`receipts are checked at ${width.width} px, scripts ${script ? 'on' : 'off'}`, async () => {
    const page = await person(browser, server, { width, script });
    const posts = [];
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    await page.goto('/vi/');
    await page.click('footer a[href="/vi/verify"]');
    const name = `verify-${width.width}-${script ? 'js' : 'nojs'}`;
    await sound(page, name, { script });

    await page.setInputFiles('#receipt', file(receipt));
    if (!script) await page.click('#check button[type=submit]');
    await page.waitForSelector('#answer h2');
    const words = await page.innerText('#answer');
    for (const told of ['Biên nhận hợp lệ', reference, TEXT, 'không có bên nào mà chúng tôi biết']) {
      assert.ok(words.includes(told), `${told} in ${words}`);
    }
    assert.match(await page.title(), /^Biên nhận hợp lệ – /);
    await sound(page, `${name}-valid`, { script });

    await page.setInputFiles('#receipt', file(receipt.replace(/\n\d+\n/, '\n0\n').slice(0, -9)));
    if (!script) await page.click('#check button[type=submit]');
    await page.waitForSelector('#answer [data-codes]');
    assert.match(await page.innerText('#answer'), /không được chấp nhận[^]*bị mất một phần[^]*truncated/);
    await sound(page, `${name}-refused`, { script });

    const other = await check(page, foreign(), script);
    assert.match(other, /biên nhận của nơi khác[^]*complaints\.example\.vn\/log[^]*foreign-key/);
    const late = await check(page, receipt.replaceAll('\n', '\r\n'), script);
    assert.match(late, /Một chương trình đã sửa tệp[^]*windows-line-ends/);
    const forged = await check(page, receipt.replace(/(index \d+\n)/, '$1' + `${'A'.repeat(43)}=\n`), script);
    assert.match(forged, /không khớp[^]*path-length/);
    assert.match(await check(page, '%PDF-1.7\n', script), /không phải tệp biên nhận/);
    assert.match(await check(page, 'x'.repeat(5_000_000), script), /too-long/);
    assert.equal(posts.length > 0, !script, 'with scripts nothing is sent');
  });
}

test('from the confirmation to the verdict, by the links on the way', async () => {
  const page = await person(browser, server);
  await page.goto('/vi/complaints/new');
  await page.fill('#text', TEXT);
  await page.fill('#phone', '0933269111');
  await page.click('form[action$="/complaints"] button[type=submit]');
  await page.waitForURL(/receipt$/);
  const started = page.waitForEvent('download');
  await page.click('main a[download]');
  const download = await started;
  assert.match(download.suggestedFilename(), /^KN-\d\d-\d{6}-..\.tlog-proof$/);
  const saved = await download.path();
  await page.click('main a[href="/vi/verify"]');
  await page.setInputFiles('#receipt', saved);
  await page.waitForSelector('#answer h2');
  assert.match(await page.innerText('#answer'), /Biên nhận hợp lệ[^]*Thang dừng giữa tầng 5/);
});

test('the page says the same with scripts and without, in each language', async () => {
  for (const lang of ['vi', 'en', 'lo']) {
    const said = [];
    for (const script of [true, false]) {
      const page = await person(browser, server, { script });
      await page.goto(`/${lang}/verify`);
      said.push([await check(page, receipt, script), await check(page, foreign(), script)]);
    }
    assert.deepEqual(said[0], said[1], lang);
  }
});

test('a dropped file is checked', async () => {
  const page = await person(browser, server, { width: DESKTOP });
  await page.goto('/en/verify');
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'receipt.tlog-proof'));
    return data;
  }, receipt);
  await page.dispatchEvent('#check', 'drop', { dataTransfer: dropped });
  await page.waitForSelector('#answer h2');
  assert.match(await page.innerText('#answer'), /The receipt is valid/);
});

test('the form without a file says so', async () => {
  for (const script of [true, false]) {
    const page = await person(browser, server, { script });
    await page.goto('/vi/verify');
    await page.click('#check button[type=submit]');
    await page.waitForSelector('main [role=alert] a[href="#receipt"]');
    await sound(page, `verify-missing-${script ? 'js' : 'nojs'}`, { script });
  }
});

test('a phone six times as slow checks a receipt within ten seconds', async () => {
  const page = await person(browser, server);
  await page.goto('/vi/verify');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await page.evaluate(() => {
    const answer = document.getElementById('answer');
    document.getElementById('receipt').addEventListener('change', () => { window.began = performance.now(); }, true);
    new MutationObserver(() => { window.took = performance.now() - window.began; }).observe(answer, { childList: true });
  });
  await page.setInputFiles('#receipt', file(receipt));
  await page.waitForFunction(() => window.took !== undefined);
  const took = await page.evaluate(() => window.took);
  console.log(`checked in ${took.toFixed(0)} ms at a sixth of the speed`);
  assert.ok(took < 10_000, `${took} ms`);
});

test('no check in Lao falls back to another language', async () => {
  const page = await person(browser, server);
  const data = ['Alphatech Việt Nam', 'atvin.com.vn', 'Tiếng Việt', 'English', 'Redress', 'sha', '.tlog-proof',
    'KN', reference, TEXT, 'localhost/log', 'complaints.example.vn/log witness.example.org/w'];
  await page.goto('/lo/verify');
  assert.deepEqual(await latinWords(page, data), [], 'fresh');
  for (const text of [receipt, foreign(), 'x']) {
    await page.setInputFiles('#receipt', file(text));
    await page.waitForSelector('#answer h2');
    assert.deepEqual(await latinWords(page, data), [], 'with an answer');
    await sound(page, 'verify-lo');
    await page.goto('/lo/verify');
  }
});
