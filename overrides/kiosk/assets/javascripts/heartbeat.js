/*
 * Heartbeat: every ten seconds the page tells the agent of this device that it is alive and right,
 * and is told what the officer or the visitor should know (scripts/quangba/kiosk/heartbeat.py is
 * the contract). Where nobody answers, nothing is said.
 */

import { BASE, MODE, PATH, WAITING, html, memory, view } from "./place.js";
import { faulty } from "./faults.js";
import { playing } from "./media.js";
import { leaving } from "./reach.js";
import { sinceTouch } from "./touch.js";

const EVERY = 10_000; // milliseconds
const FIRST = 500; // after the page stands; nothing competes with the first paint
const DRAWN = 2000; // a browser that draws no frame, or loads fonts, for so long is out of order
const MUTE = 600_000; // where no agent is, it is asked again after that
const PATIENCE = 5000;
const FORGOTTEN = 6; // beats without an answer after which a message to the officer is gone
const PAGE = /^(?:[\w.~-]+\/)*[\w.~-]*$/; // what the agent takes for a path
const LONGEST = 200;

const release = Number(/^\/r\/(\d+)\//.exec(BASE.pathname)?.[1] ?? NaN);

let missed = 0;
let sent = false;

// ---- What is told

const drawn = () =>
  Promise.race([
    document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => done(true)))),
    new Promise((done) => setTimeout(done, DRAWN, false)),
  ]);

/** Tell whether the page shows what it ought to: its own styles and fonts, and something in the middle. */
function visible() {
  const box = view.getBoundingClientRect();
  const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  return (
    !faulty() &&
    document.styleSheets.length > 0 &&
    document.fonts.status === "loaded" &&
    box.width > 0 &&
    box.height > 0 &&
    view.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    (view.innerText.trim() !== "" || [...view.querySelectorAll("img")].some((image) => image.naturalWidth > 0)) &&
    (MODE === "led" || (middle !== null && middle !== html)) // nobody points at a large screen
  );
}

const report = (painted) => ({
  release: Number.isNaN(release) ? null : release,
  language: html.lang,
  page: PAGE.test(PATH) && PATH.length <= LONGEST ? PATH : "",
  state: WAITING ? "attract" : "use",
  touched: sinceTouch(),
  painted,
  media: playing(),
  size: [innerWidth, innerHeight],
});

// ---- What is answered

/** Show the officer with the stick how it goes, in both languages, over whatever is shown. */
function tell(message) {
  let banner = document.querySelector(".officer");
  if (!message) return banner?.remove();
  if (!banner) {
    banner = document.createElement("div");
    banner.className = "officer";
    banner.role = "status";
    document.body.prepend(banner);
  }
  banner.dataset.kind = message.kind;
  const lines = ["vi", "en"].map((lang) => Object.assign(document.createElement("p"), { lang }));
  for (const line of lines) line.textContent = message[line.lang];
  if (banner.textContent !== lines.map((line) => line.textContent).join("")) banner.replaceChildren(...lines);
}

/** Content grows old, never blank: first what is volatile goes, then a line says so. */
function age(notice) {
  memory.set("age", notice);
  if (notice) html.dataset.age = notice;
  else delete html.dataset.age;
  for (const line of document.querySelectorAll(".age-notice")) line.hidden = !notice || notice === "aging";
  for (const item of document.querySelectorAll("[data-volatile]")) item.hidden = Boolean(notice);
}

function obey(answer) {
  missed = 0;
  tell(answer.message);
  age(answer.notice);
  if (answer.reload && !leaving()) location.reload();
}

// ---- The beat

const post = (painted, more) =>
  fetch("/beat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(report(painted)),
    cache: "no-store",
    ...more,
  });

const muted = () => {
  const gone = Date.now() - memory.get("mute", -Infinity);
  return gone >= 0 && gone < MUTE; // a clock that was set back mutes nobody for ever
};

let quietUntil = 0;

async function beat() {
  if (performance.now() < quietUntil || muted()) return;
  try {
    const painted = (await drawn()) && visible();
    sent = true;
    const answer = await post(painted, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return obey(await answer.json());
    if ([404, 405, 501].includes(answer.status)) {
      quietUntil = performance.now() + MUTE;
      if (!WAITING) memory.set("mute", Date.now());
    }
  } catch {
    // no agent, or it starts just now
  }
  missed += 1;
  if (missed >= FORGOTTEN) tell(null);
}

/** The officer's daily look: which release is on this screen, beside the date of its texts. */
function number() {
  const place = document.querySelector("[data-serial]");
  if (place && !Number.isNaN(release)) place.textContent = ` · ${release}`;
}

export function start() {
  number();
  setTimeout(beat, FIRST);
  setInterval(beat, EVERY);
  // Somebody who goes quickly from page to page is heard, too.
  addEventListener("pagehide", () => {
    if (!sent && !muted() && visible()) post(true, { keepalive: true }).catch(() => {});
  });
}
