/*
 * What one sees and touches on a screen, measured in mm of the glass. Every function returns a list
 * of sentences; an empty one is good. Units: mm where a name says so, else CSS pixels.
 */
globalThis.glass = (() => {
  const TARGETS = "a[href], button, summary, label, input, [role=button]";
  // What is set in lines of its own.
  const block = ({ parentElement: element }) => element.closest(".end__facts > div") ?? element.closest("p, li, dt, dd, a, h1, h2, h3");
  const FACE = 0.73; // height of a capital by size of type, the least of the faces
  const root = document.documentElement;
  const view = document.querySelector(".view");
  const mm = parseFloat(getComputedStyle(root).getPropertyValue("--mm"));
  const cap = parseFloat(getComputedStyle(root).getPropertyValue("--cap"));
  const reach = parseFloat(getComputedStyle(root).getPropertyValue("--reach"));
  const shown = (element) => {
    if (element.closest(".hidden") || !element.checkVisibility({ visibilityProperty: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };
  const name = (element) =>
    `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${element.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const open = () => [...document.querySelectorAll("dialog[open]")].at(-1);
  const targets = (inside = open() ?? document) => [...inside.querySelectorAll(TARGETS)].filter(shown);
  const round = (value) => Math.round(value * 10) / 10;
  const scroller = (element) => element.closest("dialog, .view") ?? view;

  /** Bring one edge of an element to where it can be touched. */
  const bring = (element, edge) => {
    const box = scroller(element);
    if (!box.contains(element)) return;
    const outer = box.getBoundingClientRect();
    const place = element.getBoundingClientRect()[edge];
    box.scrollTop += place - (edge === "top" ? outer.top + 2 * mm : outer.bottom - 5 * mm);
  };

  /** Texts that are painted: node, its element, the size of its type. */
  const texts = (inside = document.body) => {
    const found = [];
    const walk = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("svg, script, style, .hidden, noscript") || !shown(element)) continue;
      found.push({ node, element, size: parseFloat(getComputedStyle(element).fontSize) });
    }
    return found;
  };

  const box = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };

  // ---- Sizes

  const small = () =>
    targets().flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const right = width / mm >= 19.95 && height / mm >= 19.95;
      return right ? [] : [`${name(element)} is ${round(width / mm)} × ${round(height / mm)} mm`];
    });

  /** Each target answers 3 mm below its edge, and no neighbour loses what is seen of it. */
  const unanswered = () =>
    targets().flatMap((element) => {
      const wrong = [];
      const at = (x, y) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (hit === element || element.contains(hit));
      };
      bring(element, "top");
      const { left, right, top } = element.getBoundingClientRect();
      const across = [(left + right) / 2, left + mm, right - mm];
      if (!across.every((x) => at(x, top + 1) || at(x, top + 2 * mm))) wrong.push(`${name(element)} is covered above`);
      bring(element, "bottom");
      const { bottom } = element.getBoundingClientRect();
      const lower = bottom + 3 * mm - 1.5; // edges lie between pixels
      if (!at(across[0], bottom - 1.5)) wrong.push(`${name(element)} is covered below`);
      if (lower < innerHeight && !across.every((x) => at(x, lower))) wrong.push(`${name(element)} does not answer 3 mm lower`);
      return wrong;
    });

  const crowded = () => {
    const all = targets().map((element) => [element, element.getBoundingClientRect()]);
    const wrong = [];
    for (const [index, [one, a]] of all.entries()) {
      for (const [other, b] of all.slice(index + 1)) {
        if (one.contains(other) || other.contains(one) || scroller(one) !== scroller(other)) continue;
        if (Boolean(one.closest(".bar")) !== Boolean(other.closest(".bar"))) continue;
        const beside = Math.max(a.left - b.right, b.left - a.right) / mm;
        const below = Math.max(a.top - b.bottom, b.top - a.bottom) / mm;
        if (beside < 0.95 && below < 2.95) wrong.push(`${name(one)} and ${name(other)}: ${round(beside)}, ${round(below)} mm`);
      }
    }
    return wrong;
  };

  /** Capitals: everything 4.8 mm, what is touched and what is read at length as the distance asks. */
  const tiny = () => {
    const wrong = [];
    for (const { node, element, size } of texts()) {
      const high = (size * FACE) / mm;
      if (high < 4.75) wrong.push(`“${node.data.trim().slice(0, 40)}” has capitals of ${round(high)} mm`);
      const reading = element.closest(".passage p, .passage li, .lead, .facts dd, h1, h2, h3");
      if (reading && !element.closest("small, .figcaption, sup") && high < cap - 0.05) {
        wrong.push(`text “${node.data.trim().slice(0, 40)}”: capitals of ${round(high)} mm, not ${cap}`);
      }
    }
    for (const element of targets()) {
      const sizes = texts(element).map(({ size }) => (size * FACE) / mm);
      if (!element.matches("input") && Math.max(0, ...sizes) < cap - 0.05) {
        wrong.push(`${name(element)} is labelled with ${round(Math.max(0, ...sizes))} mm`);
      }
    }
    return wrong;
  };

  // ---- Nothing is lost

  const lost = () => {
    const wrong = [];
    const bounds = new Map([...document.querySelectorAll(".view, dialog[open], .top, .bar")].map((each) => [each, each.getBoundingClientRect()]));
    for (const [each] of bounds) {
      if (each.scrollWidth <= each.clientWidth + 1) continue;
      const wide = [...each.querySelectorAll("*")].find((inner) => shown(inner) && inner.getBoundingClientRect().right > each.getBoundingClientRect().right + 1);
      wrong.push(`${name(each)} scrolls sideways: ${wide ? name(wide) : ""}`);
    }
    for (const { node, element } of texts(open() ?? document.body)) {
      const line = box(node);
      if (line.right > innerWidth + 1 || line.left < -1) wrong.push(`“${node.data.trim().slice(0, 40)}” leaves the screen`);
      const target = element.closest(TARGETS);
      if (target && !element.closest("dialog:not([open])")) {
        const outer = target.getBoundingClientRect();
        if (line.right > outer.right + 1 || line.left < outer.left - 1 || line.bottom > outer.bottom + 1 || line.top < outer.top - 1) {
          wrong.push(`“${node.data.trim().slice(0, 40)}” leaves ${name(target)}`);
        }
      }
      for (let above = element; above && above !== document.body; above = above.parentElement) {
        if (above.matches(".view, dialog, .screen")) break;
        const style = getComputedStyle(above);
        const hides = [style.overflowX, style.overflowY].some((value) => value === "hidden" || value === "clip");
        if (hides && (above.scrollWidth > above.clientWidth + 1 || above.scrollHeight > above.clientHeight + 1)) {
          wrong.push(`“${node.data.trim().slice(0, 40)}” is cut`);
          break;
        }
      }
    }
    // What is drawn over what: two texts at one place.
    const lines = texts(view).map(({ node }) => [node, box(node)]);
    for (let index = 1; index < lines.length; index += 1) {
      const [[one, a], [other, b]] = [lines[index - 1], lines[index]];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 4 && high > Math.min(a.height, b.height) * 0.5 && block(one) !== block(other)) {
        wrong.push(`“${one.data.trim().slice(0, 30)}” lies over “${other.data.trim().slice(0, 30)}”`);
      }
    }
    return wrong;
  };

  // ---- Where things are

  const line = (limit, what) => {
    view.scrollTop = 0;
    const frame = view.getBoundingClientRect();
    return targets().flatMap((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const seen = view.contains(element) ? [Math.max(top, frame.top), Math.min(bottom, frame.bottom)] : [top, bottom];
      return seen[1] - seen[0] > 1 && seen[0] < limit - 1 ? [`${name(element)} begins ${round((limit - seen[0]) / mm)} mm above ${what}`] : [];
    });
  };
  const high = () => line(innerHeight / 2, "the middle");
  const unreached = () => line(innerHeight - reach, "what can be reached");

  // ---- Contrast: 7:1 for every text, whatever its size; 4.5:1 for icons

  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const colour = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const ground = (element) => {
    for (let above = element; above; above = above.parentElement) {
      const found = colour(getComputedStyle(above).backgroundColor);
      if (found.a === 1) return found;
      if (above.matches("dialog")) break;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const ratio = (one, other) => {
    const [a, b] = [light(one), light(other)].toSorted((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const faint = () => {
    const wrong = new Set();
    for (const { node, element } of texts(open() ?? document.body)) {
      const found = ratio(colour(getComputedStyle(element).color), ground(element));
      if (found < 7) wrong.add(`“${node.data.trim().slice(0, 30)}” ${round(found)}:1`);
    }
    for (const icon of document.querySelectorAll("svg[viewBox='0 0 24 24']")) {
      if (!shown(icon)) continue;
      const found = ratio(colour(getComputedStyle(icon).color), ground(icon.parentElement));
      if (found < 4.5) wrong.add(`icon in ${name(icon.parentElement)} ${round(found)}:1`);
    }
    return [...wrong];
  };

  return { mm, cap, reach, view, heading: document.querySelector("h1"), targets, small, unanswered, crowded, tiny, lost, high, unreached, faint };
})();
