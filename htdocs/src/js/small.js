/* small.js - copy buttons, wide tables, the reader's own clock on times */
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

/* A table wider than its place can be moved by the keyboard. */
on_content((root) => {
	for (const wrap of root.querySelectorAll('.table-wrap, .table-responsive'))
		if (wrap.scrollWidth > wrap.clientWidth && !wrap.querySelector('a[href], button, input, summary')) {
			const name = wrap.querySelector('caption')?.textContent;
			wrap.tabIndex = 0;
			if (name) {
				wrap.setAttribute('role', 'region');
				wrap.setAttribute('aria-label', name);
			}
		}
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
