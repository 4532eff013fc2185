/* pages.mjs - every page and state, as every role, on a phone and at a desk, light and dark
 *
 * axe finds nothing to mend, the HTML checker no error, nothing scrolls sideways, nothing moves
 * while it loads, the console stays silent, no other host is asked, and the page keeps its budget.
 */
// alone
// seconds: 600
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { close, desk, done, is, ok, phone, story, visitor } from './browser.mjs';
import { places } from './places.mjs';

const require = createRequire(import.meta.url);
const axe = readFileSync(createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8');
const vnu = require.resolve('vnu-jar/build/dist/vnu.jar');
const html = mkdtempSync(join(tmpdir(), 'pages-'));
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const kb = (n) => `${(n / 1024).toFixed(1)} KB`;
const wrong = { phone: new Map(), desk: new Map() };

function blame(where, what, place, text) {
	const list = wrong[where].get(what) || wrong[where].set(what, []).get(what);
	list.push(`${place}: ${text}`);
	if (process.env.PRM_PLACE)
		console.log(`# ${where}, ${what}: ${place}: ${text}`);
}

/* Violations as lines a person can act on. */
async function look(page, only) {
	const found = await page.evaluate(([rules, run_tags]) => window.axe.run(document, {
		resultTypes: ['violations'], preload: false, runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: run_tags },
	}).then((r) => r.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`).join(' | ')}`)), [only, tags]);
	return found;
}

/* What stands wider than its place: the page itself, or a table in it. */
const measure = () => {
	const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
	const tables = [...document.querySelectorAll('main .table-wrap')].filter((e) => e.scrollWidth > e.clientWidth + 1)
		.map((e) => `a table ${e.scrollWidth - e.clientWidth} px wider than its place`);
	const cut = [...document.querySelectorAll('main .btn, main .state')].filter((e) => e.getClientRects().length === 1 && e.scrollWidth > e.clientWidth + 1).map((e) => `"${e.textContent.trim()}" is cut`);
	const small = matchMedia('(pointer: coarse)').matches ? [...document.querySelectorAll('.btn, .bottom-bar a, select, .pop-list a, .pop-list button, input:not([type=hidden], [type=checkbox], [type=radio], .visually-hidden)')]
		.filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5).map((e) => `"${(e.textContent || e.name).trim().slice(0, 30)}" is ${e.getBoundingClientRect().height} px high`) : [];
	return { wide: [...(wide > 0 ? [`the page is ${wide} px too wide`] : []), ...tables, ...cut], small, moved: window.moved || 0 };
};

const weights = new Map();
async function weight(request, url) {
	if (!weights.has(url))
		weights.set(url, gzipSync(await (await request.get(url)).body()).length);
	return weights.get(url);
}
async function budget(page, where, name) {
	const urls = await page.evaluate(() => performance.getEntriesByType('resource').filter((e) => ['link', 'css', 'script'].includes(e.initiatorType)).map((e) => e.name));
	const sum = async (list) => (await Promise.all(list.map((u) => weight(page.request, u)))).reduce((a, b) => a + b, 0);
	const css = await sum(urls.filter((u) => /\.css/.test(u))), js = await sum(urls.filter((u) => /\.js/.test(u) && !/charts/.test(u)));
	const text = gzipSync(await page.document.body()).length;
	if (text > 30 * 1024 || css > 30 * 1024 || js > 40 * 1024)
		blame(where, 'budget', name, `HTML ${kb(text)}, style ${kb(css)}, script ${kb(js)}`);
	const asked = await page.evaluate(() => performance.getEntriesByType('resource').filter((e) => !/\/live|precheck|waiting/.test(e.name)).length);
	if (asked > 9)
		blame(where, 'budget', name, `${asked} requests`);
}

async function visit(page, where, place, n) {
	const name = `${place.role ?? 'anybody'}, ${place.name}`;
	if (place.go)
		await place.go(page);
	else
		await page.goto(place.path);
	const at = await page.evaluate(measure);
	for (const text of at.wide)
		blame(where, 'width', name, text);
	for (const text of at.small)
		blame(where, 'touch', name, text);
	if (at.moved > 0.01 && !place.go)
		blame(where, 'shift', name, `moved by ${at.moved.toFixed(3)}`);
	if (where === 'phone')
		writeFileSync(join(html, `${String(n).padStart(3, '0')}-${name.replace(/\W+/g, '-')}.html`), await page.document.body());
	if (!place.go)
		await budget(page, where, name);
	await page.evaluate(axe);
	for (const v of await look(page))
		blame(where, 'axe', name, v);
	// The same colours stand on the same parts at a desk; only charts and menus are others.
	if (where === 'phone' || place.name === '/dashboard' || place.go) {
		await page.emulateMedia({ colorScheme: 'dark' });
		for (const v of await look(page, ['color-contrast']))
			blame(where, 'axe', `${name}, dark`, v);
		await page.emulateMedia({ colorScheme: 'light' });
	}
	for (const f of page.faults.splice(0))
		blame(where, 'silence', name, f);
}

async function tour(where, options, list) {
	let n = 0;
	for (const role of new Set(list.map((p) => p.role))) {
		const page = await visitor(role, options);
		// A menu or the page before may ask whether to leave.
		page.on('dialog', (d) => d.accept());
		await page.addInitScript(() => {
			window.moved = 0;
			new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.moved += e.value; }).observe({ type: 'layout-shift', buffered: true });
		});
		for (const place of list.filter((p) => p.role === role && (where === 'phone' || !p.once)))
			await visit(page, where, place, ++n).catch((e) => ok(false, `${where}: ${role ?? 'anybody'}, ${place.name} can be visited`, e.stack));
		await page.context().close();
	}
	return n;
}

const list = (await places()).filter((p) => !process.env.PRM_PLACE || new RegExp(process.env.PRM_PLACE).test(`${p.role}, ${p.name}`));
const [on_phone, at_desk] = await Promise.all([tour('phone', phone, list), tour('desk', desk, list)]);
await close();

const said = { width: 'nothing scrolls sideways and nothing is cut', touch: 'what is touched is 44 px high', shift: 'nothing moves while it loads', budget: 'weight and number of requests keep the budget', axe: 'axe finds nothing, light or dark', silence: 'no console error, refused script or foreign host' };
for (const [where, what] of Object.entries({ phone: `${on_phone} pages at 360 px`, desk: `${at_desk} pages at 1280 px` }))
	for (const [kind, title] of Object.entries(said))
		ok(!wrong[where].get(kind), `${what}: ${title}`, wrong[where].get(kind)?.slice(0, 40).join('\n'));

await story('HTML', async () => {
	const { stderr } = await promisify(execFile)('java', ['-Xss4m', '-jar', vnu, '--format', 'gnu', html], { maxBuffer: 1 << 26 }).catch((e) => e);
	const faults = String(stderr).split('\n').filter((l) => /: (error|fatal)/.test(l)).map((l) => l.replace(/^.*\/(\d\d\d-[^/"]*)/, '$1'));
	is(faults.length, 0, 'the HTML checker finds no error in any page');
	if (faults.length)
		console.log(faults.slice(0, 40).map((l) => `# ${l}`).join('\n'));
	else if (stderr && /exception|Unable/i.test(stderr))
		ok(false, 'the HTML checker runs', stderr);
});
rmSync(html, { recursive: true });
done();
