/* Finding: the index by its signs, and the search that the keyboard on the screen types into.

   What is typed is remembered until the session ends, so that the way back from a result leads to
   the results. Texts go into the page as text only, never as HTML. */

import { MOST as LONGEST, build, erase, press } from "./keyboard.js";
import { html, memory, view } from "./place.js";
import { consonants, match, parse } from "./readings.js";

const MOST = 20; // results
const WORDS = 3; // words in other letters that are looked for besides what was typed
const WAIT = 60; // milliseconds after a key before the search begins

const box = document.querySelector(".find");
const field = box.querySelector(".find__field input");
const clear = box.querySelector(".find__clear");
const board = box.querySelector(".keyboard");
const status = box.querySelector(".find__status");
const results = box.querySelector(".find__results");
const more = box.querySelector(".find__more");
const index = box.querySelector(".find__index");
const signs = [...box.querySelectorAll(".find__sign")];

// ---- What is remembered

let open = 0; // the group of the index that is shown
let start = 0; // where the next list of results begins, in pixels
let ended = false;

const keep = (top = 0) => {
  if (!ended) memory.set("find", { lang: html.lang, open, query: field.value, top });
};

const kept = () => {
  const { lang, query, open: group, top } = memory.get("find", {});
  if (lang !== html.lang || typeof query !== "string") return { query: "", group: 0, top: 0 };
  return { query, group: Number(group) || 0, top: Number(top) || 0 };
};

// ---- The index: one group at a time

const show = (number) => {
  open = signs[number] ? number : 0;
  signs.forEach((sign, i) => {
    sign.setAttribute("aria-expanded", String(i === open));
    document.getElementById(sign.getAttribute("aria-controls")).hidden = i !== open;
  });
};

// ---- The engine, loaded when somebody begins to type

// Browsers with Trusted Types load no script but by this policy, which knows the site's own only.
const policy = window.trustedTypes?.createPolicy("quangba", {
  createScriptURL: (src) => {
    if (new URL(src, document.baseURI).origin === location.origin) return src;
    throw new TypeError(`not of this site: ${src}`);
  },
});

const script = (src) =>
  new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = policy ? policy.createScriptURL(src) : src;
    element.async = false; // the engine needs the tokens before it
    element.onload = resolve;
    element.onerror = () => {
      element.remove();
      reject(new Error(`not loaded: ${src}`));
    };
    document.head.append(element);
  });

let opened = null; // promise of the engine; null again after a failure

const load = () => {
  opened ??= Promise.all([...box.dataset.engine.split(" "), box.dataset.index].map(script))
    .then(() => window.quangbaEngine.open(window.quangbaSearch))
    .catch((error) => {
      opened = null;
      throw error;
    });
  return opened;
};

// ---- Results

/* Pages as the index of this page lists them, by their address. */
const pages = new Map(
  [...box.querySelectorAll(".find__group a")].map((link) => [
    link.href,
    {
      url: link.getAttribute("href"),
      title: link.querySelector(".find__title").textContent,
      kind: link.querySelector(".find__kind").textContent,
      pieces: parse(link.dataset.typed ?? ""),
    },
  ]),
);

/* The engine knows addresses from the root of the language. */
const address = (url) => new URL(`../${url}`, new URL(box.dataset.index, document.baseURI)).href;

/* Return what the search finds among the pages of the index: [{href, original}]; the engine also
   knows the home page of the portal, whose place the gate's own has. */
const asked = (engine, query) => {
  const { near, groups } = engine.find(query);
  const items = groups.flatMap(({ items: of }) => of);
  const found = items.map(({ url, original }) => ({ href: address(url), original }));
  return { near, items: found.filter(({ href }) => pages.has(href)) };
};

/* Return addresses, the best first: titles that begin with what was typed, in the order of the
   search; what the search finds; what it finds for the words that were meant; other titles. */
const find = (engine, query) => {
  const { near, items } = asked(engine, query.trimStart());
  const titles = [...pages].flatMap(([href, page]) => {
    const found = match(page.pieces, query) ?? consonants(page.title, query);
    return found ? [{ href, ...found }] : [];
  });
  const words = [...new Set(titles.map(({ word }) => word).filter(Boolean))].slice(0, WORDS);
  const meant = words.flatMap((word) => asked(engine, word).items);
  const close = near && titles.length > 0; // slips of the finger only where nothing else is found
  const searched = [...(close ? [] : items), ...meant];
  const order = [...new Set(searched.map(({ href }) => href))];
  const place = (href) => (order.includes(href) ? order.indexOf(href) : order.length);
  const of = (rank) => titles.filter((title) => title.rank === rank).map(({ href }) => href);
  const first = of(2).sort((a, b) => place(a) - place(b));
  const originals = new Map(items.map(({ href, original }) => [href, original]));
  const found = [...new Set([...first, ...order, ...of(1)])];
  return { near: near && !close, found: found.map((href) => ({ ...pages.get(href), original: originals.get(href) ?? [] })) };
};

