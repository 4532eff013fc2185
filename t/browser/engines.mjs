/* engines.mjs - the main journey and the layout in Firefox (WebDriver BiDi) and in WebKit (WebDriver)
 *
 * Each engine registers a deal with the live pre-check, opens a question and a dialog, and walks
 * the pages at phone width: nothing scrolls sideways, no script fails.
 */
// seconds: 420
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import puppeteer from 'puppeteer-core';
import { account, base, done, is, like, ok, story } from './browser.mjs';
import { a_deal, api } from './places.mjs';

const sleep = (ms) => new Promise((yes) => setTimeout(yes, ms));
const free_port = () => new Promise((yes) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => yes(port)); }); });

/* ---- what both engines can do: go, run, type, click, keys, end ---- */
async function firefox() {
	const b = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, args: ['--width=360', '--height=740'] });
	const page = await b.newPage(), faults = [];
	await page.setViewport({ width: 360, height: 740 });
	page.on('console', (m) => { if (m.type() === 'error' && !/40[0-9]|422/.test(m.text())) faults.push(m.text()); });
	page.on('pageerror', (e) => faults.push(e.message));
	return {
		name: 'Firefox', faults,
		go: (path) => page.goto(base + path),
		run: (text) => page.evaluate(`(() => { ${text} })()`),
		type: async (selector, value) => { await page.focus(selector); await page.keyboard.type(value); },
		click: (selector) => page.click(selector),
		key: (k) => page.keyboard.press(k),
		end: () => b.close(),
	};
}

