/* Media: film and sound, one at a time, begun and stopped by one large button below each. */

import { acts } from "./place.js";

const VOLUME = 0.5; // on every page anew (EN 301 549 5.1.3.13: set back after every use)
const CONTROLS = "nodownload nofullscreen noremoteplayback noplaybackrate"; // what leads out

const places = new WeakMap(); // medium → where it was a moment ago
let on = false;

const all = () => [...document.querySelectorAll("video, audio")];

/** Tell whether a film or sound gets on: not a frozen one, and no silent decoration. */
export const playing = () => on;

/** Look at all of them; whoever wants to know calls this from time to time. */
export function look() {
  on = false;
  for (const media of all()) {
    const { currentTime, paused, ended, loop, muted } = media;
    on ||= !paused && !ended && currentTime !== places.get(media) && !(loop && muted);
    places.set(media, currentTime);
  }
}

/** Stop everything, as if nobody had listened. */
export function silence() {
  for (const media of all()) {
    media.pause();
    media.currentTime = 0;
    media.volume = VOLUME;
  }
}

/** Play, or pause what plays. */
function play(button) {
  const media = button.closest("figure")?.querySelector("video, audio");
  if (!media) return;
  if (!media.paused) return media.pause();
  media.play().catch(() => {}); // it was paused before it began, or fail() says it
}

/** A file that is missing or broken takes its button out of use. */
function fail({ target }) {
  const media = target.closest?.("video, audio");
  if (!media || !(media.error || target.matches("source:last-of-type"))) return;
  media.pause();
  const button = media.closest("figure")?.querySelector("[data-act=play]");
  if (button) button.ariaDisabled = "true";
}

/** A button says what it would do now: <span data-when="still">, <span data-when="playing">. */
function tell({ target }) {
  for (const words of target.closest("figure")?.querySelectorAll("[data-when]") ?? []) {
    words.hidden = (words.dataset.when === "still") !== target.paused;
  }
}

export function start() {
  acts.play = play;
  for (const media of all()) {
    media.volume = VOLUME;
    media.setAttribute("controlslist", CONTROLS);
    media.disablePictureInPicture = media.disableRemotePlayback = true;
  }
  for (const type of ["play", "pause"]) addEventListener(type, tell, true);
  addEventListener("error", fail, true);
  const alone = ({ target }) => all().forEach((media) => media === target || media.pause());
  addEventListener("play", alone, true);
}
