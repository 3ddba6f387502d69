/* Touch: the answer of the screen to a finger, at once, and how long ago the last one was. */

import { WAITING } from "./place.js";

const PRESSABLE = "a[href], button, summary, label, [role=button]";
const LINGER = 120; // milliseconds that a short tap stays visible

// A page in use was opened by a touch.
let last = WAITING ? null : performance.now();

/** Seconds since somebody touched this page, or null. The wall clock plays no part. */
export const sinceTouch = () => (last === null ? null : (performance.now() - last) / 1000);

const touched = () => (last = performance.now());

const release = () => {
  for (const element of document.querySelectorAll(".pressed")) {
    if (!element.dataset.leaving) element.classList.remove("pressed");
  }
};

export function start() {
  const options = { capture: true, passive: true };
  addEventListener(
    "pointerdown",
    ({ target, isPrimary }) => {
      touched();
      release();
      if (isPrimary) target.closest?.(PRESSABLE)?.classList.add("pressed");
    },
    options,
  );
  addEventListener("keydown", touched, options);
  addEventListener("wheel", touched, options);
  addEventListener("pointerup", () => setTimeout(release, LINGER), options);
  addEventListener("pointercancel", release, options); // the finger scrolls
}
