// The list of pages: filters that act at once and keep the focus where it is.

import { introduce, wireDialogs } from './dialogs.js';
import { announce } from './words.js';

const PATIENCE = 250; // milliseconds: arrow keys run through many choices

const filters = document.getElementById('filters');
let timer;
let wanted;

/** Return the address of the list with the filters as they stand. */
function address() {
  const chosen = [...new FormData(filters)].filter(([, value]) => value);
  const query = new URLSearchParams(chosen).toString();
  return filters.getAttribute('action') + (query ? `?${query}` : '');
}

/** Show the list for other filters; an ordinary visit when that fails. */
async function show(url) {
  wanted = url;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(response.statusText);
    const found = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (wanted !== url) return;
    document.getElementById('pages').replaceWith(found.getElementById('pages'));
    history.replaceState(null, '', url);
    const total = document.getElementById('pages-total').textContent.trim();
    const empty = document.querySelector('#pages .empty');
    announce(empty ? empty.textContent : total);
    remember();
  } catch {
    location.assign(url);
  }
}

/** Keep the interface language's links on the same filters. */
function remember() {
  for (const link of document.querySelectorAll('#ui-menu a')) {
    const url = new URL(location.href);
    url.searchParams.set('ui', link.href.split('ui=')[1].split('&')[0]);
    link.href = url.href;
  }
  const clear = document.getElementById('filter-clear');
  if (clear) clear.hidden = ![...new FormData(filters)].some(([, value]) => value);
}

function wireFilters() {
  document.getElementById('filter-button').hidden = true;
  filters.addEventListener('change', () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(address()), PATIENCE);
  });
  filters.addEventListener('submit', event => {
    event.preventDefault();
    clearTimeout(timer);
    show(address());
  });
  remember();
}

function wireWelcome(form) {
  const field = form.querySelector('input');
  const problem = form.querySelector('.problem');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const wrong = await introduce(field.value.trim());
    problem.textContent = wrong ?? '';
    field.setAttribute('aria-invalid', String(Boolean(wrong)));
    if (wrong) {
      field.focus();
      return;
    }
    document.querySelector('#pages a, #filters input')?.focus();
  });
}

wireDialogs();
if (filters) wireFilters();
const welcome = document.getElementById('welcome');
if (welcome) wireWelcome(welcome);

