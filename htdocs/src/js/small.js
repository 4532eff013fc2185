/* small.js - copy buttons and the reader's own clock on times */
import { on_content, say } from './say.js';

document.addEventListener('click', async (e) => {
	const button = e.target.closest('[data-copy]');

	if (!button)
		return;
	const text = button.parentElement.querySelector('[data-copy-text]').textContent;
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		getSelection().selectAllChildren(button.parentElement.querySelector('[data-copy-text]'));
		return;
	}
	const use = button.querySelector('use'), sprite = use.getAttribute('href').split('#')[0];
	use.setAttribute('href', `${sprite}#check`);
	say(button.dataset.copied);
	setTimeout(() => use.setAttribute('href', `${sprite}#copy`), 2000);
});

/* The exact time on hover, in the browser's zone when the page has no better title. */
const exact = new Intl.DateTimeFormat(document.documentElement.lang || 'en', { dateStyle: 'medium', timeStyle: 'short' });
on_content((root) => {
	for (const t of root.querySelectorAll('time[datetime*="T"]:not([title])')) {
		const when = new Date(t.dateTime);
		if (!Number.isNaN(when.getTime()))
			t.title = exact.format(when);
	}
});
