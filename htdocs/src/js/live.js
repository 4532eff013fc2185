/* live.js - <div data-live="URL" data-live-every="5"> asks again and shows what changed
 *
 * 304 changes nothing; a hidden tab pauses; errors slow it down, up to a minute; an answer
 * that says "no longer yours" ends it.  With data-live-page="URL" the record around it is
 * drawn anew from that page when it changed, unless words typed there would be lost.
 */
import { unsaved } from './forms.js';
import { on_content, say, say_of } from './say.js';

function busy_inside(part) {
	return part.contains(document.activeElement) && document.activeElement.matches('input, textarea, select');
}

/* Somebody works here: in a field, in an open question, or with words not yet sent. */
function in_use(record) {
	return busy_inside(record) || record.querySelector('[data-pop][open]') || unsaved(record);
}

/* The link or button that had the focus, as it stands in the record drawn anew. */
function same_place(record, e) {
	const same = (x) => x.textContent.trim() === e.textContent.trim() && x.getAttribute('href') === e.getAttribute('href');

	return [...record.querySelectorAll(e.tagName)].find(same) || document.getElementById('main');
}

/* Draws the record around part from its page; true when it now is what the server says. */
async function draw_anew(part) {
	const record = part.closest('.record');

	if (in_use(record))
		return false;
	const answer = await fetch(part.dataset.livePage, { headers: { Accept: 'text/html' }, credentials: 'same-origin', cache: 'no-store', redirect: 'manual' });
	if (answer.status !== 200)
		return false;
	const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main .record');
	if (!fresh || !record.isConnected || in_use(record))
		return false;
	const focused = record.contains(document.activeElement) ? document.activeElement : null;
	record.replaceWith(fresh);
	if (focused)
		same_place(fresh, focused)?.focus({ preventScroll: true });
	fresh.dispatchEvent(new CustomEvent('portal:content', { bubbles: true }));
	return true;
}

function start(part) {
	const every = Math.max(2, Number(part.dataset.liveEvery) || 10) * 1000;
	let etag = part.dataset.liveEtag || '', wait = every, timer = 0, behind = false;

	async function ask() {
		if (!part.isConnected)
			return;
		try {
			const headers = { 'HX-Request': 'true', Accept: 'text/html' };
			if (etag)
				headers['If-None-Match'] = etag;
			const answer = await fetch(part.dataset.live, { headers, credentials: 'same-origin', cache: 'no-store', redirect: 'manual' });

			if (answer.status === 401 || answer.status === 403 || answer.status === 404 || answer.type === 'opaqueredirect')
				return;
			if (answer.status === 200 && !busy_inside(part)) {
				await show(answer);
				wait = every;
			} else if (answer.status === 304) {
				wait = every;
			} else if (answer.status >= 500 || answer.status === 429) {
				wait = Math.min(wait * 2, 60000);
			}
			if (behind)
				await follow();
		} catch {
			wait = Math.min(wait * 2, 60000);
		}
		again();
	}

	async function show(answer) {
		const text = await answer.text();
		const before = part.textContent.replace(/\s+/g, ' ').trim();

		etag = answer.headers.get('ETag') || '';
		behind = Boolean(part.dataset.livePage);
		part.innerHTML = text;
		if (part.textContent.replace(/\s+/g, ' ').trim() === before)
			return;
		part.dispatchEvent(new CustomEvent('portal:content', { bubbles: true }));
		if (part.querySelector('[data-say]'))
			say_of(part);
		else
			say(part.querySelector('.state-line')?.textContent.replace(/\s+/g, ' ').trim());
	}

	async function follow() {
		behind = !await draw_anew(part);
		const notice = behind && part.closest('.record').querySelector('[data-live-changed]');
		if (!notice?.hidden)
			return;
		notice.hidden = false;
		say(`${part.querySelector('.state-line')?.textContent ?? ''} ${notice.textContent}`.replace(/\s+/g, ' ').trim());
	}

	function again() {
		clearTimeout(timer);
		if (!document.hidden)
			timer = setTimeout(ask, wait);
	}

	document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : ask()));
	again();
}

on_content((root) => {
	for (const part of root.querySelectorAll('[data-live]')) {
		if (part.dataset.liveOn)
			continue;
		part.dataset.liveOn = '1';
		start(part);
	}
});
