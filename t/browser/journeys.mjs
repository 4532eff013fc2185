/* journeys.mjs - what people come for, done with a thumb at 360 px, by keyboard alone and without script
 *
 * The calls of the API that prepare and check a journey go through Prism, a validating proxy,
 * and so does a page's own call: no answer may break the description.
 */
// seconds: 420
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { account, base, close, desk, done, is, like, ok, phone, press, sign_in, story, visitor } from './browser.mjs';
import { a_deal, api, fill_deal, in_days, violations } from './places.mjs';

// ---- Prism ----
const free_port = () => new Promise((yes) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => yes(port)); }); });
async function start_prism() {
	const port = await free_port(), bin = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
	const prism = spawn('node', [bin, 'proxy', new URL('../../doc/openapi.json', import.meta.url).pathname, `${base}/api/v1`, '--port', port, '--host', '127.0.0.1'], { stdio: 'ignore' });
	process.env.PRM_API = `http://127.0.0.1:${port}`;
	for (let i = 0; i < 600; i++) {
		if (await fetch(`${process.env.PRM_API}/rules`).then((r) => r.ok, () => false))
			return prism;
		await new Promise((yes) => setTimeout(yes, 100));
	}
	prism.kill();
	throw new Error('Prism does not start');
}

const faults = [];
async function person(role, options = phone) {
	const page = await visitor(role, options);
	page.context().on('close', () => faults.push(...page.faults));
	return page;
}
const leave = (...pages) => Promise.all(pages.map((p) => p.context().close()));
const text = (page, selector) => page.locator(selector).first().innerText();
const id_of = (page) => Number(new URL(page.url()).pathname.match(/^\/deals\/(\d+)$/)?.[1] ?? 0);
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const button = (page, name) => page.locator('main').getByRole('button', { name, exact: true }).first();
const register = async (role, word, more) => (await api(role, 'POST', '/deals', await a_deal(word, more))).json.deal;

async function by_thumb() {
	const page = await person(null);
	await sign_in(page, account('owner'));
	is(new URL(page.url()).pathname, '/dashboard', 'a partner signs in and is at home');
	await page.locator('.new-menu > summary').tap();
	await Promise.all([page.waitForURL('**/deals/new'), page.getByRole('link', { name: 'Register a deal' }).first().tap()]);
	const deal = await a_deal('Daumen');
	await fill_deal(page, deal);
	await page.locator('[data-precheck-result] .notice-good').waitFor();
	like(await text(page, '[data-precheck-result]'), /Nobody holds this customer/, 'while they type they read that the customer is free');
	is(await sideways(page), 0, 'and nothing scrolls sideways');
	await press(page, button(page, 'Register deal'));
	const id = id_of(page);
	ok(id, 'the registration has a page of its own');
	like(await text(page, '.record-head'), /Protected[\s\S]*until[\s\S]*Clause \d\.\d/, 'which says protected, until when, and by which clause');

	await page.locator('#composer-text').fill('They want a trial in January.');
	await press(page, button(page, 'Add comment'));
	like(await text(page, '.timeline'), /They want a trial in January/, 'a comment stands in the story');

	await page.locator('.page-actions .confirm summary', { hasText: 'Withdraw' }).tap();
	like(await text(page, '.confirm[open] .pop-body'), /does not come back/, 'withdrawing asks first');
	await press(page, page.getByRole('button', { name: 'Withdraw the registration' }));
	like(await text(page, '.state-line'), /Withdrawn/, 'and then is done');
	is((await api('owner', 'GET', `/deals/${id}`)).json.deal.status, 'withdrawn', 'a program sees the same');
	is((await api('owner:2', 'POST', '/deals/precheck', { customer: deal.customer, domain: deal.domain, country: 'DE', product_family: deal.product_family })).json.precheck.answer, 'clear', 'and the customer is free for others');
	await leave(page);
}

async function rivals() {
	const deal = await a_deal('Zweimal'), held = (await api('owner:2', 'POST', '/deals', deal)).json.deal;
	const page = await person('owner');
	await page.goto('/deals/new');
	await fill_deal(page, deal);
	await page.locator('[data-precheck-result] .notice-bad').waitFor();
	like(await text(page, '[data-precheck-result]'), /Protected for another registration until \d/, 'a held customer is said to be protected, and until when');
	ok(!(await page.content()).includes(held.partner ?? 'no such'), 'but never for whom');
	await page.locator('main [name=domain]').fill(deal.domain.replace('.example', '.test'));
	await page.locator('[data-precheck-result] .notice-wait').waitFor();
	like(await text(page, '[data-precheck-result]'), /desk would compare/, 'a namesake is said to be a likely conflict');
	await page.locator('main [name=domain]').fill(deal.domain);
	await page.locator('[data-precheck-result] .notice-bad').waitFor();
	await press(page, button(page, 'Register deal'));
	like(await text(page, '.record-head'), /Already registered[\s\S]*Clause 2\.1/, 'registering it all the same is answered with the clause');
	await leave(page);
}

