/* The project finder: filters and sorts the rows that the page already has.

   The form is in the page, hidden until this script runs; its names and values make the
   address (?sector=energy&sort=capital-desc), so that a view can be shared. Values that the
   form does not offer are ignored. A classic script: it works from file:// too. */

(() => {
  "use strict";

  const form = document.getElementById("qb-filters");
  const table = document.getElementById("qb-projects");
  if (!form || !table) return;

  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true });
  const digits = new Intl.NumberFormat(language);
  const fields = [...form.elements].filter((element) => element.name);
  const empty = document.getElementById("qb-projects-empty");
  const count = form.querySelector("[role=status]");
  const active = form.querySelector(".filters__active");
  const reset = form.querySelector("[type=reset]");
  const more = form.querySelector("[aria-expanded]");
  const BILLION = 1e9;

  const bodies = [...table.tBodies].map((body) => ({
    body,
    earlier: "earlier" in body.dataset,
    rows: [...body.rows].filter((row) => row.dataset.sector).map(read),
  }));

  /* The same as fold() in site/finder.py. */
  function fold(text) {
    const plain = text.normalize("NFKC").toLowerCase().replaceAll("đ", "d");
    return plain.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  }

  function read(row) {
    const { dataset } = row;
    return {
      row,
      sector: dataset.sector,
      status: dataset.status,
      places: (dataset.place ?? "").split(" ").filter(Boolean),
      vnd: Number(dataset.vnd) || null,
      usd: Number(dataset.usd) || null,
      land: Number(dataset.land) || null,
      date: dataset.day,
      name: row.cells[0].querySelector("a").textContent,
      words: fold(`${row.textContent} ${dataset.words ?? ""}`).replace(/\s+/g, " "),
    };
  }

  /* --- The address */

  function value(field) {
    if (field.type === "checkbox") return field.checked ? field.value : "";
    return field.type === "search" ? field.value.trim() : field.value;
  }

  function readAddress() {
    const given = new URLSearchParams(location.search);
    for (const field of fields) {
      const wanted = given.get(field.name) ?? "";
      if (field.type === "checkbox") field.checked = wanted === field.value;
      else if (field.type === "search") field.value = wanted.slice(0, field.maxLength);
      else field.value = [...field.options].some((option) => option.value === wanted) ? wanted : "";
    }
  }

  function writeAddress() {
    const given = new URLSearchParams(location.search);
    for (const field of fields) {
      given.delete(field.name);
      if (value(field)) given.set(field.name, value(field));
    }
    const query = given.toString();
    try {
      history.replaceState(history.state, "", (query ? `?${query}` : location.pathname) + location.hash);
    } catch {
      /* A browser may forbid it, for example in a frame: the list works all the same. */
    }
  }

  /* --- What fits */

  function within(number, range) {
    if (!range) return true;
    if (range === "none") return number === null;
    const [low, high] = range.split("-");
    return number !== null && number >= Number(low) && (high === "" || number < Number(high));
  }

  function capitalFits({ vnd, usd }, range) {
    if (range === "usd") return usd !== null && vnd === null;
    if (range === "none") return usd === null && vnd === null;
    return within(vnd === null ? null : vnd / BILLION, range);
  }

  function fits(item, chosen, words) {
    return (
      (!chosen.sector || item.sector === chosen.sector) &&
      (!chosen.status || item.status === chosen.status) &&
      (!chosen.place || (chosen.place === "none" ? !item.places.length : item.places.includes(chosen.place))) &&
      capitalFits(item, chosen.capital) &&
      within(item.land, chosen.land) &&
      words.every((word) => item.words.includes(word))
    );
  }

  /* “Hải Hà” is one name where it stands somewhere; other words may stand apart. */
  function sought(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const phrase = words.join(" ");
    return bodies.some(({ rows }) => rows.some((item) => item.words.includes(phrase))) ? [phrase] : words;
  }

  /* --- Order: what is not known comes last in both directions, amounts in dollars after those in dong */

  const compare = {
    name: (a, b, sign) => sign * collator.compare(a.name, b.name),
    date: (a, b, sign) => sign * (a.date < b.date ? -1 : a.date > b.date ? 1 : 0),
    land: (a, b, sign) => numbers(a.land, b.land, sign),
    capital: (a, b, sign) => numbers(a.vnd, b.vnd, sign) || (a.vnd ? 0 : numbers(a.usd, b.usd, sign)),
  };

  function numbers(a, b, sign) {
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (a - b);
  }

  function sorted(rows, order) {
    const [key, direction] = order.split("-");
    return key ? [...rows].sort((a, b) => compare[key](a, b, direction === "asc" ? 1 : -1)) : rows;
  }

  /* --- Show it */

  let timer;

  function show() {
    const chosen = Object.fromEntries(fields.map((field) => [field.name, value(field)]));
    const words = sought(chosen.text);
    let shown = 0;
    let total = 0;
    for (const { body, earlier, rows } of bodies) {
      let found = 0;
      const wanted = !earlier || Boolean(chosen.earlier);
      for (const item of sorted(rows, chosen.sort)) {
        const fit = fits(item, chosen, words);
        item.row.hidden = !fit;
        found += fit;
        body.append(item.row);
      }
      body.hidden = !wanted || !found;
      if (wanted) {
        shown += found;
        total += rows.length;
      }
    }
    empty.hidden = shown > 0;
    table.hidden = !shown;
    const used = fields.filter((field) => value(field)).length;
    reset.disabled = !used;
    active.textContent = used && !form.classList.contains("is-open") ? digits.format(used) : "";
    markOrder(chosen.sort);
    say(count.dataset.said.replace("{shown}", digits.format(shown)).replace("{total}", digits.format(total)));
  }

  /* One announcement when somebody pauses, not one for each letter. */
  function say(text) {
    clearTimeout(timer);
    timer = setTimeout(() => { if (count.textContent !== text) count.textContent = text; }, ready ? 250 : 0);
  }

  function change() {
    writeAddress();
    show();
  }

  /* --- Heads that sort */

  const heads = [...table.querySelectorAll("th[data-sort]")];
  const order = form.elements.sort;

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "projects__sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const { sort } = head.dataset;
      const choices = [...order.options].map((option) => option.value).filter((name) => name.startsWith(sort));
      order.value = choices[choices.indexOf(order.value) + 1] ?? "";
      change();
    });
  }

  function markOrder(chosen) {
    const [key, direction] = chosen.split("-");
    for (const head of heads) {
      if (head.dataset.sort !== key) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", direction === "asc" ? "ascending" : "descending");
    }
  }

  /* --- Begin */

  let ready = false;

  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      change();
      form.elements.text.focus();
    });
  });
  more.addEventListener("click", () => {
    more.setAttribute("aria-expanded", String(form.classList.toggle("is-open")));
    show();
  });
  for (const event of ["popstate", "pageshow"]) {
    addEventListener(event, () => {
      readAddress();
      show();
    });
  }

  readAddress();
  form.hidden = false;
  table.classList.add("is-ready");
  show();
  ready = true;
})();
