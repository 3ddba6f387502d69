/* Faults: nothing of an error is ever shown; a page that has too many starts anew. */

import { MODE, WAITING, memory } from "./place.js";
import { end } from "./session.js";

const TOO_MANY = 3; // errors of one page
const LOOK = 1000; // milliseconds

// The loop of a large screen has no state; every other page needs it.
const early = globalThis.qbEarly ?? { errors: 0, broken: MODE !== "led" };

/** Tell whether something of this page is out of order: the heartbeat says so. */
export const faulty = () => early.broken || early.errors >= TOO_MANY || !complete();

/** A page that was cut off on its way has no bar. */
const complete = () => WAITING || document.querySelector("[data-act=home]") !== null;

export function start() {
  const whole = () => early.broken || memory.set("mend", null);
  if (document.readyState === "complete") whole();
  else addEventListener("load", whole);
  let again = false;
  setInterval(() => {
    if (again || WAITING || early.errors < TOO_MANY) return; // in the loop the agent decides
    again = true;
    end();
  }, LOOK);
}