async function live() {
	const deal = await register('owner', 'Lebend', { amount: '900000.00' });
	const [partner, writer, clerk] = await Promise.all([person('owner'), person('owner'), person('deal_desk', desk)]);
	await Promise.all([partner.goto(`/deals/${deal.id}`), writer.goto(`/deals/${deal.id}`)]);
	await writer.locator('#composer-text').fill('Half a thought');
	like(await text(partner, '.state-line'), /Waiting for the deal desk/, 'the partner looks at what waits');
	like(await text(partner, '.facts'), /Decision due/, 'with its clock');
	await partner.evaluate(() => { window.same = true; });
	await clerk.goto(`/deals/${deal.id}`);
	await press(clerk, clerk.locator('main').getByRole('link', { name: 'Decide' }));
	await clerk.locator('form[action$="/approve"] [name=reason]').fill('The value is plausible.');
	await press(clerk, 'form[action$="/approve"] button[type=submit]');
	like(await text(clerk, '.state-line'), /Protected/, 'the desk approves');
	await partner.locator('.state-line', { hasText: 'Protected' }).waitFor({ timeout: 20000 });
	ok(await partner.evaluate(() => window.same), "the partner's page shows it without being loaded again");
	await partner.locator('#announce', { hasText: 'Protected' }).waitFor({ state: 'attached' }).then(() => ok(true, 'and tells a screen reader'), () => ok(false, 'and tells a screen reader'));
	await partner.locator('.timeline', { hasText: 'The value is plausible' }).waitFor({ timeout: 20000 });
	like(await text(partner, '.page-actions'), /The deal is won|Mark as won/, 'what can be done now can be done');
	ok(!/Decision due|deal desk decides/.test(await text(partner, '.record-main')), 'the facts and the next step are the new ones');
	like(await text(partner, '.facts'), /Protected until/, 'with the day protection ends');
	ok(await partner.evaluate(() => window.same), 'still without being loaded again');
	const changed = writer.locator('[data-live-changed]');
	await changed.waitFor({ timeout: 20000 });
	is(await writer.locator('#composer-text').inputValue(), 'Half a thought', 'who is writing loses no word');
	like(await changed.innerText(), /has changed[\s\S]*Show what changed/, 'and is told that there is news');
	await writer.locator('#announce', { hasText: 'has changed' }).waitFor({ state: 'attached', timeout: 5000 });
	await writer.locator('#composer-text').fill('');
	await writer.locator('h1').click();
	await writer.locator('.timeline', { hasText: 'The value is plausible' }).waitFor({ timeout: 20000 });
	is(await changed.count() - await writer.locator('[data-live-changed][hidden]').count(), 0, 'which comes when nothing is lost by it');
	await leave(partner, writer, clerk);
}

async function today() {
	const deal = await register('owner', 'Heute', { amount: '900000.00' });
	const page = await person('channel_manager');
	await page.goto('/dashboard');
	const row = page.locator('.waiting > li', { hasText: deal.customer });
	await row.waitFor({ timeout: 20000 });
	like(await row.innerText(), /due/, "Today shows a channel manager what waits, with its clock");
	await press(page, row.getByRole('link', { name: /^Decide/ }));
	await page.locator('summary', { hasText: 'Reject' }).tap();
	await press(page, 'form[action$="/reject"] button[type=submit]');
	like(await text(page, '.error-summary'), /reason/i, 'turning down needs a reason');
	await page.locator('form[action$="/reject"] [name=reason]').fill('The customer is one of our own accounts.');
	await press(page, 'form[action$="/reject"] button[type=submit]');
	like(await text(page, '.record-head, main'), /Rejected[\s\S]*own accounts[\s\S]*Clause/, 'then it is turned down, with reason and clause');
	await page.goto('/dashboard');
	is(await page.locator('.waiting > li', { hasText: deal.customer }).count(), 0, 'and waits no more');
	await leave(page);
}