const make = (name, className, ...children) => {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
};

const result = ({ url, title, kind, original }, source) => {
  const name = make("span", "find__title", title);
  if (original.length) {
    const other = make("span", "find__original", original.map(([text]) => text).join(""));
    other.lang = source;
    name.append(" ", other);
  }
  const link = make("a", "find__row hit", name, make("span", "find__kind", kind));
  link.href = url;
  return make("li", "", link);
};

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

const say = (...texts) => { status.textContent = texts.filter(Boolean).join("\n"); };

const draw = ({ near, found }, { texts, source }, query) => {
  const count = found.length;
  results.replaceChildren(...found.slice(0, MOST).map((one) => result(one, source)));
  results.hidden = count === 0;
  index.hidden = count > 0;
  more.hidden = count <= MOST;
  const text = count > 1 ? texts.many : count ? texts.one : texts.none;
  say(near && count ? texts.near : "", filled(text, { count, query }), count ? "" : status.dataset.none);
  view.scrollTo({ top: start, behavior: "instant" });
  start = 0;
};

let turn = 0; // counts queries: what belongs to an older one is dropped

const search = async () => {
  turn += 1;
  const mine = turn;
  const query = field.value;
  keep();
  if (!query.trim()) {
    results.replaceChildren();
    results.hidden = true;
    more.hidden = true;
    index.hidden = false;
    say();
    return;
  }
  try {
    const loading = load();
    if (results.hidden) say(status.dataset.loading);
    const engine = await loading;
    if (mine === turn) draw(find(engine, query), engine, query.trim());
  } catch (error) {
    if (mine !== turn) return;
    index.hidden = false;
    say(status.dataset.failed);
    console.warn(error);
  }
};

// ---- Typing

let timer = 0;

const write = (text) => {
  field.value = text;
  field.scrollLeft = field.scrollWidth;
  clear.disabled = !text;
  clearTimeout(timer);
  timer = setTimeout(search, WAIT);
};

const wide = matchMedia("(orientation: landscape)"); // there the keyboard is always open
const typing = () => !board.hidden;

const unfold = () => {
  board.hidden = false;
  box.dataset.typing = "";
};

const fold = () => {
  if (wide.matches) return;
  board.hidden = true;
  delete box.dataset.typing;
};

const begin = () => {
  unfold();
  // Failing is told when somebody types.
  load().catch(() => {});
};

const act = ({ key, act: action }) => {
  if (action === "done") {
    fold();
    field.focus({ preventScroll: true });
  } else {
    write(action ? erase(field.value) : press(field.value, key));
  }
};

build(board, box.dataset.keyboard, act);
field.addEventListener("click", begin);
// Nobody can type into it, but a program could.
field.addEventListener("input", () => write(Array.from(field.value).slice(0, LONGEST).join("")));
clear.addEventListener("click", () => {
  write("");
  field.focus({ preventScroll: true }); // the button is off now
});
signs.forEach((sign, i) => {
  sign.addEventListener("click", () => {
    fold();
    show(i);
    write("");
  });
});

/* A keyboard that somebody plugs in, for tests and for service. */
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  const { key, target } = event;
  const pressing = target.closest?.("button, a") && (key === "Enter" || key === " ");
  if (pressing) return;
  if (Array.from(key).length === 1) {
    unfold();
    act({ key });
  } else if (key === "Backspace") {
    act({ act: "erase" });
  } else if (key === "Escape" && typing()) {
    act({ act: "done" });
  } else if (key === "Enter") {
    if (typing()) act({ act: "done" });
    else if (target === field) begin();
  } else {
    return;
  }
  event.preventDefault();
});

// ---- Beginning

more.textContent = filled(more.dataset.more, { count: MOST });
const before = kept();
show(before.group);
start = before.top;
write(Array.from(before.query).slice(0, LONGEST).join(""));
if (wide.matches) unfold();

// The way back from a page leads to where somebody was in the list.
box.addEventListener("click", (event) => event.target.closest("a") && keep(view.scrollTop));
// Nothing that is still under way may be remembered for the next visitor.
document.addEventListener("kiosk:end", () => {
  ended = true;
  clearTimeout(timer);
  turn += 1;
});
