// library
/* places.mjs - every page of the portal and the states a page can be in, role by role
 *
 * A place: { role, name, path } or { ..., go(page) } for a state that has to be made first.
 * "once": true changes data, so it is visited once and not in every theme and width.
 */
import { account, base, press } from './browser.mjs';

/* A call of the API as a role; the parsed answer. Behind a validating proxy (PRM_API) what an
 * answer does against the description is collected in violations. */
export const violations = [];
export async function api(role, method, path, body) {
	const [name, n] = role.split(':');
	const r = await fetch(`${process.env.PRM_API || `${base}/api/v1`}${path}`, {
		method,
		headers: {
			Authorization: `Bearer ${account(name, Number(n || 1)).token}`, Accept: 'application/json',
			...(method !== 'GET' && { 'Content-Type': 'application/json' }),
		},
		body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
	});
	for (const v of JSON.parse(r.headers.get('sl-violations') || '[]'))
		if (v.location?.[0] === 'response')
			violations.push(`${role} ${method} ${path}: ${v.message} at ${v.location.join('.')}`);
	return { status: r.status, json: await r.json().catch(() => null) };
}

export const in_days = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);
const serial = Date.now().toString(36);
let family;
/* What a partner types; the customer is nobody's yet. */
export async function a_deal(word, more) {
	family ||= (await api('owner', 'GET', '/product-families')).json.product_families[0].code;
	return {
		customer: `${word} ${serial} GmbH`, domain: `${word.toLowerCase()}-${serial}.example`, country: 'DE', product_family: family,
		amount: '12000.00', currency: 'EUR', closes_on: in_days(60), notes: 'Renewal of their gateway, 400 seats.', ...more,
	};
}
async function made(answer, what) {
	const r = await answer;
	if (r.status >= 300)
		throw new Error(`${what}: ${r.status} ${JSON.stringify(r.json)}`);
	return r.json.deal;
}
/* One registration of the first owner in every state it can have. */
async function one_of_each() {
	const ids = {};
	const register = async (word, more) => (await made(api('owner', 'POST', '/deals', await a_deal(word, more)), word)).id;

	ids.approved = await register('Halden');
	ids.draft = (await made(api('owner', 'POST', '/deals/drafts', await a_deal('Entwurf', { closes_on: undefined })), 'draft')).id;
	await made(api('owner:2', 'POST', '/deals', await a_deal('Rivale')), 'rival');
	ids.duplicate = await register('Rivale');
	ids.in_review = await register('Grossauftrag', { amount: '900000.00' });
	ids.action_required = await register('Rueckfrage', { amount: '900000.00' });
	await made(api('deal_desk', 'POST', `/deals/${ids.action_required}/return`, { fields: ['amount'], asked: 'Please send the value of the first year only.' }), 'return');
	ids.rejected = await register('Ablehnung', { amount: '900000.00' });
	await made(api('deal_desk', 'POST', `/deals/${ids.rejected}/reject`, { reason: 'The customer has signed with us directly.' }), 'reject');
	ids.withdrawn = await register('Zurueck');
	await made(api('owner', 'POST', `/deals/${ids.withdrawn}/withdraw`, { reason: 'The customer bought elsewhere' }), 'withdraw');
	ids.converted = await register('Gewonnen');
	await made(api('owner', 'POST', `/deals/${ids.converted}/convert`, {}), 'convert');
	for (const status of ['expired', 'revoked'])
		ids[status] = (await api('owner', 'GET', `/deals?status=${status}&limit=1`)).json.deals[0]?.id;
	await api('owner', 'POST', `/deals/${ids.approved}/comment`, { text: 'Their security team asks for a trial next week.' });
	await api('deal_desk', 'POST', `/deals/${ids.approved}/comment`, { text: 'Checked against the CRM: no direct contact.', internal: true });
	return ids;
}