async function returned() {
	const deal = await register('owner', 'Nachfrage', { amount: '900000.00' });
	const clerk = await person('deal_desk', desk);
	await clerk.goto(`/deals/${deal.id}/decide`);
	await clerk.locator('summary', { hasText: 'Ask for more' }).click();
	await clerk.locator('form[action$="/return"] [name=asked]').fill('Only the first year, please.');
	await clerk.locator('form[action$="/return"] [name=fields][value=amount]').check();
	await press(clerk, 'form[action$="/return"] button[type=submit]');
	const page = await person('owner');
	await page.goto('/dashboard');
	await press(page, page.locator('.waiting > li', { hasText: deal.customer }).getByRole('link', { name: /^Answer/ }));
	like(await text(page, 'main'), /Only the first year, please/, 'the partner reads what the desk asks');
	const names = await page.locator('main form .field :is(input, select, textarea):not([type=hidden])').evaluateAll((l) => l.map((e) => e.name));
	is(names.join(), 'amount,currency', 'and can change that alone');
	await page.locator('[name=amount]').fill('120000');
	await press(page, button(page, 'Send back to the deal desk'));
	like(await text(page, '.state-line'), /Protected/, 'a value within the rules is then approved at once');
	await leave(clerk, page);
}

async function colleague() {
	const page = await person('owner');
	await page.goto('/users/new');
	const email = `neu-${Date.now()}@nordlicht-systemhaus.example`;
	await page.locator('[name=email]').fill(email);
	await page.locator('[name=name]').fill('Nele Neumann');
	await page.locator('main input[type=checkbox][value=sales]').check();
	await press(page, button(page, 'Send the invitation'));
	like(await page.locator('main').innerText(), /Nele Neumann|Invited/, 'an owner invites a colleague');
	await leave(page);
}

async function mistakes() {
	const page = await person('owner');
	await page.goto('/deals/new');
	await fill_deal(page, { customer: 'Halb & Halb <GmbH>', domain: 'not a domain', amount: '12.000,00', notes: 'Kept "as typed"' });
	const [answer] = await Promise.all([page.waitForNavigation(), button(page, 'Register deal').tap()]);
	is(answer.status(), 422, 'a form with a mistake is refused');
	is(await page.locator('[name=customer]').inputValue(), 'Halb & Halb <GmbH>', 'what was typed is kept');
	is(await page.locator('[name=domain]').inputValue(), 'not a domain', 'also what is wrong');
	is(await page.locator('[name=notes]').inputValue(), 'Kept "as typed"', 'and what is long');
	ok(await page.locator('.error-summary').evaluate((e) => e === document.activeElement), 'the eye is led to the summary');
	await page.locator('.error-summary a[href="#f-domain"]').tap();
	ok(await page.locator('#f-domain').evaluate((e) => e === document.activeElement), 'and from there to the field');
	await leave(page);
}

async function twice() {
	const page = await person('owner', desk), deal = await a_deal('Doppelt');
	await page.goto('/deals/new');
	await fill_deal(page, deal);
	await Promise.all([page.waitForURL(/\/deals\/\d+$/), button(page, 'Register deal').dblclick({ noWaitAfter: true })]);
	await page.goBack();
	await Promise.all([page.waitForURL(/\/deals(\/\d+)?$/), button(page, 'Register deal').click({ noWaitAfter: true })]);
	await page.waitForLoadState();
	const found = (await api('owner', 'GET', `/deals?q=${deal.domain}`)).json.deals;
	is(found.length, 1, 'a double click, then back and the button again, make one registration');
	await leave(page);
}

