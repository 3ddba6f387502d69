/* Media: film and sound, one at a time, at the volume of this session. */

import { memory } from "./place.js";

const VOLUME = 0.5; // at first, and again after every use (EN 301 549 5.1.3.13)
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

export function start() {
  const volume = Number(memory.get("volume", VOLUME));
  for (const media of all()) {
    media.volume = volume >= 0 && volume <= 1 ? volume : VOLUME;
    media.setAttribute("controlslist", CONTROLS);
    media.disablePictureInPicture = media.disableRemotePlayback = true;
  }
  addEventListener("volumechange", ({ target }) => target.muted || memory.set("volume", target.volume), true);
  const alone = ({ target }) => all().forEach((media) => media === target || media.pause());
  addEventListener("play", alone, true);
}