const open_pop = (path, selector) => async (page) => { await page.goto(path); await page.locator(selector).first().click(); };
async function fill_deal(page, deal) {
	for (const [name, value] of Object.entries(deal)) {
		const f = page.locator(`main [name=${name}]`);
		if (await f.evaluate((e) => e.tagName) === 'SELECT')
			await f.selectOption(value);
		else
			await f.fill(value);
	}
}
const precheck = (deal, answer) => async (page) => {
	await page.goto('/deals/new');
	await fill_deal(page, deal);
	await page.locator(`.notice-${answer}`).waitFor();
};
export { fill_deal };
const submit = (page) => press(page, 'main form[method=post] button[type=submit]');
const csv = (lines) => ({ name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
async function import_report(page) {
	const d = await a_deal('Liste');
	await page.goto('/deals/import');
	await page.locator('main [type=file]').setInputFiles(csv([
		'customer,domain,country,product_family,amount,currency,closes_on,notes',
		`${d.customer},${d.domain},DE,${d.product_family},12000,EUR,${d.closes_on},first`,
		`Rivale ${serial} GmbH,rivale-${serial}.example,DE,${d.product_family},12000,EUR,${d.closes_on},taken`,
		`Ohne Domain GmbH,,DE,${d.product_family},12000,EUR,${d.closes_on},`,
		`Falsch GmbH,falsch.example,XX,${d.product_family},zwölf,EUR,2020-01-01,bad`,
	]));
	await submit(page);
}
async function step_up(page, role) {
	if (new URL(page.url()).pathname === '/account/step-up') {
		await page.locator('main [name=password]').fill(account(role).password);
		await submit(page);
	}
}
const after_step_up = (role, path) => async (page) => { await page.goto(path); await step_up(page, role); };

export async function places() {
	const deals = await one_of_each();
	const foreign = (await api('owner:2', 'GET', '/deals?limit=1')).json.deals[0].id;
	const queue = (await api('deal_desk', 'GET', '/deals?status=in_review&limit=1')).json.deals[0].id;
	const people = (await api('owner', 'GET', '/users')).json.users;
	const staff = (await api('administrator', 'GET', '/admin/people?limit=3')).json.people;
	const partners = (await api('channel_manager', 'GET', '/partners?limit=2')).json.partners;
	const list = [];
	const at = (role, name, path) => list.push({ role, name, path: path ?? name });
	const make = (role, name, go, more) => list.push({ role, name, go, ...more });

	for (const path of ['/', '/sign-in', '/reset', '/rules', '/rules?version=1', '/developers', '/nowhere', '/invitation/gone', '/reset/gone', '/account/email/confirm/gone'])
		at(null, path);
	make(null, 'sign-in refused', async (page) => { await page.goto('/sign-in'); await page.fill('[name=email]', 'nobody@nowhere.example'); await page.fill('main [name=password]', 'wrong'); await submit(page); });
	make(null, 'reset asked', async (page) => { await page.goto('/reset'); await page.fill('main [name=email]', 'nobody@nowhere.example'); await submit(page); }, { once: true });

	for (const path of ['/dashboard', '/deals', '/deals?status=approved', '/deals?q=zzzzzz', '/deals/new', '/deals/import', '/users', '/users/new', '/account',
		'/account/password', '/account/email', '/account/sessions', '/account/tokens', '/account/totp', '/account/step-up', '/search?q=a', '/search?q=zzzzzz', '/search', '/rules', '/developers'])
		at('owner', path);
	at('owner', 'nothing here', '/nowhere');
	at('owner', 'not allowed', '/admin/system');
	at('owner', 'a foreign deal', `/deals/${foreign}`);
	for (const [status, id] of Object.entries(deals))
		if (id)
			at('owner', `deal ${status}`, `/deals/${id}`);
	at('owner', 'draft, changed', `/deals/${deals.draft}/edit`);
	at('owner', 'action required, changed', `/deals/${deals.action_required}/edit`);
	at('owner', 'more time', `/deals/${deals.approved}/extend`);
	for (const p of people.slice(0, 2))
		at('owner', `person ${p.status} ${p.name}`, `/users/${p.id}`);
	make('owner', 'deal refused', async (page) => { await page.goto('/deals/new'); await page.fill('main [name=domain]', 'not a domain'); await submit(page); });
	make('owner', 'invitation refused', async (page) => { await page.goto('/users/new'); await submit(page); });
	make('owner', 'clear', precheck(await a_deal('Neuland'), 'good'));
	make('owner', 'likely conflict', precheck(await a_deal('Rivale', { domain: `rivale-${serial}.test` }), 'wait'));
	make('owner', 'protected', precheck(await a_deal('Rivale'), 'bad'));
	make('owner', 'withdraw asked', open_pop(`/deals/${deals.in_review}`, '.page-actions .confirm summary'));
	make('owner', 'import report', import_report);
	make('owner', 'import refused', async (page) => { await page.goto('/deals/import'); await submit(page); });
	make('owner', 'person menu', open_pop('/dashboard', '.person > summary'));
	make('owner', 'new menu', open_pop('/dashboard', '.new-menu'));
	make('owner', 'columns', async (page) => { await page.goto('/deals'); const c = page.locator('.choose-columns > summary'); if (await c.isVisible()) await c.click(); });
	make('owner', 'filter', async (page) => { await page.goto('/deals'); const c = page.locator('.filter-toggle'); if (await c.isVisible()) await c.click(); });
	make('owner', 'chosen rows', async (page) => { await page.goto('/deals'); const c = page.locator('.pick'); if (await c.count()) await c.first().check(); });
	make('owner', 'keys', async (page) => { await page.goto('/dashboard'); await page.keyboard.press('?'); });
	make('owner', 'new token', after_step_up('owner', '/account/tokens/new'));
	make('owner', 'token made', async (page) => {
		await after_step_up('owner', '/account/tokens/new')(page);
		await page.fill('main [name=name]', `CRM ${serial}`);
		await page.locator('main [name=scopes]').first().check();
		await page.locator('main select').selectOption({ index: 1 });
		await submit(page);
	}, { once: true });
	at('owner', 'tokens, one made', '/account/tokens');
	for (const path of ['/dashboard', '/deals', '/deals/new', '/account'])
		at('engineer', path);
	for (const path of ['/dashboard', '/deals', '/account/tokens'])
		at('sales', path);

	for (const path of ['/dashboard', '/partners', '/partners?q=zzzzzz', '/deals', '/search?q=nord', '/account'])
		at('channel_manager', path);
	for (const p of partners)
		at('channel_manager', `partner ${p.name}`, `/partners/${p.id}`);
	for (const path of ['/dashboard', '/partners', '/deals', '/deals?status=in_review'])
		at('deal_desk', path);
	at('deal_desk', 'decide', `/deals/${queue}/decide`);
	at('deal_desk', 'decide, held already', `/deals/${deals.in_review}/decide`);
	for (const status of ['approved', 'in_review', 'duplicate', 'action_required'])
		at('deal_desk', `deal ${status}`, `/deals/${deals[status]}`);
	at('deal_desk', 'revoke', `/deals/${deals.approved}/decide`);
	make('deal_desk', 'decision refused', async (page) => {
		await page.goto(`/deals/${queue}/decide`);
		await page.locator('summary:has-text("Reject")').click();
		await press(page, 'form[action$="/reject"] button[type=submit]');
	});

	for (const path of ['/dashboard', '/admin/programme', '/admin/programme/rules', '/admin/programme/families', '/admin/programme/families/1', '/admin/programme/regions',
		'/admin/programme/regions/1', '/admin/programme/calendar', '/admin/people', '/admin/people?q=zzzzzz', '/admin/system', '/admin/system/mails', '/admin/system/mails?status=dead',
		'/admin/system/jobs', '/admin/system/audit', '/partners', '/deals', '/account'])
		at('administrator', path);
	at('administrator', 'partner', `/partners/${partners[0].id}`);
	at('administrator', 'step-up', '/account/step-up');
	at('administrator', 'second factor', '/account/totp');
	at('administrator', 'invite', '/admin/people/new');
	make('administrator', 'invitation refused', async (page) => { await page.goto('/admin/people/new'); await submit(page); });
	for (const p of staff)
		at('administrator', `person ${p.name}`, `/admin/people/${p.id}`);
	make('administrator', 'a mail', async (page) => { await page.goto('/admin/system/mails'); await page.goto(await page.locator('a.row-link').first().getAttribute('href')); });
	make('administrator', 'rules, draft', async (page) => {
		await page.goto('/admin/programme/rules');
		const begin = page.locator('form[action$="/rules/draft"] button');
		if (await begin.count())
			await press(page, begin);
	});
	at('administrator', 'values', '/admin/programme/rules/values');
	make('administrator', 'clause', async (page) => { await page.goto('/admin/programme/rules'); await page.goto(await page.locator('.toc a').first().getAttribute('href')); });
	for (const path of ['/dashboard', '/deals', '/admin/system/audit', '/partners'])
		at('auditor', path);
	return list;
}
