/* lists.js - rows that open on a click, and choosing all of them at once */
import { on_content, say } from './say.js';

document.addEventListener('click', (e) => {
	const row = e.target.closest('tr[data-href]');

	if (!row || e.target.closest('a, button, input, label, summary, select') || String(getSelection()))
		return;
	const link = row.querySelector('a.row-link');
	if (e.ctrlKey || e.metaKey)
		open(link.href, '_blank', 'noopener');
	else
		link.click();
});

function count(form) {
	const picked = form.querySelectorAll('.pick:checked').length;
	const place = form.querySelector('[data-picked]');

	if (place)
		place.textContent = String(picked);
	const all = form.querySelector('[data-pick-all]');
	if (all) {
		const boxes = form.querySelectorAll('.pick').length;
		all.checked = picked > 0 && picked === boxes;
		all.indeterminate = picked > 0 && picked < boxes;
	}
}

document.addEventListener('change', (e) => {
	const form = e.target.closest('.bulk');

	if (!form)
		return;
	if (e.target.matches('[data-pick-all]')) {
		for (const box of form.querySelectorAll('.pick'))
			box.checked = e.target.checked;
		say(e.target.checked ? String(form.querySelectorAll('.pick').length) : '0');
	}
	count(form);
});
/* Shift chooses everything between two boxes. */
let last_pick = null;
document.addEventListener('click', (e) => {
	if (!e.target.matches('.pick'))
		return;
	if (e.shiftKey && last_pick?.isConnected) {
		const boxes = [...e.target.closest('.bulk').querySelectorAll('.pick')];
		const [a, b] = [boxes.indexOf(last_pick), boxes.indexOf(e.target)].sort((x, y) => x - y);
		for (const box of boxes.slice(a, b + 1))
			box.checked = e.target.checked;
	}
	last_pick = e.target;
});

on_content(() => {
	for (const form of document.querySelectorAll('.bulk'))
		count(form);
	for (const table of document.querySelectorAll('table.as-cards'))
		table.classList.add('is-clickable');
});
