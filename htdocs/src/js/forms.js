/* forms.js - sends once, warns before typed words are lost, shows passwords on request */
import { on_content } from './say.js';

/* One click, one request. The server's token guards too; this spares the wait. */
document.addEventListener('submit', (e) => {
	const form = e.target;

	if (e.defaultPrevented || form.method === 'get' || form.hasAttribute('data-hx-get'))
		return;
	if (form.dataset.sent) {
		e.preventDefault();
		return;
	}
	form.dataset.sent = '1';
	dirty.delete(form);
	setTimeout(() => {
		for (const b of form.querySelectorAll('button[type=submit]'))
			b.setAttribute('aria-disabled', 'true');
	}, 0);
});
/* Back from the next page: the form is alive again. */
addEventListener('pageshow', (e) => {
	if (!e.persisted)
		return;
	for (const form of document.querySelectorAll('form[data-sent]')) {
		delete form.dataset.sent;
		for (const b of form.querySelectorAll('[aria-disabled]'))
			b.removeAttribute('aria-disabled');
	}
});

const dirty = new Set();
document.addEventListener('input', (e) => {
	const form = e.target.form;

	if (form?.hasAttribute('data-dirty'))
		dirty.add(form);
});
addEventListener('beforeunload', (e) => {
	for (const form of dirty)
		if (form.isConnected && [...form.elements].some(changed))
			e.preventDefault();
});

/* True when root holds words that were typed and not sent. */
export function unsaved(root) {
	return [...root.querySelectorAll('form[data-dirty]')].some((form) => [...form.elements].some(changed));
}

function changed(field) {
	if (field.type === 'hidden' || field.type === 'password')
		return false;
	if (field.type === 'checkbox' || field.type === 'radio')
		return field.checked !== field.defaultChecked;
	if (field.tagName === 'SELECT')
		return [...field.options].some((o) => o.selected !== o.defaultSelected) && [...field.options].some((o) => o.defaultSelected);
	return 'defaultValue' in field && field.value !== field.defaultValue;
}

/* Errors first: the summary after a refused form. */
document.querySelector('[data-focus]')?.focus();
document.addEventListener('click', (e) => {
	const link = e.target.closest('.error-summary a[href^="#"]');
	const field = link && document.getElementById(link.hash.slice(1));

	if (!field)
		return;
	e.preventDefault();
	(field.matches('fieldset') ? field.querySelector('input') || field : field).focus();
	field.scrollIntoView({ block: 'center' });
});

document.addEventListener('click', (e) => {
	const button = e.target.closest('[data-reveal]');
	const field = button && document.getElementById(button.dataset.reveal);

	if (!field)
		return;
	const shown = field.type === 'text';
	field.type = shown ? 'password' : 'text';
	button.setAttribute('aria-pressed', String(!shown));
});

/* Boxes that grow with their words, where the style sheet cannot do it. */
if (!CSS.supports('field-sizing', 'content'))
	on_content((root) => {
		for (const area of root.querySelectorAll('textarea[data-grow]')) {
			const grow = () => { area.rows = Math.min(16, Math.max(area.rows, area.value.split('\n').length + 1)); };
			area.addEventListener('input', grow);
			grow();
		}
	});
