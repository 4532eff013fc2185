#!/usr/bin/env node
/* build-assets.mjs - makes htdocs/vendor from the locked npm packages and htdocs/src
 *
 *   tools/build-assets.mjs [OUTDIR]        default: htdocs/vendor beside this file
 *
 * Writes portal.css, portal.js, charts.js, icons.svg and img/.  The same input gives the same
 * bytes.  Ends with an error when a budget of doc/look is exceeded.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import { PurgeCSS } from 'purgecss';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const out = resolve(process.argv[2] || join(top, 'htdocs/vendor'));
const src = join(top, 'htdocs/src');
const modules = join(top, 'node_modules');
const require = createRequire(join(modules, 'purgecss/package.json'));
const postcss = require('postcss');
const targets = ['chrome111', 'firefox115', 'safari16.4'];
const budgets = { 'portal.css': 30 * 1024, 'portal.js': 40 * 1024 };

/* Files under dir with that ending, in a stable order. */
function files(dir, ending) {
	return readdirSync(dir, { recursive: true }).filter((f) => f.endsWith(ending)).sort().map((f) => join(dir, f));
}

/* ---- the kit: only the rules that templates and scripts name ---- */
const elements = 'a b blockquote body button caption code dd del details dialog div dl dt em fieldset figure form ' +
	'h1 h2 h3 h4 hr html i img input kbd label legend li main ol optgroup option output p pre progress s samp section ' +
	'select small span strong sub summary sup svg table tbody td template textarea tfoot th thead tr u ul';
/* Names the house gives a meaning of its own: the kit's must not shine through. */
const ours = [/^\.?(page|timeline|avatar|progress|brand|chart|steps|empty|stats|tabs|trend|rail|search|state|status|icon|list|tag|theme|nav|navbar|footer|offcanvas|modal|toast|carousel|accordion|dropdown|popover|tooltip|placeholder|spinner|pagination|breadcrumb|switch|segmented|datagrid|flag|payment|social|star|ribbon|signature|chat|hr|lead|display|figure|blockquote|initialism|form-range|form-floating|form-selectgroup|form-imagecheck|form-colorinput|form-fieldset|form-help|input-group|input-icon|btn-close|btn-group|btn-check|btn-link|btn-outline|btn-ghost|container|offset|order|legend|markdown|alert|bg|text-bg|link|visually-hidden|dimmer|cursor|scroll|stamp|popover|tracking|collapse|fade|show)(-|$|:|\.)/];

async function kit() {
	const [result] = await new PurgeCSS().purge({
		content: [...files(join(top, 'templates'), '.cs'), ...files(join(src, 'js'), '.js')],
		css: [join(modules, '@tabler/core/dist/css/tabler.css')],
		safelist: elements.split(' '),
		blocklist: ours,
		keyframes: true,
		fontFace: true,
		defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) || [],
	});
	return result.css;
}

/* ---- left and right become start and end, so one sheet serves both directions ---- */
const sides = { left: 'inline-start', right: 'inline-end' };
const corners = {
	'border-top-left-radius': 'border-start-start-radius', 'border-top-right-radius': 'border-start-end-radius',
	'border-bottom-left-radius': 'border-end-start-radius', 'border-bottom-right-radius': 'border-end-end-radius',
};

function logical(decl) {
	const { prop, value } = decl;
	const m = /^(margin|padding|border)-(left|right)(-\w+)?$/.exec(prop);

	if (m)
		decl.prop = `${m[1]}-${sides[m[2]]}${m[3] || ''}`;
	else if (corners[prop])
		decl.prop = corners[prop];
	else if (prop === 'left' || prop === 'right')
		decl.prop = `inset-${sides[prop]}`;
	else if (prop === 'text-align' && sides[value])
		decl.value = value === 'left' ? 'start' : 'end';
	else if (prop === 'float' && sides[value])
		decl.value = sides[value];
	else if (prop === 'margin' || prop === 'padding')
		logical_four(decl);
}

/* "margin: 1px 2px 3px 4px" with two different sides. */
function logical_four(decl) {
	const parts = decl.value.match(/(?:[^\s(]|\([^)]*\))+/g) || [];

	if (parts.length !== 4 || parts[1] === parts[3])
		return;
	decl.cloneBefore({ prop: `${decl.prop}-block`, value: `${parts[0]} ${parts[2]}` });
	decl.prop += '-inline';
	decl.value = `${parts[3]} ${parts[1]}`;
}

