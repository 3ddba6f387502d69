/* Search: the field, the list of results, and the dialog that the header opens.

   Everything heavy (index, tokens, MiniSearch, engine) is loaded when the search is first opened or
   typed into, by script elements: they work from file:// and under script-src 'self', fetch and
   modules do not. Texts go into the page as text only, never as HTML. */

"use strict";

(() => {
  const SHOWN = 3; // results of one kind in the dialog; the search page shows all
  const PATIENCE = 400; // milliseconds without typing before a screen reader hears the count
  const SLICE = 16; // milliseconds of work before the browser may draw

  // ---- Loading

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

  const load = (box) => {
    opened ??= Promise.all([...box.dataset.engine.split(" "), box.dataset.index].map(script))
      .then(() => window.quangbaEngine.open(window.quangbaSearch))
      .catch((error) => {
        opened = null;
        throw error;
      });
    return opened;
  };

  // ---- Addresses

  /* On a disk nobody turns a folder into its index.html. */
  const onDisk = (url) => {
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url;
  };

  const address = (box, path) => onDisk(new URL(`../${path}`, new URL(box.dataset.index, document.baseURI))).href;

  const searchPage = (form, query) => {
    const url = onDisk(new URL(form.action));
    url.searchParams.set("q", query);
    return url.href;
  };

  // ---- Drawing

  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };

  const marked = (parts) => parts.map(([text, hit]) => (hit ? make("mark", "", text) : text));

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

  /* Return a list item whose text is filled in by the second value. */
  const result = (box, item, source) => {
    const link = make("a", "", ...marked(item.title));
    link.href = address(box, item.url);
    const heading = make("h3", "", link);
    if (item.original.length) {
      const original = make("span", "found__original", ...marked(item.original));
      original.lang = source;
      heading.append(" ", original);
    }
    const text = make("p", "found__text");
    const fill = () => {
      const { anchor, heading: below, text: words } = item.passage();
      if (anchor) link.href = `${address(box, item.url)}#${encodeURIComponent(anchor)}`;
      if (below.length) text.append(make("span", "found__heading", ...marked(below)), " ");
      text.append(...marked(words));
    };
    return [make("li", "found__item", heading, text), fill];
  };

  // ---- A search box, on the search page or in the dialog

  const begin = (box, { all }) => {
    const form = box.querySelector("form");
    const input = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    const results = box.querySelector(".search__results");
    const start = box.querySelector(".search__start");
    let turn = 0; // counts queries: what belongs to an older one is dropped
    let timer = 0;

    const say = (text, wait = 0) => {
      clearTimeout(timer);
      timer = setTimeout(() => { status.textContent = text; }, wait);
    };

    const clear = () => {
      results.replaceChildren();
      start.hidden = false;
      say("");
    };

    const draw = ({ count, near, groups }, { texts, source }, query) => {
      const pending = [];
      const found = groups.map(({ label, items }, i) => {
        const list = make("ul");
        for (const item of all ? items : items.slice(0, SHOWN)) {
          const [element, fill] = result(box, item, source);
          list.append(element);
          pending.push(fill);
        }
        const heading = make("h2", "found__group", label);
        heading.id = `qb-found-${all ? "page" : "dialog"}-${i}`;
        const section = make("section", "found", heading, list);
        section.setAttribute("aria-labelledby", heading.id);
        return section;
      });
      const listed = all ? count : groups.reduce((sum, { items }) => sum + Math.min(items.length, SHOWN), 0);
      if (listed < count) {
        const more = make("a", "search__more", filled(texts.more, { count }));
        more.href = searchPage(form, query);
        found.push(make("p", "", more));
      }
      start.hidden = count > 0;
      results.replaceChildren(...found);
      const text = count > 1 ? texts.many : count ? texts.one : texts.none;
      const told = filled(text, { count, query: query.slice(0, 60) });
      say(near && count ? `${texts.near} ${told}` : told, PATIENCE);
      const mine = turn;
      const work = () => {
        const until = performance.now() + SLICE;
        while (mine === turn && pending.length && performance.now() < until) pending.shift()();
        if (mine === turn && pending.length) setTimeout(work);
      };
      work();
    };

    const run = async () => {
      turn += 1;
      const mine = turn;
      const query = input.value.trim().slice(0, 200);
      if (!query) {
        clear();
        return;
      }
      try {
        const loading = load(box);
        if (!results.childElementCount) say(status.dataset.loading, PATIENCE);
        const engine = await loading;
        if (mine !== turn) return;
        // The trailing blank tells that the last word is whole.
        const found = engine.find(input.value.trimStart());
        draw(found, engine, query);
      } catch (error) {
        if (mine !== turn) return;
        clear();
        say(status.dataset.failed);
        console.warn(error);
      }
    };

    /* Arrows go from the field through the results and back. */
    const step = (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      const stops = [input, ...results.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      if (at < 0 || stops.length < 2) return;
      event.preventDefault();
      stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
    };

    input.addEventListener("input", run);
    box.addEventListener("keydown", step);
    return { form, input, run };
  };

  // ---- The search page

  const page = document.querySelector("main .search");
  if (page) {
    const { form, input, run } = begin(page, { all: true });
    const given = new URLSearchParams(location.search).get("q");
    if (given) {
      input.value = given.slice(0, 200);
      run();
    }
    const note = () => {
      try {
        history.replaceState(null, "", searchPage(form, input.value.trim().slice(0, 200)));
      } catch {
        // A page on a disk may not change its address, and some browsers limit how often.
      }
    };
    input.addEventListener("change", note);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      note();
      run();
    });
  }

  // ---- The dialog

  const opener = document.querySelector("[data-search]");
  const template = document.querySelector("#qb-search");
  if (!opener || (!page && (!template || !window.HTMLDialogElement))) return;

  let dialog = null;

  const build = () => {
    document.body.append(template.content.cloneNode(true));
    dialog = document.querySelector(".search-dialog");
    const { form, input } = begin(dialog.querySelector(".search"), { all: false });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = input.value.trim().slice(0, 200);
      if (query) location.href = searchPage(form, query);
    });
    dialog.addEventListener("keydown", (event) => {
      // In a search field Escape would only clear it.
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("click", (event) => {
      const outside = event.target === dialog;
      // A result on the page behind must not stay hidden by the dialog.
      if (outside || event.target.closest(".search-dialog__close, .search__results a")) dialog.close();
    });
  };

  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (page) {
      page.querySelector("input").focus();
      return;
    }
    if (!dialog) build();
    dialog.showModal();
    const input = dialog.querySelector("input");
    input.focus();
    input.select();
    // Failing is told when somebody types.
    load(dialog.querySelector(".search")).catch(() => {});
  });
})();
