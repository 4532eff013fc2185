/* portal.js - what a page gains when script runs; every page works without it */
import './partial.js';
import './live.js';
import './precheck.js';
import './forms.js';
import './lists.js';
import './menus.js';
import './keys.js';
import './small.js';
import './figures.js';
