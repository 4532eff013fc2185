/* precheck.js - asks while one types whether a registration would be clear
 *
 * <form data-precheck="/deals/precheck" data-precheck-fields="customer,domain,country,product_family">
 * The answer's fragment goes into [data-precheck-result]; an older question is dropped.
 */
for (const form of document.querySelectorAll('form[data-precheck]')) {
	const place = document.querySelector('[data-precheck-result]');
	const names = (form.dataset.precheckFields || '').split(',').filter(Boolean);
	let timer = 0, running = null, last = '';

	if (!place)
		continue;
	place.setAttribute('aria-live', 'polite');

	async function ask() {
		const body = new URLSearchParams();

		for (const name of names)
			body.set(name, form.elements[name]?.value?.trim() || '');
		const asked = body.toString();
		if (asked === last)
			return;
		last = asked;
		body.set('_token', form.elements._token?.value || '');
		running?.abort();
		running = new AbortController();
		const slow = setTimeout(() => place.classList.add('is-waiting'), 300);
		try {
			const answer = await fetch(form.dataset.precheck, {
				method: 'POST', body, credentials: 'same-origin', redirect: 'manual', signal: running.signal,
				headers: { 'HX-Request': 'true', Accept: 'text/html' },
			});
			if (answer.ok)
				place.innerHTML = await answer.text();
		} catch (e) {
			if (e.name !== 'AbortError')
				last = '';
		} finally {
			clearTimeout(slow);
			place.classList.remove('is-waiting');
		}
	}

	form.addEventListener('input', (e) => {
		if (!names.includes(e.target.name))
			return;
		clearTimeout(timer);
		timer = setTimeout(ask, 400);
	});
	if (names.some((n) => form.elements[n]?.value && form.elements[n].tagName !== 'SELECT'))
		ask();
}
