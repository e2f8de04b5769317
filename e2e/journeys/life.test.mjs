// The whole life of a complaint in the browser: six people, two rounds, on a phone and on a desk,
// with and without scripts; every forbidden move is refused with its rule.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, addUser, launch, person, signIn, sound, startServer } from './support.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  addUser(server, 'Lê Thị Mai Lan', 'lan@example.vn', 'care', ['--authority', 'care']);
  addUser(server, 'Võ Quốc Huy', 'huy@example.vn', 'department', ['--department', 'technical', '--authority', 'technical']);
  addUser(server, 'Trịnh Văn Tùng', 'tung@example.vn', 'department', ['--department', 'technical']);
  addUser(server, 'Bùi Đức Anh', 'anh@example.vn', 'department', ['--department', 'technical']);
  addUser(server, 'Nguyễn Quang Vinh', 'vinh@example.vn', 'director');
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.end();
});

/** Opens the form of a command on the complaint's page, fills it and sends it. */
async function act(page, reference, shape, values = {}) {
  await page.goto(`/desk/complaints/${reference}`);
  const form = page.locator(`form[action$="/${shape}"]`).first();
  const folded = page.locator('details', { has: form });
  for (let n = 0; n < await folded.count(); n += 1) {
    if (await folded.nth(n).getAttribute('open') === null) await folded.nth(n).locator('summary').first().click();
  }
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((node) => `${node.tagName}:${node.type}`).catch(() => 'INPUT:text');
    if (kind.startsWith('SELECT')) await field.selectOption(value);
    else if (kind.endsWith(':radio') || kind.endsWith(':checkbox')) await form.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await form.locator('button[type=submit]').first().click();
  const status = (await answered).status();
  await page.waitForLoadState();
  return status;
}

for (const [width, script] of [[PHONE, true], [DESKTOP, false]]) {
  test(`two rounds by six people at ${width.width} px, scripts ${script ? 'on' : 'off'}`, async () => {
    const as = async (email) => {
      const page = await person(browser, server, { width, script });
      await signIn(page, email);
      return page;
    };
    const customer = await person(browser, server, { width, script });
    await customer.goto('/vi/complaints/new');
    await customer.fill('#text', 'Thang dừng lệch tầng 4 cm ở tầng 7, mẹ tôi suýt ngã.');
    await customer.fill('#phone', '0933 269 111');
    await customer.check('input[name=about][value=service]');
    await customer.check('input[name=reply_by][value=phone]');
    await customer.click('form[action$="/complaints"] button[type=submit]');
    await customer.waitForURL(/receipt$/);
    const reference = customer.url().match(/KN-\d\d-\d{6}-../)[0];
    const tracking = await customer.getAttribute('a[href*="/vi/track/"]', 'href');
    const [director, care, head, verifier, other] = await Promise.all(
      ['vinh@example.vn', 'lan@example.vn', 'huy@example.vn', 'tung@example.vn', 'anh@example.vn'].map(as),
    );
    const shots = `life-${width.width}-${script ? 'js' : 'nojs'}`;

    await director.goto('/desk/director');
    await sound(director, `${shots}-director`, { script });
    const card = director.locator('article, li, section', { hasText: reference }).last();
    const handed = director.waitForResponse((response) => response.request().method() === 'POST');
    await card.locator('form[action$="/handover"] button[type=submit]').first().click();
    assert.equal((await handed).status(), 303, 'one tap hands over');

    await care.goto('/desk/queue');
    await sound(care, `${shots}-queue`, { script });
    assert.equal(await act(care, reference, 'tell-words', { text: 'Dạ, chúng tôi đã nhận. Chiều nay kỹ thuật đến kiểm tra.' }), 303);
    assert.equal(await act(verifier, reference, 'acceptance', {}), 303);
    assert.equal(await act(verifier, reference, 'findings', { check: 'độ lệch tầng', side: 'measurement', text: 'Đo được 38 mm ở tầng 7.' }), 303);
    assert.equal(await act(verifier, reference, 'decision', { outcome: 'upheld', reasons: 'Lệch tầng vượt mức cho phép, phải chỉnh lại.' }), 303);
    await sound(head, `${shots}-before`, { script });
    await verifier.goto(`/desk/complaints/${reference}`);
    assert.match(await verifier.textContent('main'), /Đang chờ duyệt: .*Tổng Giám đốc/);
    await sound(verifier, `${shots}-waits`, { script });
    assert.equal(await act(head, reference, 'approval', {}), 303);
    assert.equal(await act(care, reference, 'closure', { as: 'agreed' }), 409, 'no closing before a response');
    assert.match(await care.textContent('main'), /promises\.resolution/);
    assert.equal(await act(verifier, reference, 'response-told', {
      'told.by': 'phone', 'told.to': 'bà Hà', 'told.words': 'Khiếu nại có cơ sở. Mai chúng tôi chỉnh lại, xin lỗi bà.',
    }), 303);

    await customer.goto(tracking);
    await sound(customer, `${shots}-answered`, { script });
    await customer.locator('details.disagree summary').click();
    await customer.fill('form[action$="/disagreement"] textarea', 'Chỉnh rồi vẫn lệch như cũ.');
    await customer.click('form[action$="/disagreement"] button[type=submit]');
    await customer.waitForURL(/done=disagreement/);
    await sound(customer, `${shots}-again`, { script });

    assert.equal(await act(director, reference, 'handover', { to: 'technical' }), 303);
    await verifier.goto(`/desk/complaints/${reference}`);
    assert.equal(await verifier.locator('form[action$="/acceptance"]').count(), 0, 'who verified round 1 does not verify round 2');
    assert.match(await verifier.textContent('main'), /đã tham gia ở vòng trước/);
    await sound(verifier, `${shots}-barred`, { script });
    assert.equal(await act(other, reference, 'acceptance', {}), 303);
    assert.doesNotMatch(await other.textContent('main'), /38 mm/, 'findings of round 1 wait for own ones');
    assert.equal(await act(other, reference, 'findings', { check: 'độ lệch tầng', side: 'measurement', text: 'Đo lại: 12 mm.' }), 303);
    assert.equal(await act(other, reference, 'decision', { outcome: 'upheld-in-part', reasons: 'Còn lệch 12 mm, thay cảm biến.' }), 303);
    assert.equal(await act(director, reference, 'approval', {}), 303);
    assert.equal(await act(other, reference, 'response-told', {
      'told.by': 'phone', 'told.to': 'bà Hà', 'told.words': 'Chúng tôi thay cảm biến trong tuần này.',
    }), 303);
    await customer.goto(tracking);
    await customer.click('form[action$="/agreement"] button[type=submit]');
    await customer.waitForURL(/done=agreement/);
    await care.goto(`/desk/complaints/${reference}`);
    await sound(care, `${shots}-agreed`, { script });
    assert.equal(await care.inputValue('.cnext form[action$="/closure"] [name=as]'), 'agreed');
    assert.equal(await act(care, reference, 'closure'), 303);
    await care.goto(`/desk/complaints/${reference}`);
    await sound(care, `${shots}-archived`, { script });
    await customer.goto(tracking);
    await sound(customer, `${shots}-closed`, { script });
  });
}
