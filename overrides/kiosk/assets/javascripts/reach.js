/*
 * Reach: a page is left only for one that is there.
 *
 * The browser's own error page would be a dead end without a bar, so the server is asked first
 * (HEAD, on this computer: about a millisecond). While it does not answer, the page stays and says
 * “one moment”; when it does, the way goes on. `replace` keeps the history at one entry: no
 * gesture and no key leads back to what somebody else read.
 */

import { html } from "./place.js";

const PATIENCE = 1000; // milliseconds for the first answer, before “one moment” is said
const LONGER = 5000; // for each further one: a slow server must be reached too
const PAUSE = 500;
const STUCK = 10_000; // a navigation that has not happened by then will not happen

const wait = document.getElementById("qb-wait");
let turn = 0; // only the last one who wants to go somewhere goes
let asked = null; // {href, at, answer}: asked while the finger was still down

const pause = (time) => new Promise((done) => setTimeout(done, time));

/** Ask for a page: "there", "missing", "silent", or "other" (a file: nobody is led there). */
async function ask(href, patience = PATIENCE) {
  try {
    const signal = AbortSignal.timeout(patience);
    const answer = await fetch(href, { method: "HEAD", cache: "no-store", signal });
    if (answer.status === 405 || answer.status === 501) return "there"; // it cannot be asked
    if (answer.status >= 500) return "silent";
    if (!answer.ok) return "missing";
    return /^text\/html\b/.test(answer.headers.get("Content-Type")) ? "there" : "other";
  } catch {
    return "silent";
  }
}

const FRESH = 2000; // an answer that is older is asked for again

const plain = (url) => new URL(url).href.split("#")[0];

/** Ask already; the answer is mostly there when the finger is lifted. */
export function foresee(url) {
  const href = plain(url);
  asked = { href, at: performance.now(), answer: ask(href) };
}

/** Tell whether a page is about to be left; taps have no effect then. */
export const leaving = () => "busy" in html.dataset;

/** Say “one moment”; nothing lies over it. */
function excuse() {
  for (const dialog of document.querySelectorAll("dialog[open]:not(#qb-idle)")) dialog.close();
  if (wait) wait.hidden = false;
}

function stay() {
  delete html.dataset.busy;
  if (wait) wait.hidden = true;
}

/**
 * Go to the first of some addresses that is there; `before` runs when it is certain. One that
 * begins later wins.
 */
export async function go(urls, before = () => {}) {
  const mine = ++turn;
  html.dataset.busy = "";
  for (const url of urls) {
    const href = plain(url);
    const known = asked?.href === href && performance.now() - asked.at < FRESH;
    let answer = await (known ? asked.answer : ask(href));
    asked = null;
    while (answer === "silent" && mine === turn) {
      excuse();
      await pause(PAUSE);
      answer = await ask(href, LONGER);
    }
    if (mine !== turn) return;
    if (answer === "other") break;
    if (answer === "there") {
      before(url);
      location.replace(url);
      await pause(STUCK);
      break;
    }
  }
  if (mine === turn) stay();
}
