/* partial.js - htmx, kept on a short lead: no eval, no inline style, this host only */
import htmx from 'htmx.org';
import { say_of } from './say.js';

Object.assign(htmx.config, {
	allowEval: false,
	allowScriptTags: false,
	includeIndicatorStyles: false,
	selfRequestsOnly: true,
	historyCacheSize: 0,
	refreshOnHistoryMiss: true,
	scrollBehavior: 'instant',
	timeout: 20000,
});

/* Filters live in the address; those that are not set need not stand there. */
document.addEventListener('htmx:configRequest', (e) => {
	for (const [name, value] of [...e.detail.formData])
		if (value === '')
			e.detail.formData.delete(name);
});

/* An answer that is no part of this list (signed out, error): show it as the page it is. */
document.addEventListener('htmx:beforeSwap', (e) => {
	const { xhr, target } = e.detail;

	if (xhr.status >= 400 || !xhr.responseText.includes(`id="${target.id}"`)) {
		e.detail.shouldSwap = false;
		location.assign(xhr.responseURL || location.href);
	}
});
document.addEventListener('htmx:sendError', (e) => {
	const link = e.detail.elt.closest?.('a[href]');

	if (link)
		location.assign(link.href);
});
document.addEventListener('htmx:afterSettle', (e) => {
	const part = e.detail.target.isConnected ? e.detail.target : document.getElementById(e.detail.target.id);

	if (!part)
		return;
	part.dispatchEvent(new CustomEvent('portal:content', { bubbles: true }));
	say_of(document.getElementById('list-foot') || part);
});
