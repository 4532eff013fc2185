/* keys.js - "/" searches, "?" lists the keys, "n" opens New, "g" then a digit goes to a place */
let going = 0;

function typing(e) {
	return e.target.closest?.('input, textarea, select, [contenteditable]') && !e.target.matches('[type=checkbox], [type=radio]');
}

document.addEventListener('keydown', (e) => {
	if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented)
		return;
	if (e.key === 'Escape' && e.target.matches?.('input[type=search]')) {
		e.target.blur();
		return;
	}
	if (typing(e) || document.querySelector('dialog[open]'))
		return;
	if (going && e.key >= '1' && e.key <= '9')
		document.querySelectorAll('.rail-list a')[Number(e.key) - 1]?.click();
	going = 0;
	switch (e.key) {
	case '/': {
		const box = [...document.querySelectorAll('#search-box, #list-search, .search-page input')].find((b) => b.offsetParent);
		if (!box)
			return;
		box.focus();
		box.select();
		break;
	}
	case '?':
		document.getElementById('keys')?.showModal();
		break;
	case 'n': {
		const menu = document.querySelector('.new-menu');
		if (!menu)
			return;
		if (menu.matches('a')) {
			menu.click();
		} else {
			menu.open = true;
			menu.querySelector('.pop-body a')?.focus();
		}
		break;
	}
	case 'g':
		going = 1;
		return;
	default:
		return;
	}
	e.preventDefault();
});
document.addEventListener('click', (e) => {
	if (e.target.closest('[data-keys]'))
		document.getElementById('keys').showModal();
});
document.getElementById('keys')?.addEventListener('click', (e) => {
	if (e.target === e.currentTarget)
		e.currentTarget.close();
});
