// What journeys share: a server of their own, accounts, browsers, and checks every page must pass.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const BIN = process.env.REDRESS_BIN ?? 'target/debug/redress';
const CHROMIUM = process.env.REDRESS_CHROMIUM ?? '/usr/bin/chromium';
const SHOTS = process.env.REDRESS_SHOTS;
export const PASSWORD = 'mot mat khau rat dai cho thu nghiem';
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** Starts a server on a throw-away folder; answers its address and how to end it. */
export async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'redress-e2e-'));
  const child = spawn(BIN, ['serve', '--listen', '127.0.0.1:0', '--data', data], {
    env: { ...process.env, REDRESS_LIMITS_PUBLIC_PER_MINUTE: '0', REDRESS_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((found, failed) => {
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => found(line.split(' at ').pop().trim()));
  });
  const end = async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
    rmSync(data, { recursive: true, force: true });
  };
  return { url, data, end };
}

/** Makes an account as the operator does. */
export function addUser(server, name, email, role, more = []) {
  const made = spawnSync(BIN, ['user', 'add', '--name', name, '--email', email, '--role', role,
    '--password-stdin', '--data', server.data, ...more], { input: PASSWORD, encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
}

/** Launches the browser once for a file of journeys. */
export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    chromiumSandbox: false,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page of its own, as one person sees it. */
export async function person(browser, server, { width = PHONE, script = true, scheme = 'light' } = {}) {
  const context = await browser.newContext({
    baseURL: server.url, viewport: width, javaScriptEnabled: script, colorScheme: scheme,
    locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh',
  });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

/** Signs a member of staff in. */
export async function signIn(page, email) {
  await page.goto('/desk/sign-in');
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', PASSWORD);
  await page.click('main button[type=submit], form button[type=submit]');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

/** Every page: fits its width, and axe finds nothing (where scripts run). */
export async function sound(page, name, { script = true } = {}) {
  if (SHOTS) {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  }
  if (!script) return;
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide[0] <= wide[1], `${name} is ${wide[0]} px wide in a window of ${wide[1]}`);
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    rules: { 'target-size': { enabled: true } },
  }));
  const faults = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
  assert.deepEqual(faults, [], name);
}

/** Words of Latin letters in the text nodes of a page, without what is data. */
export async function latinWords(page, data) {
  const texts = await page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
      const parent = walk.currentNode.parentElement;
      if (parent.closest('script, style, textarea, [lang="vi"], [lang="en"], code, kbd')) continue;
      found.push(walk.currentNode.textContent);
    }
    return found;
  });
  const known = new Set(data.flatMap((text) => text.match(/\p{Script=Latin}+/gu) ?? []));
  // Digests are data.
  const words = texts.map((text) => text.replace(/[0-9a-f]{8,}/g, ' ')).flatMap((text) => text.match(/\p{Script=Latin}{2,}/gu) ?? []);
  return [...new Set(words.filter((word) => !known.has(word)))];
}
