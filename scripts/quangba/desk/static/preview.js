// The real page beside the work: the current text is lit in it, and a click in it picks a text.

import { texts } from './words.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class Preview {
  #frame = document.getElementById('frame');
  #note = document.getElementById('preview-note');
  #current = null;
  #address;
  #asked = 0;
  #ready = false; // before its styles are there, nothing on the page is where it will be
  #opened = []; // menus that were opened to show a text

  /** `onPick(ids)` is called with the ids of the text that was clicked, `onKey(event)` with keys. */
  constructor({ onPick, onKey }) {
    if (!this.#frame) return;
    this.onPick = onPick;
    this.onKey = onKey;
    this.#address = this.#frame.getAttribute('src');
    this.#frame.addEventListener('load', () => this.#prepare());
    if (this.#frame.contentDocument?.readyState === 'complete') this.#prepare();
  }

  get #document() {
    return this.#frame?.contentDocument;
  }

  /** Make the page one that is looked at: no links to follow, nothing to stop the Tab key. */
  #prepare() {
    const page = this.#document;
    if (!page?.body || page.location.href === 'about:blank') return;
    if (!page.querySelector('link[data-desk]')) {
      const link = page.createElement('link');
      link.rel = 'stylesheet';
      link.dataset.desk = '';
      link.href = `${texts.root}static/lit.css`;
      page.head.append(link);
      page.addEventListener('click', event => this.#click(event), true);
      page.addEventListener('submit', event => event.preventDefault(), true);
      page.addEventListener('keydown', event => this.onKey(event));
    }
    this.#still(page);
    this.#ready = true;
    this.light(this.#current);
  }

  #still(page) {
    for (const element of page.querySelectorAll('a, button, input, select, textarea, summary, iframe')) {
      element.tabIndex = -1;
    }
    const main = page.querySelector('main') ?? page.body;
    main.tabIndex = 0; // the arrow keys scroll from here
  }

  #click(event) {
    const element = event.target.closest?.('[data-segment]');
    if (event.target.closest?.('a')) event.preventDefault();
    if (element) this.onPick(element.dataset.segment.split(' '));
  }

  /** Light the elements of a text and bring one of them into view, of the article if it has any. */
  light(id) {
    this.#current = id;
    const page = this.#document;
    if (!page?.body || !this.#ready) return;
    page.querySelectorAll('.desk-lit').forEach(element => element.classList.remove('desk-lit'));
    const found = id ? [...page.querySelectorAll(`[data-segment~="${id}"]`)] : [];
    found.forEach(element => element.classList.add('desk-lit'));
    this.#note.textContent = found.length || !id ? texts.preview_note : texts.preview_none;
    this.#opened.splice(0).forEach(fold => { fold.open = false; });
    if (!visible(this.#frame)) return; // looked for again when the page is shown
    const article = found.filter(element => element.closest('main'));
    const seen = article.find(visible) ?? article.find(folded)
      ?? found.find(visible) ?? found.find(folded);
    if (!seen) return;
    this.#unfold(seen);
    if (visible(seen)) this.#reveal(seen);
  }

  #unfold(element) {
    for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) {
      // A menu lies over the page: it is shut again when the light moves on.
      if (!fold.open && !fold.closest('main')) this.#opened.push(fold);
      fold.open = true;
    }
    for (let sheet = element.closest('.tabbed-block'); sheet;
      sheet = sheet.parentElement.closest('.tabbed-block')) turnTo(sheet);
  }

  // Not scrollIntoView: it would scroll the desk around the frame as well.
  #reveal(element) {
    const view = this.#frame.contentWindow;
    const box = element.getBoundingClientRect();
    const room = view.innerHeight;
    if (box.top >= 0.1 * room && box.bottom <= 0.9 * room) {
      // The page may be gliding to the text before this one.
      view.scrollTo({ top: view.scrollY, behavior: 'instant' });
      return;
    }
    const top = view.scrollY + box.top - Math.max(0.1 * room, (room - box.height) / 2.5);
    view.scrollTo({ top, behavior: calm.matches ? 'instant' : 'smooth' });
  }

  /** Bring the page up to date: only what changed is replaced, nothing jumps. */
  async refresh() {
    const page = this.#document;
    if (!page?.body) return;
    this.#asked += 1;
    const asked = this.#asked;
    let fresh;
    try {
      const response = await fetch(this.#address);
      if (!response.ok) return;
      fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    } catch {
      return; // the line of jobs says it when the desk is silent
    }
    if (asked !== this.#asked) return; // a newer one is on its way
    const before = parts(page);
    const after = parts(fresh);
    const same = before.length === after.length
      && before.every((part, index) => part.dataset.segment === after[index].dataset.segment);
    if (same) {
      before.forEach((part, index) => {
        if (part.innerHTML === after[index].innerHTML) return;
        part.replaceChildren(...[...after[index].childNodes].map(node => page.importNode(node, true)));
      });
    } else {
      const main = page.querySelector('main') ?? page.body;
      const other = fresh.querySelector('main') ?? fresh.body;
      main.replaceWith(page.importNode(other, true));
    }
    this.#still(page);
    this.light(this.#current);
  }
}

// What a closed fold holds has boxes too.
const visible = element => element.checkVisibility?.() ?? element.getClientRects().length > 0;

const folded = element => element.closest('details, .tabbed-block');

/** Bring a sheet with tabs to the front; the page's own styles show the one whose box is ticked. */
function turnTo(sheet) {
  const place = [...sheet.parentElement.children].indexOf(sheet);
  const boxes = [...sheet.closest('.tabbed-set').children].filter(each => each.matches('input'));
  if (boxes[place]) boxes[place].checked = true;
}

/** Return the outermost elements that carry segments. */
function parts(page) {
  return [...page.querySelectorAll('[data-segment]')]
    .filter(element => !element.parentElement.closest('[data-segment]'));
}
