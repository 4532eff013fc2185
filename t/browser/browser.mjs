// library
/* browser.mjs - what the browser tests share: TAP lines, Chromium, accounts, every page there is
 *
 * A test runs under t/lib/with-portal, which says PRM_URL and PRM_ACCOUNTS.  A page made here is
 * watched: what the console, the content policy or a request to another host says ends in
 * page.faults, and nothing but the portal can be reached.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const base = process.env.PRM_URL;
export const phone = { reducedMotion: 'reduce', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const desk = { reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } };

// ---- TAP ----
let count = 0, failed = 0;
export function ok(good, title, detail) {
	count++;
	if (!good)
		failed++;
	console.log(`${good ? 'ok' : 'not ok'} ${count} - ${title.replace(/[#\n]/g, ' ')}`);
	if (!good && detail !== undefined)
		console.log(String(typeof detail === 'string' ? detail : JSON.stringify(detail, null, 1)).replace(/^/gm, '# '));
	return good;
}
export const is = (got, wanted, title) => ok(got === wanted, title, `got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
export const like = (got, wanted, title) => ok(wanted.test(got), title, `got ${JSON.stringify(got)?.slice(0, 600)}, wanted ${wanted}`);
export function done() {
	console.log(`1..${count}`);
	process.exitCode = failed ? 1 : 0;
}
/* One story; when a step of it cannot be done the story fails and the next one begins. */
export async function story(title, f) {
	const began = Date.now();
	try {
		await f();
		console.log(`# ${title}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
	} catch (e) {
		ok(false, title, e.stack);
	}
}

// ---- accounts ----
const accounts = readFileSync(process.env.PRM_ACCOUNTS, 'utf8').trim().split('\n').map((l) => {
	const [role, email, password, token] = l.split('\t');
	return { role, email, password, token };
});
export function account(role, n = 1) {
	const a = accounts.filter((x) => x.role === role)[n - 1];
	if (!a)
		throw new Error(`no account ${role} ${n}`);
	return a;
}

// ---- Chromium ----
let browser;
export function chrome() {
	browser ||= chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--font-render-hinting=none'],
	});
	return browser;
}
export async function close() {
	await (await browser)?.close();
}

/* Whatever a page should not do ends in page.faults. */
export function watch(page) {
	page.faults = [];
	page.on('console', (m) => {
		// A refused form is told by its status on purpose; Chromium writes that down as an error.
		if (['error', 'warning'].includes(m.type()) && !/status of (4\d\d|503)/.test(m.text()))
			page.faults.push(`console: ${m.text()}`);
	});
	// What the server sent last for this page, before any script ran.
	page.on('response', (r) => {
		if (r.request().isNavigationRequest() && r.frame() === page.mainFrame())
			page.document = r;
	});
	page.on('pageerror', (e) => page.faults.push(`script: ${e.message}`));
	page.on('request', (r) => {
		if (!r.url().startsWith(`${base}/`) && !/^(data|blob|about):/.test(r.url()))
			page.faults.push(`foreign: ${r.url()}`);
	});
	return page;
}
/* A fresh context (nobody signed in, or a role's kept session) with one watched page. */
export async function visitor(role, options = {}) {
	const context = await (await chrome()).newContext({ baseURL: base, ...(role && { storageState: await session(role) }), ...options });
	context.setDefaultTimeout(30000);
	const page = watch(await context.newPage());
	return page;
}

/* One signed-in session a role, made when first wanted; "owner:2" is the second owner. */
const sessions = new Map();
function session(role) {
	if (!sessions.has(role))
		sessions.set(role, (async () => {
			const [name, n] = role.split(':');
			const page = await visitor(null, desk);
			await sign_in(page, account(name, Number(n || 1)));
			if (name === 'administrator')
				await second_factor(page, account(name));
			const state = await page.context().storageState();
			await page.context().close();
			return state;
		})());
	return sessions.get(role);
}
export async function sign_in(page, who) {
	await page.goto('/sign-in');
	await page.getByLabel('E-mail').fill(who.email);
	await page.locator('[name=password]').fill(who.password);
	await press(page, 'main button[type=submit]');
}
/* A click that leads to another page, which has then come. */
export async function press(page, button) {
	const target = typeof button === 'string' ? page.locator(button).first() : button;
	await Promise.all([page.waitForEvent('load'), target.click()]);
}

/* RFC 6238, six digits. */
export function totp(secret) {
	const bits = [...secret.replace(/\s|=/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const time = Buffer.alloc(8);
	time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = createHmac('sha1', key).update(time).digest(), at = mac[19] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}
/* An administrator cannot change a thing without one; the step-up then takes a recovery code. */
async function second_factor(page, who) {
	await page.goto('/account/totp');
	await page.locator('main [name=code]').fill(totp(await page.locator('[data-copy-text]').textContent()));
	await page.locator('main [name=password]').fill(who.password);
	await press(page, 'main form:has([name=code]) button[type=submit]');
	const code = (await page.locator('.codes li').first().textContent()).trim();
	await page.goto('/account/step-up');
	await page.locator('main [name=password]').fill(who.password);
	await page.locator('main [name=code]').fill(code);
	await press(page, 'main form:has([name=code]) button[type=submit]');
}
