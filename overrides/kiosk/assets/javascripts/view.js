/* View: the part of the page that scrolls, its buttons, anchors, and the place on it. */

import { acts, html, view } from "./place.js";

const SHARE = 0.8; // of the height, with one press

const behavior = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");

export const position = () => ({ top: view.scrollTop, height: view.scrollHeight });

/** Return to a place; where the page is longer now (other language or size), in proportion. */
export function restore({ top, height }) {
  let moved = false;
  const place = () => {
    if (!moved) view.scrollTo({ top: (top * view.scrollHeight) / (height || 1), behavior: "instant" });
  };
  place();
  // Fonts and pictures may still change the length; a finger is right in any case.
  document.fonts.ready.then(place);
  if (document.readyState !== "complete") addEventListener("load", place, { once: true });
  addEventListener("pointerdown", () => (moved = true), { once: true, passive: true });
}

/** Do something that changes the length of the page, and stay at the same place. */
export function keeping(change) {
  const before = position();
  change();
  view.scrollTop = (before.top * view.scrollHeight) / before.height;
}

/** Scroll to an anchor, or to the top. */
export function jump(hash) {
  const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!target) return view.scrollTo({ top: 0, behavior: behavior() });
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView({ behavior: behavior(), block: "start" });
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

const scroll = (direction) => () =>
  view.scrollBy({ top: direction * SHARE * view.clientHeight, behavior: behavior() });

/** Buttons that can do nothing say so; they stay where they are. */
function ends() {
  const rest = view.scrollHeight - view.clientHeight - view.scrollTop;
  for (const [act, end] of [["up", view.scrollTop < 1], ["down", rest < 1]]) {
    for (const button of document.querySelectorAll(`[data-act=${act}]`)) button.ariaDisabled = String(end);
  }
  html.dataset.more = rest >= 1 ? "below" : "none";
}

export function start() {
  acts.up = scroll(-1);
  acts.down = scroll(1);
  view.addEventListener("scroll", () => requestAnimationFrame(ends), { passive: true });
  const watch = new ResizeObserver(ends);
  watch.observe(view);
  for (const part of view.children) watch.observe(part);
  document.addEventListener("toggle", ends, true);
}
