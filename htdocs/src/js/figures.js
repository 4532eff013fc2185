/* figures.js - fetches the chart script only on pages that have a chart */
const first = document.querySelector('[data-chart-script]');

if (first) {
	const script = document.createElement('script');

	script.src = first.dataset.chartScript;
	document.head.append(script);
}