/* W3C WebDriver in a few lines; the browser of the driver's own package shows in Xvfb. */
async function webkit() {
	const port = await free_port(), display = `:${100 + (process.pid % 800)}`;
	const binary = readdirSync('/usr/lib/x86_64-linux-gnu').filter((d) => d.startsWith('webkit2gtk-')).map((d) => `/usr/lib/x86_64-linux-gnu/${d}/MiniBrowser`).find(existsSync);
	const xvfb = spawn('Xvfb', [display, '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
	const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
		stdio: 'ignore', env: { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', NO_AT_BRIDGE: '1' },
	});
	const stop = () => { driver.kill(); xvfb.kill(); };
	const call = async (method, path, body) => {
		const r = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
		const { value } = await r.json();
		if (!r.ok)
			throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
		return value;
	};
	try {
		for (let i = 0; i < 200 && !(await call('GET', '/status').then(() => true, () => false)); i++)
			await sleep(100);
		const { sessionId } = await call('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } } });
		const s = `/session/${sessionId}`, id = 'element-6066-11e4-a52e-4f735466cecf';
		await call('POST', `${s}/timeouts`, { pageLoad: 60000, script: 30000 });
		await call('POST', `${s}/window/rect`, { x: 0, y: 0, width: 360, height: 800 });
		const find = async (selector) => (await call('POST', `${s}/element`, { using: 'css selector', value: selector }))[id];
		const keys = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004' };
		return {
			name: 'WebKit', faults: [],
			go: (path) => call('POST', `${s}/url`, { url: base + path }),
			run: (text) => call('POST', `${s}/execute/sync`, { script: text, args: [] }),
			type: async (selector, value) => call('POST', `${s}/element/${await find(selector)}/value`, { text: value }),
			click: async (selector) => call('POST', `${s}/element/${await find(selector)}/click`, {}),
			key: (k) => call('POST', `${s}/actions`, { actions: [{ type: 'key', id: 'k', actions: [{ type: 'keyDown', value: keys[k] ?? k }, { type: 'keyUp', value: keys[k] ?? k }] }] }),
			end: async () => { await call('DELETE', s).catch(() => {}); stop(); },
		};
	} catch (e) {
		stop();
		throw e;
	}
}

async function until(f, what) {
	for (let i = 0; i < 150; i++) {
		const got = await Promise.resolve(f()).catch(() => false);
		if (got)
			return got;
		await sleep(100);
	}
	throw new Error(`did not come: ${what}`);
}
const at = (e, path) => until(() => e.run(`return document.readyState === 'complete' && ${path}.test(location.pathname)`), `${path}`);
const choose = (e, name, value) => e.run(`const s = document.querySelector('main [name=${name}]'); s.value = ${JSON.stringify(value)}; s.dispatchEvent(new Event('input', { bubbles: true })); s.dispatchEvent(new Event('change', { bubbles: true }));`);
const shown = (e, selector) => e.run(`return document.querySelector('${selector}')?.textContent.replace(/\\s+/g, ' ').trim() || ''`);

async function journey(e) {
	const who = account('sales'), deal = await a_deal(`Motor${e.name}`);
	await e.go('/sign-in');
	await e.type('[name=email]', who.email);
	await e.type('main [name=password]', who.password);
	await e.click('main button[type=submit]');
	await at(e, '/dashboard/');
	await until(() => e.run("return document.querySelector('.chart-canvas canvas')?.width > 0"), 'a chart');
	ok(true, `${e.name}: home is shown, with its chart`);
	await e.go('/deals/new');
	for (const name of ['customer', 'domain'])
		await e.type(`main [name=${name}]`, deal[name]);
	for (const name of ['country', 'product_family', 'closes_on'])
		await choose(e, name, deal[name]);
	await e.type('main [name=amount]', '12000');
	like(await until(() => shown(e, '[data-precheck-result] .notice-good'), 'the pre-check'), /Nobody holds/, `${e.name}: the pre-check answers while one types`);
	/* By the keyboard: WebKit's driver misses the button while the page is still being laid out. */
	await e.run("document.querySelector('main form[data-precheck] button[type=submit]').focus()");
	await e.key('Enter');
	await at(e, '/^.deals.\\d+$/');
	like(await shown(e, '.state-line'), /Protected/, `${e.name}: a deal is registered and decided`);
	const id = await e.run("return location.pathname.split('/').pop()");

	await e.run("document.querySelector('.page-actions .confirm > summary').focus()");
	await e.key('Enter');
	await until(() => e.run("return document.querySelector('.confirm').open"), 'the question');
	await e.key('Escape');
	ok(await until(() => e.run("return !document.querySelector('.confirm').open && document.activeElement.matches('.confirm > summary')"), 'its end'), `${e.name}: a question opens by Enter, closes by Escape and gives the focus back`);
	await e.run("document.activeElement.blur()");
	await e.key('?');
	await until(() => e.run("return document.getElementById('keys').open"), 'the keys');
	ok(await e.run("return document.getElementById('keys').contains(document.activeElement)"), `${e.name}: the dialog takes the focus`);
	await e.key('Escape');
	ok(await until(() => e.run("return !document.getElementById('keys').open"), 'no dialog'), `${e.name}: and Escape closes it`);

	await api('owner', 'POST', `/deals/${id}/withdraw`, { reason: 'The customer bought elsewhere' });
	like(await until(async () => /Withdrawn/.test(await shown(e, '.state-line')) && shown(e, '.state-line'), 'the live state'), /Withdrawn/, `${e.name}: the state changes by itself`);
}

/* Focus goes down the page as one reads it; backwards jumps are few. */
const order = `
	const stops = [...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary')].filter((x) => x.offsetParent && x.tabIndex >= 0);
	let back = 0, last = -1;
	for (const x of stops) { const y = x.getBoundingClientRect().bottom; if (y < last - 60) back++; last = y; }
	return back;`;
async function layout(e) {
	const deals = (await api('sales', 'GET', '/deals?limit=1')).json.deals;
	const wide = [];
	for (const path of ['/dashboard', '/deals', '/deals/new', `/deals/${deals[0].id}`, '/rules', '/account', '/account/sessions', '/search?q=a', '/developers']) {
		await e.go(path);
		const over = await e.run('return document.documentElement.scrollWidth - document.documentElement.clientWidth');
		if (over > 0)
			wide.push(`${path}: ${over} px`);
		if (await e.run(order) > 2)
			wide.push(`${path}: the focus jumps`);
	}
	is(wide.join(', '), '', `${e.name}: no page scrolls sideways, the focus goes down the page`);
	ok(!e.faults.length, `${e.name}: no script fails`, e.faults.join('\n'));
}

for (const engine of process.env.PRM_ENGINE ? [process.env.PRM_ENGINE] : ['firefox', 'webkit'])
	await story(engine, async () => {
		const e = await ({ firefox, webkit })[engine]();
		try {
			await journey(e);
			await layout(e);
		} finally {
			await e.end();
		}
	});
done();
