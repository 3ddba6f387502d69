/*
 * Idle: a question when nobody has touched the page for a while, and the end when nobody answers.
 *
 * - Any touch answers the question, as often as somebody likes (WCAG 2.2.1 asks for ten times).
 * - A suitcase that leans on the glass, water, a broken corner: touches that change nothing. When
 *   as many extensions as the profile has would be used up by them, the question comes
 *   nevertheless, and only its button answers it.
 * - Film and sound hold the question back, as long as they get on and no longer than IDLE.media_s.
 * - Only the monotonic clock counts.
 */

import { look, playing } from "./media.js";
import { IDLE, acts } from "./place.js";
import { end } from "./session.js";

const CHANGES = ["scroll", "input", "play"]; // events of a page that somebody uses
const SPOKEN = [10, 5]; // seconds left at which a screen reader says so; each second would be noise
const TICK = 250; // milliseconds
const EXTENSIONS = Math.max(10, IDLE.extensions);

const dialog = document.getElementById("qb-idle");
const output = dialog?.querySelector("output");
const now = () => performance.now() / 1000;

let quiet = now(); // since when nobody touches and nothing plays
let same = now(); // since when nothing changes
let touched = now();
let asked = null; // when the question was put
let answered = false; // the tap that answers has no other effect
let control = null; // what was pressed last

const unchanged = () => now() - same >= EXTENSIONS * (IDLE.question_s + IDLE.answer_s);

function ask() {
  asked = now();
  if (dialog && !dialog.open) dialog.showModal();
  count();
}

function stay() {
  if (asked === null) return;
  asked = null;
  quiet = now();
  if (dialog?.open) dialog.close();
}

/** Write the seconds that are left. */
function count() {
  const left = Math.max(0, Math.ceil(IDLE.answer_s - (now() - asked)));
  dialog?.style.setProperty("--left", String(Math.min(1, left / IDLE.answer_s)));
  if (!output || output.value === String(left)) return;
  output.ariaLive = SPOKEN.includes(left) ? "polite" : "off";
  output.value = String(left);
}

function tick() {
  const time = now();
  look();
  if (playing() && time - touched < IDLE.media_s) quiet = same = time;
  if (asked === null) {
    if (time - quiet >= IDLE.question_s || unchanged()) ask();
  } else if (time - asked >= IDLE.answer_s) {
    asked = null;
    clearInterval(timer);
    end();
  } else {
    count();
  }
}

let timer = null;

function touch(event) {
  answered = false;
  touched = quiet = now();
  if (asked === null || unchanged()) return;
  answered = event.type === "pointerdown";
  stay();
}

function click(event) {
  if (answered) {
    answered = false;
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const pressed = event.target.closest?.("a[href], button, summary, label, input");
  if (pressed && pressed !== control) same = now();
  control = pressed ?? control;
}

export function start() {
  acts.stay = () => {
    same = now();
    stay();
  };
  addEventListener("pointerdown", touch, { capture: true, passive: true });
  addEventListener("keydown", touch, true);
  addEventListener("wheel", touch, { capture: true, passive: true });
  addEventListener("click", click, true);
  for (const type of CHANGES) addEventListener(type, () => (same = now()), { capture: true, passive: true });
  // Escape closes a dialog whatever the page thinks: it is an answer as well.
  dialog?.addEventListener("close", stay);
  timer = setInterval(tick, TICK);
}
