/*
 * Dialogs: languages, settings, and what can be taken along. <dialog> keeps the focus inside; a
 * button, a tap outside and Escape close each of them.
 */

import { GATE, acts, html, memory } from "./place.js";
import { keeping } from "./view.js";

const LARGEST = 4; // index of the last size; 1, 1.25, 1.5, 1.75 and 2 times, in the style sheet
const STEP = 0.25;

const all = (act) => document.querySelectorAll(`[data-act=${act}]`);

/** Open a dialog; one at a time. */
export function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  dialog.showModal();
  dialog.scrollTop = 0;
}

/** Tell whether a tap was beside the box of a dialog. */
const outside = (dialog, { clientX, clientY }) => {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
};

// ---- Languages

/** The languages of this gate's neighbours come first. */
function order() {
  const place = (item) => {
    const index = (GATE.languages ?? []).indexOf(item.querySelector("[data-lang]")?.dataset.lang);
    return index < 0 ? Infinity : index;
  };
  for (const list of document.querySelectorAll("#qb-languages ul")) {
    const items = [...list.children];
    const sorted = items.toSorted((a, b) => place(a) - place(b) || items.indexOf(a) - items.indexOf(b));
    list.append(...sorted);
  }
}

// ---- Settings, for this session

const size = () => Number(html.dataset.size);

function show() {
  for (const button of all("smaller")) button.ariaDisabled = String(size() <= 0);
  for (const button of all("larger")) button.ariaDisabled = String(size() >= LARGEST);
  for (const button of all("contrast")) button.ariaPressed = String("contrast" in html.dataset);
  for (const button of all("reach")) button.ariaPressed = String("reach" in html.dataset);
  const percent = new Intl.NumberFormat(html.lang, { style: "percent" });
  for (const output of document.querySelectorAll("#qb-settings output")) {
    output.value = percent.format(1 + STEP * size());
  }
}

const resize = (by) => () => {
  const chosen = Math.min(Math.max(size() + by, 0), LARGEST);
  memory.set("size", chosen);
  keeping(() => (html.dataset.size = String(chosen)));
  show();
};

const toggle = (name, value) => () => {
  const on = !(name in html.dataset);
  memory.set(name, on ? value : null);
  keeping(() => {
    if (on) html.dataset[name] = value;
    else delete html.dataset[name];
  });
  show();
};

// ---- What can be taken along

let taken = null; // the button whose code is shown

/** Show the code of an address, or the one that needs no network. */
const fill = (plain) => () => {
  const dialog = document.getElementById("qb-take");
  const part = (name) => dialog.querySelector(`[data-take=${name}]`);
  const { qr, text, plain: other, plainText, label } = taken.dataset;
  const source = plain ? other : qr;
  const words = (plain ? plainText : text) ?? "";
  const [image, title, choice] = ["image", "title", "choice"].map(part);
  if (image) {
    image.src = source;
    image.alt = words;
  }
  part("text")?.replaceChildren(words);
  title?.replaceChildren(label ?? taken.textContent.trim());
  if (choice) choice.hidden = !(qr && other);
  for (const button of all("take-net")) button.ariaPressed = String(!plain);
  for (const button of all("take-plain")) button.ariaPressed = String(plain);
};

function take(button) {
  taken = button;
  fill(!button.dataset.qr)();
  open("qb-take");
}

// ---- Start

export function start() {
  Object.assign(acts, {
    languages: () => open("qb-languages"),
    settings: () => open("qb-settings"),
    close: (button) => button.closest("dialog")?.close(),
    smaller: resize(-1),
    larger: resize(1),
    contrast: toggle("contrast", "high"),
    reach: toggle("reach", "low"),
    "take-net": fill(false),
    "take-plain": fill(true),
  });
  document.addEventListener("click", (event) => {
    const { target } = event;
    if (target instanceof HTMLDialogElement && target.id !== "qb-idle" && outside(target, event)) target.close();
    const button = target.closest?.(".take[data-qr], .take[data-plain]");
    if (button) take(button);
  });
  order();
  show();
}
