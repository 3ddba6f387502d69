/*
 * Attract: pictures and lines in turn until somebody comes, then the choice of a language.
 *
 * Nothing is remembered here: whatever a session has left is gone when this page stands.
 */

import { IDLE, html, memory } from "./place.js";

const DWELL = 8; // seconds that a picture is shown

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Let siblings with an attribute be shown in turn; the style sheet fades. */
function turns(attribute) {
  const parents = new Set([...document.querySelectorAll(`[${attribute}]`)].map((item) => item.parentElement));
  for (const parent of parents) {
    const items = [...parent.querySelectorAll(`:scope > [${attribute}]`)];
    let shown = Math.max(0, items.findIndex((item) => item.classList.contains("shown")));
    const next = () => {
      if (still.matches || items.length < 2) return;
      items[shown].classList.remove("shown");
      shown = (shown + 1) % items.length;
      items[shown].classList.add("shown");
    };
    items[shown].classList.add("shown");
    setInterval(next, 1000 * (Number(parent.dataset.dwell) || DWELL));
  }
}

let woken = false; // the tap that wakes has no other effect, wherever a button appears
let sleep = null;

function wake({ target }) {
  clearTimeout(sleep);
  sleep = setTimeout(() => delete html.dataset.awake, 1000 * IDLE.question_s);
  woken = !("awake" in html.dataset) && !target.closest?.("a[href], button");
  html.dataset.awake = "true";
}

function click(event) {
  if (!woken) return;
  woken = false;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function start() {
  memory.clear();
  turns("data-slide");
  turns("data-line");
  addEventListener("pointerdown", wake, { capture: true, passive: true });
  addEventListener("click", click, true);
}