/* Only Tab, typing, arrows, Space and Enter. */
async function by_keyboard() {
	const page = await person(null, desk), who = account('owner'), deal = await a_deal('Tastatur');
	const at = (selector) => page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
	const go = async (selector) => {
		for (let i = 0; i < 80 && !(await at(selector)); i++)
			await page.keyboard.press('Tab');
		if (!(await at(selector)))
			throw new Error(`Tab never reaches ${selector}`);
	};
	await page.goto('/sign-in');
	await page.keyboard.press('Tab');
	ok(await at('.skip'), 'the first stop is the way to the content');
	await go('[name=email]');
	await page.keyboard.type(who.email);
	await go('[name=password]');
	await page.keyboard.type(who.password);
	await Promise.all([page.waitForURL('**/dashboard'), page.keyboard.press('Enter')]);
	await page.keyboard.press('?');
	ok(await page.locator('#keys').isVisible(), '"?" lists the keys');
	await page.keyboard.press('Escape');
	ok(!(await page.locator('#keys').isVisible()), 'Escape closes them');
	await page.keyboard.press('/');
	ok(await at('input[type=search]'), '"/" leads to the search');
	await page.keyboard.press('Escape');
	await page.keyboard.press('n');
	ok(await at('.new-menu a'), '"n" opens what can be made new');
	await Promise.all([page.waitForURL('**/deals/new'), page.keyboard.press('Enter')]);
	for (const name of ['customer', 'domain']) {
		await go(`[name=${name}]`);
		await page.keyboard.type(deal[name]);
	}
	await go('[name=country]');
	await page.keyboard.type('Germany');
	await go('[name=product_family]');
	await page.keyboard.press('ArrowDown');
	await go('[name=amount]');
	await page.keyboard.type('12000');
	await go('[name=closes_on]');
	const [y, m, d] = in_days(60).split('-');
	await page.keyboard.type(`${m}${d}${y}`);
	await go('main form[data-precheck] button[type=submit]');
	const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
	ok(ring !== 'none', 'where the keyboard is can be seen');
	await Promise.all([page.waitForURL(/\/deals\/\d+$/), page.keyboard.press('Enter')]);
	like(await text(page, '.state-line'), /Protected/, 'a deal is registered by keyboard alone');
	await go('.confirm > summary');
	await page.keyboard.press('Enter');
	ok(await page.locator('.confirm[open]').isVisible(), 'a question opens by Enter');
	await page.keyboard.press('Escape');
	ok(!(await page.locator('.confirm[open]').count()) && await at('.confirm > summary'), 'closes by Escape and gives the focus back');
	await leave(page);
}

async function without_script() {
	const page = await person(null, { ...phone, javaScriptEnabled: false }), deal = await a_deal('Skriptlos');
	await sign_in(page, account('owner'));
	await page.goto('/deals/new');
	await fill_deal(page, deal);
	await press(page, button(page, 'Register deal'));
	like(await text(page, '.state-line'), /Protected/, 'without script a deal is registered and decided');
	await page.locator('#composer-text').fill('Said without script.');
	await press(page, button(page, 'Add comment'));
	like(await text(page, '.timeline'), /Said without script/, 'a comment is made');
	await page.goto('/deals');
	await page.locator('.filter [name=q]').fill(deal.domain);
	await Promise.all([page.waitForEvent('load'), page.locator('.filter [name=q]').press('Enter')]);
	is(await page.locator('#list-rows > tr').count(), 1, 'the list is searched');
	await press(page, '#list-rows a.row-link');
	await page.locator('.page-actions .confirm summary', { hasText: 'Withdraw' }).tap();
	await press(page, page.getByRole('button', { name: 'Withdraw the registration' }));
	like(await text(page, '.state-line'), /Withdrawn/, 'and it is withdrawn');
	await page.locator('.person > summary').tap();
	await press(page, page.locator('.person').getByRole('button', { name: 'Sign out' }));
	is((await page.goto('/deals')).url().replace(/\?.*/, ''), `${base}/sign-in`, 'signed out is out');
	await leave(page);
}

/* The page's own call goes through the proxy, too. */
async function described() {
	const page = await person('owner', desk);
	await page.route('**/api/v1/**', async (route) => route.fulfill({ response: await route.fetch({ url: route.request().url().replace(`${base}/api/v1`, process.env.PRM_API) }) }));
	await page.goto('/deals');
	const seen = await page.evaluate(async (token) => {
		const out = [];
		for (const path of ['deals?limit=5', 'dashboard', 'rules', 'product-families', 'account', 'deals/999999999']) {
			const r = await fetch(`/api/v1/${path}`, { headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' }, credentials: 'omit' });
			out.push([path, r.status, r.headers.get('sl-violations')]);
		}
		return out;
	}, account('owner').token);
	is(seen.map((s) => s[1]).join(), '200,200,200,200,200,404', 'a page calls the API through the proxy');
	for (const [path, , said] of seen)
		if (said)
			violations.push(`${path}: ${said}`);
	await leave(page);
}

const prism = await start_prism();
try {
	// Side by side where one does not look at what the other does.
	for (const round of [[by_thumb, rivals], [live, today], [returned, colleague], [mistakes, twice], [by_keyboard, without_script], [described]])
		await Promise.all(round.filter((f) => (process.env.PRM_STORY ?? f.name) === f.name).map((f) => story(f.name.replaceAll('_', ' '), f)));
} finally {
	await close();
	prism.kill();
}
is(violations.length, 0, 'no answer of the API broke its description');
violations.slice(0, 20).forEach((v) => console.log(`# ${v}`));
const loud = faults.filter((f) => !/ERR_ABORTED|net::ERR_FAILED/.test(f));
ok(!loud.length, 'no page said anything to the console or asked another host', loud.join('\n'));
done();