/* data-bs-theme="auto" follows the system: every dark rule again, inside the media query. */
function auto_theme(root) {
	root.walkRules(/\[data-bs-theme=dark\]/, (rule) => {
		rule.selectors = rule.selectors.filter((s) => !/data-bs-theme=dark.*data-bs-theme=light/.test(s));
		const again = rule.clone();
		again.selectors = again.selectors.filter((s) => s.includes('[data-bs-theme=dark]'))
			.map((s) => s.replaceAll('[data-bs-theme=dark]', '[data-bs-theme=auto]'));
		const media = postcss.atRule({ name: 'media', params: '(prefers-color-scheme: dark)' });
		media.append(again);
		rule.after(media);
	});
}

/* The content policy allows no data: addresses, so pictures inside the sheet become files. */
function pictures(root, made) {
	root.walkDecls((decl) => {
		decl.value = decl.value.replace(/url\((["']?)data:image\/svg\+xml,(.*?)\1\)/g, (all, quote, text) => {
			const svg = decodeURIComponent(text);
			const name = `img/${createHash('sha256').update(svg).digest('hex').slice(0, 10)}.svg`;
			made.set(name, svg);
			return `url("/vendor/${name}")`;
		});
	});
}

/* Custom properties nobody reads; charts.js reads --chart-* and --fill-*. */
function unused_variables(root) {
	for (let removed = 1; removed;) {
		const read = new Set();
		removed = 0;
		root.walkDecls((d) => { for (const m of d.value.matchAll(/var\(\s*(--[\w-]+)/g)) read.add(m[1]); });
		root.walkDecls(/^--/, (d) => {
			if (!read.has(d.prop) && !/^--(chart|fill)-/.test(d.prop)) {
				d.remove();
				removed++;
			}
		});
	}
	root.walkRules((r) => { if (!r.nodes.length) r.remove(); });
	root.walkAtRules((a) => { if (a.nodes && !a.nodes.length) a.remove(); });
}

async function style(made) {
	const own = await esbuild.build({ entryPoints: [join(src, 'css/portal.css')], bundle: true, write: false, target: targets, logLevel: 'warning' });
	const root = postcss.parse(`@layer kit{${(await kit()).replace(/@charset[^;]*;/, '')}}\n${own.outputFiles[0].text}`);

	root.walkDecls(logical);
	auto_theme(root);
	pictures(root, made);
	unused_variables(root);
	root.walkComments((c) => c.remove());
	const min = await esbuild.transform(root.toString(), { loader: 'css', minify: true, target: targets, charset: 'utf8', legalComments: 'none' });
	made.set('portal.css', min.code);
}

/* ---- scripts ---- */
async function script(name, entry, made) {
	const r = await esbuild.build({
		entryPoints: [join(src, 'js', entry)], bundle: true, minify: true, write: false, format: 'iife',
		target: targets, charset: 'utf8', legalComments: 'none', nodePaths: [modules], logLevel: 'warning',
	});
	made.set(name, r.outputFiles[0].text);
}

/* ---- pictograms ---- */
function sprite(made) {
	const names = readFileSync(join(src, 'icons.list'), 'utf8').split('\n').filter((l) => l && l[0] !== '#').map((l) => l.split('\t'));
	const symbols = names.map(([name, file = name]) => {
		const svg = readFileSync(join(modules, '@tabler/icons/icons/outline', `${file}.svg`), 'utf8');
		const body = svg.replace(/^[^]*?<svg[^]*?>/, '').replace('</svg>', '').replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
			.replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
		return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
	});
	symbols.push(`<symbol id="mark" viewBox="0 0 24 24">${readFileSync(join(src, 'mark.svg'), 'utf8').replace(/^[^]*?<svg[^>]*>/, '').replace('</svg>', '').trim()}</symbol>`);
	made.set('icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
}

/* A page being served never sees half a file. */
function replace(path, text) {
	writeFileSync(`${path}.new`, text);
	renameSync(`${path}.new`, path);
}

const made = new Map();
await Promise.all([style(made), script('portal.js', 'portal.js', made), script('charts.js', 'charts.js', made)]);
sprite(made);

mkdirSync(join(out, 'img'), { recursive: true });
for (const old of readdirSync(out, { recursive: true }))
	if (!made.has(old) && old !== 'img')
		rmSync(join(out, old));
let over = 0;
for (const [name, text] of [...made].sort(([a], [b]) => (a < b ? -1 : 1))) {
	if (!existsSync(join(out, name)) || readFileSync(join(out, name), 'utf8') !== text)
		replace(join(out, name), text);
	if (name.startsWith('img/'))
		continue;
	const gz = gzipSync(text, { level: 9 }).length, most = budgets[name];
	console.log(`${name.padEnd(12)} ${String(text.length).padStart(7)} bytes ${String(gz).padStart(6)} compressed${most ? ` of ${most}` : ''}`);
	if (most && gz > most)
		over = 1;
}
if (over)
	console.error('build-assets: over budget');
process.exit(over);
