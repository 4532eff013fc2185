/* charts.js - draws <figure data-chart="bar|stacked|line"> from the table inside it
 *
 * First column: what; every further column: one series.  A cell's data-value is its
 * number, else the digits of its text.  th[data-tone] gives a series its meaning's colour.
 */
import { BarController, BarElement, CategoryScale, Chart, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);
Chart.defaults.animation = false;
const drawn = new Set();

function number(cell) {
	const text = cell.dataset.value ?? cell.textContent.replace(/[^\d.-]/g, '');

	return text === '' ? null : Number(text);
}

function read(table) {
	const heads = [...table.tHead.rows[0].cells];
	const rows = [...table.tBodies[0].rows];

	return {
		labels: rows.map((r) => r.cells[0].textContent.trim()),
		series: heads.slice(1).map((h, i) => ({
			label: h.textContent.trim(), tone: h.dataset.tone,
			values: rows.map((r) => number(r.cells[i + 1])), texts: rows.map((r) => r.cells[i + 1].textContent.trim()),
		})),
	};
}

function draw(figure) {
	const css = getComputedStyle(figure), of = (name) => resolve(figure, css.getPropertyValue(name).trim());
	const { labels, series } = read(figure.querySelector('table'));
	const kind = figure.dataset.chart, line = kind === 'line', stacked = kind === 'stacked';
	const muted = of('--muted'), grid = of('--line'), text = of('--text'), surface = of('--surface');
	const colour = (s, i) => of(s.tone ? `--fill-${s.tone}` : `--chart-${i % 4 + 1}`);
	const across = !line && labels.length && Math.max(...labels.map((l) => l.length)) > 14;

	return new Chart(figure.querySelector('canvas'), {
		type: line ? 'line' : 'bar',
		data: {
			labels: across ? labels.map(fold) : labels,
			datasets: series.map((s, i) => ({
				label: s.label, data: s.values, backgroundColor: colour(s, i), borderColor: line ? colour(s, i) : surface,
				borderWidth: line ? 2 : 0, borderRadius: 3, maxBarThickness: 30, pointRadius: line ? 2.5 : 0, pointHoverRadius: 5, tension: 0.25,
			})),
		},
		options: {
			responsive: true, maintainAspectRatio: false, indexAxis: across ? 'y' : 'x', locale: document.documentElement.lang,
			interaction: { mode: 'index', axis: across ? 'y' : 'x', intersect: false },
			scales: {
				[across ? 'y' : 'x']: { stacked, grid: { display: false }, border: { color: grid }, ticks: { color: muted, autoSkipPadding: 12, maxRotation: 0 }, reverse: !across && document.dir === 'rtl' },
				[across ? 'x' : 'y']: { stacked, beginAtZero: true, grid: { color: grid }, border: { display: false }, ticks: { color: muted, maxTicksLimit: 5, precision: 0, callback(v) { return Intl.NumberFormat(document.documentElement.lang, { notation: 'compact' }).format(v); } } },
			},
			plugins: {
				legend: { display: series.length > 1, position: 'bottom', align: 'start', labels: { color: muted, boxWidth: 10, boxHeight: 10, useBorderRadius: true, borderRadius: 2, padding: 14 } },
				tooltip: {
					backgroundColor: text, titleColor: surface, bodyColor: surface, padding: 10, cornerRadius: 6, boxPadding: 4, displayColors: series.length > 1,
					callbacks: { label: (c) => ` ${series[c.datasetIndex].label}: ${series[c.datasetIndex].texts[c.dataIndex]}` },
				},
			},
		},
	});
}

/* A long label in lines, so that a narrow chart cuts none. */
function fold(label) {
	const lines = [''];

	for (const word of label.split(' '))
		if (lines.at(-1) && lines.at(-1).length + word.length > 15)
			lines.push(word);
		else
			lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + word;
	return lines;
}

/* color-mix() and the like become what a canvas understands. */
function resolve(figure, value) {
	const probe = document.createElement('i');

	probe.style.color = value;
	figure.append(probe);
	const colour = getComputedStyle(probe).color;
	probe.remove();
	const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	c.fillStyle = colour;
	c.fillRect(0, 0, 1, 1);
	const [r, g, b] = c.getImageData(0, 0, 1, 1).data;
	return `rgb(${r} ${g} ${b})`;
}

function draw_all() {
	for (const chart of drawn)
		chart.destroy();
	drawn.clear();
	const font = getComputedStyle(document.body);
	Chart.defaults.font.family = font.fontFamily;
	Chart.defaults.font.size = 12;
	for (const figure of document.querySelectorAll('figure[data-chart]')) {
		const place = figure.querySelector('.chart-canvas');
		if (!figure.querySelector('table')?.tBodies[0]?.rows.length) {
			place.hidden = true;
			continue;
		}
		place.replaceChildren(document.createElement('canvas'));
		drawn.add(draw(figure));
	}
}

draw_all();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw_all);
new MutationObserver(draw_all).observe(document.documentElement, { attributes: true, attributeFilter: ['data-bs-theme'] });
document.addEventListener('portal:content', (e) => {
	if (e.target.querySelector?.('figure[data-chart]'))
		draw_all();
});
