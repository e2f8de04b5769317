// A worried customer: policy, complaint with photos, receipt, tracking; with and without scripts,
// on a phone and on a desk, in three languages.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { deflateSync, crc32 } from 'node:zlib';
import { DESKTOP, PHONE, latinWords, launch, person, sound, startServer } from './support.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.end();
});

/** A small drawn picture: a PNG of one colour. */
function png(shade) {
  const width = 64;
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, shade)]);
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body) >>> 0);
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(width, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: width }, () => row)));
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const TEXT = 'Thang dừng lệch tầng khoảng 4 cm ở tầng 7, mẹ tôi suýt ngã. Mong công ty kiểm tra sớm.';
const photos = () => [
  { name: 'cửa thang.png', mimeType: 'image/png', buffer: png(90) },
  { name: 'lệch tầng.png', mimeType: 'image/png', buffer: png(180) },
];

for (const [width, script] of [[PHONE, true], [PHONE, false], [DESKTOP, true], [DESKTOP, false]]) {
  test(`a complaint with two photos at ${width.width} px, scripts ${script ? 'on' : 'off'}`, async () => {
    const page = await person(browser, server, { width, script });
    const name = (step) => `portal-${step}-${width.width}-${script ? 'js' : 'nojs'}`;
    await page.goto('/vi/');
    await sound(page, name('policy'), { script });
    await page.click('a[href="/vi/complaints/new"] >> nth=0');
    await sound(page, name('form'), { script });

    await page.fill('#phone', '091 234');
    await page.click('form[action$="/complaints"] button[type=submit]');
    assert.match(await page.title(), /^Lỗi:/);
    await page.waitForSelector('main [role=alert] a[href="#text"]');
    assert.equal(await page.inputValue('#phone'), '091 234');
    await sound(page, name('errors'), { script });

    await page.fill('#text', TEXT);
    await page.fill('#phone', '0933 269 111');
    await page.check('input[name=about][value=service]');
    await page.check('input[name=reply_by][value=phone]');
    await page.setInputFiles('input[type=file]', photos());
    await page.click('form[action$="/complaints"] button[type=submit]');
    await page.waitForURL(/\/vi\/complaints\/KN-\d\d-\d{6}-..\/receipt$/);
    await sound(page, name('receipt'), { script });
    const reference = page.url().match(/KN-\d\d-\d{6}-../)[0];

    const link = await page.getAttribute('a[href*="/vi/track/"]', 'href');
    await page.goto(link);
    assert.match(await page.textContent('main'), new RegExp(reference));
    assert.match(await page.textContent('main'), /lệch tầng khoảng 4 cm/);
    assert.equal(await page.locator('img[src*="/pictures/"]').count() > 0, true);
    await sound(page, name('tracking'), { script });

    await page.fill('#message', 'Xin gọi trước 17 giờ.');
    await page.click('form[action$="/messages"] button[type=submit]');
    await page.waitForURL(/done=messages/);
    assert.match(await page.textContent('main'), /Xin gọi trước 17 giờ/);
  });
}

test('the receipt of somebody else asks for the link and shows nothing', async () => {
  const owner = await person(browser, server);
  await owner.goto('/vi/complaints/new');
  await owner.fill('#text', 'Nút gọi tầng ba không sáng.');
  await owner.fill('#phone', '0933269222');
  await owner.click('form[action$="/complaints"] button[type=submit]');
  await owner.waitForURL(/receipt$/);
  const stranger = await person(browser, server);
  await stranger.goto(new URL(owner.url()).pathname);
  assert.match(stranger.url(), /\/vi\/track$/);
  assert.doesNotMatch(await stranger.textContent('body'), /Nút gọi/);
});

test('the form sent twice opens one receipt', async () => {
  const page = await person(browser, server);
  await page.goto('/vi/complaints/new');
  await page.fill('#text', 'Thang kêu to lúc nửa đêm.');
  await page.fill('#phone', '0933269333');
  const key = await page.inputValue('input[name=key]');
  await page.click('form[action$="/complaints"] button[type=submit]');
  await page.waitForURL(/receipt$/);
  const first = page.url();
  await page.goBack();
  await page.evaluate((key) => { document.querySelector('input[name=key]').value = key; }, key);
  await page.fill('#text', 'Thang kêu to lúc nửa đêm.');
  await page.fill('#phone', '0933269333');
  await page.click('form[action$="/complaints"] button[type=submit]');
  await page.waitForURL(/receipt$/);
  assert.equal(page.url(), first);
});

test('a file that is too large says so, and nothing typed or uploaded is lost', async () => {
  const page = await person(browser, server);
  await page.goto('/vi/complaints/new');
  await page.fill('#text', 'Cửa thang kẹp vào xe đẩy của con tôi.');
  await page.fill('#phone', '0933269444');
  const large = { name: 'phim dài.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(26 * 1024 * 1024 + 1, 7) };
  await page.setInputFiles('input[type=file]', [...photos(), large]);
  await page.click('form[action$="/complaints"] button[type=submit]');
  await page.waitForSelector('main [role=alert]');
  assert.match(await page.textContent('main [role=alert]'), /phim dài\.mp4/);
  assert.equal(await page.inputValue('#text'), 'Cửa thang kẹp vào xe đẩy của con tôi.');
  assert.equal(await page.locator('input[name=upload]').count(), 2, 'the two photos are kept');
  await page.click('form[action$="/complaints"] button[type=submit]');
  await page.waitForURL(/receipt$/);
});

for (const lang of ['vi', 'en', 'lo']) {
  test(`every public page in ${lang}, light and dark, fits a narrow phone`, async () => {
    for (const scheme of ['light', 'dark']) {
      const page = await person(browser, server, { width: { width: 320, height: 700 }, scheme });
      for (const [path, name] of [['/', 'policy'], ['/complaints/new', 'form'], ['/track', 'lookup'], ['/nothing', 'missing']]) {
        await page.goto(`/${lang}${path}`);
        await sound(page, `public-${name}-${lang}-${scheme}`);
      }
    }
  });
}

test('no page in Lao falls back to another language, up to tracking', async () => {
  const page = await person(browser, server);
  const data = ['Alphatech Việt Nam', 'atvin.com.vn', 'Tiếng Việt', 'English', 'Zalo', 'Viber', 'SMS',
    'LIFT-0042', 'JPEG', 'PNG', 'MB', 'GB', 'kB', 'KN', 'A B C D E F G H J K M N P Q R S T V W X Y Z', 'alphatech',
    'VN', 'PDF', 'HEIC', 'MP', 'WebP', 'http https', 'Redress', 'sha'];
  const clean = async (where) => assert.deepEqual(
    await latinWords(page, data), [], where);
  await page.goto('/lo/');
  await clean('policy');
  await page.goto('/lo/complaints/new');
  await clean('form');
  await page.click('form[action$="/complaints"] button[type=submit]');
  await clean('errors');
  await page.fill('#text', 'ລິບຈອດບໍ່ກົງຊັ້ນ, ແມ່ຂອງຂ້ອຍເກືອບລົ້ມ.');
  await page.fill('#phone', '020 55 512 345');
  await page.click('form[action$="/complaints"] button[type=submit]');
  await page.waitForURL(/receipt$/);
  const reference = page.url().match(/KN-\d\d-\d{6}-../)[0];
  data.push(reference.replaceAll('-', ' '), reference);
  const link = await page.getAttribute('a[href*="/lo/track/"]', 'href');
  data.push(link);
  await clean('receipt');
  await page.goto(link);
  await clean('tracking');
  await sound(page, 'tracking-lo');
});
