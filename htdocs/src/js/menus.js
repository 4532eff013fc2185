/* menus.js - <details data-pop> behaves like a menu: one open at a time, Escape and outside close it */
function close(pop, back) {
	pop.open = false;
	if (back)
		pop.querySelector('summary').focus();
}

document.addEventListener('toggle', (e) => {
	if (!e.target.matches?.('[data-pop]') || !e.target.open)
		return;
	for (const other of document.querySelectorAll('[data-pop][open]'))
		if (other !== e.target && !other.contains(e.target))
			close(other, false);
}, true);
document.addEventListener('click', (e) => {
	for (const pop of document.querySelectorAll('[data-pop][open]'))
		if (!pop.contains(e.target))
			close(pop, false);
});
document.addEventListener('keydown', (e) => {
	const pop = e.target.closest?.('[data-pop][open]') || document.querySelector('[data-pop][open]');

	if (!pop)
		return;
	if (e.key === 'Escape') {
		close(pop, true);
		e.preventDefault();
		return;
	}
	if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp' || !pop.contains(e.target) || e.target.matches('input, select, textarea'))
		return;
	const items = [...pop.querySelectorAll('.pop-body :is(a[href], button)')];
	const at = items.indexOf(e.target);
	items.at((at + (e.key === 'ArrowDown' ? 1 : at < 0 ? 0 : -1)) % items.length)?.focus();
	e.preventDefault();
});
/* Tab out of a menu: it closes behind. */
document.addEventListener('focusin', (e) => {
	for (const pop of document.querySelectorAll('[data-pop][open]'))
		if (!pop.contains(e.target))
			close(pop, false);
});

/* The rail stays as narrow as it was left. */
const small = document.getElementById('rail-small');
if (small) {
	try {
		small.checked = localStorage.getItem('rail') === 'small';
	} catch { /* storage refused: it opens wide */ }
	small.addEventListener('change', () => {
		try {
			localStorage.setItem('rail', small.checked ? 'small' : 'wide');
		} catch { /* as above */ }
	});
}
