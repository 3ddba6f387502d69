/* Place: where this page is, and the little that a session remembers. */

/** The site's root, also below /r/<release>/. */
export const BASE = new URL("../../", import.meta.url);

export const html = document.documentElement;

/** "page", "home", "find", "way", "attract" or "led". */
export const MODE = html.dataset.mode ?? "page";

/** True for pages that wait for somebody: nothing is remembered there and nobody is asked. */
export const WAITING = MODE === "attract" || MODE === "led";

export const GATE = globalThis.GATE ?? {};
export const IDLE = { question_s: 60, answer_s: 20, extensions: 10, media_s: 1800, ...GATE.idle };

/** A folder and its index.html are one page. */
export const tidy = (path) => path.replace(/(^|\/)index\.html$/, "$1");

/** Address of this page below the site's root: "ja/visit/". */
export const PATH = tidy(location.pathname.slice(BASE.pathname.length));

const ROOT = html.dataset.root ?? "";

/** The same in every language: "visit/". What the back stack holds. */
export const HERE = (PATH.startsWith(ROOT) ? PATH.slice(ROOT.length) : PATH) + location.search;

/** Address of a path in the language of this page. */
export const address = (path) => new URL(ROOT + path, BASE);

export const ATTRACT = new URL("attract/", BASE);

/** What scrolls: the page keeps its bars. */
export const view = document.querySelector(".view") ?? html;

/** Session storage; a closed or full one costs comfort, never a page. */
export const memory = {
  get(name, otherwise = null) {
    try {
      return JSON.parse(sessionStorage.getItem(`qb-${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  /** null forgets. What is read back by state.js only may be a plain word. */
  set(name, value) {
    try {
      if (value === null) sessionStorage.removeItem(`qb-${name}`);
      else sessionStorage.setItem(`qb-${name}`, typeof value === "string" ? value : JSON.stringify(value));
    } catch {
      // as above
    }
  },
  /** Forget everything but how often a page that is not whole was loaded again. */
  clear() {
    const times = memory.get("mend");
    try {
      sessionStorage.clear();
      window.name = "";
    } catch {
      // as above
    }
    if (times) memory.set("mend", times);
  },
};

/** What buttons do: data-act → function(button). Each part adds its own. */
export const acts = {};
