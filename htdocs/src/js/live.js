/* live.js - <div data-live="URL" data-live-every="5"> asks again and shows what changed
 *
 * 304 changes nothing; a hidden tab pauses; errors slow it down, up to a minute; an answer
 * that says "no longer yours" ends it.
 */
import { on_content, say, say_of } from './say.js';

function busy_inside(part) {
	return part.contains(document.activeElement) && document.activeElement.matches('input, textarea, select');
}

function start(part) {
	const every = Math.max(2, Number(part.dataset.liveEvery) || 10) * 1000;
	let etag = part.dataset.liveEtag || '', wait = every, timer = 0;

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
		} catch {
			wait = Math.min(wait * 2, 60000);
		}
		again();
	}

	async function show(answer) {
		const text = await answer.text();
		const before = part.textContent.replace(/\s+/g, ' ').trim();

		etag = answer.headers.get('ETag') || '';
		part.innerHTML = text;
		if (part.textContent.replace(/\s+/g, ' ').trim() === before)
			return;
		part.dispatchEvent(new CustomEvent('portal:content', { bubbles: true }));
		if (part.querySelector('[data-say]'))
			say_of(part);
		else
			say(part.querySelector('.state-line')?.textContent.replace(/\s+/g, ' ').trim());
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
