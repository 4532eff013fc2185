/* say.js - tells screen readers what changed, politely */
let place;

export function say(text) {
	if (!text)
		return;
	place ||= document.getElementById('announce');
	if (!place)
		return;
	place.textContent = '';
	setTimeout(() => { place.textContent = text; }, 60);
}

/* The sentence a replaced part wants said: its own data-say, else nothing. */
export function say_of(part) {
	const e = part.matches?.('[data-say]') ? part : part.querySelector?.('[data-say]');

	say(e?.dataset.say);
}

/* The part above may be new: run f on what is there now and on what comes later. */
export function on_content(f) {
	f(document);
	document.addEventListener('portal:content', (e) => f(e.target));
}
