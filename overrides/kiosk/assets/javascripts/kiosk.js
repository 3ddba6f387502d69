/*
 * The behaviour of every page on a kiosk. The only script that a template names beside state.js;
 * each part is a file with one idea:
 *
 *   place      where this page is, what a session remembers
 *   touch      answers a finger at once
 *   reach      asks whether a page is there before this one is left
 *   travel     links, Back, home; the history stays at one entry
 *   view       scrolls: buttons, anchors, the place on the page
 *   dialogs    languages, settings, codes to take along
 *   idle       the question, the countdown
 *   media      film and sound
 *   session    the end: everything is forgotten
 *   inert      gestures, keys and functions that lead out
 *   faults     errors
 *   heartbeat  tells the agent of the device
 *   attract    the loop
 *
 * They are imported from here, not named in the page, so that one that does not arrive (the server
 * starts anew) can be waited for.
 */
"use strict";

(async () => {
  const { documentElement: html } = document;
  const PARTS = {
    led: ["inert", "faults", "heartbeat"],
    attract: ["touch", "attract", "travel", "inert", "faults", "heartbeat"],
    page: ["touch", "idle", "media", "travel", "view", "dialogs", "inert", "faults", "heartbeat"],
  };
  // Named as well, so that the browser asks for everything in one go.
  const names = ["place", "reach", "session", ...(PARTS[html.dataset.mode] ?? PARTS.page)];
  const parts = await Promise.all(names.map((name) => import(`./${name}.js`)));
  for (const part of parts) part.start?.();
  html.dataset.ready = "true";
  const held = globalThis.qbEarly?.held;
  if (held?.isConnected) held.click();
})().catch(() => {
  // As a script element that was not loaded: state.js mends it.
  document.querySelector("script[src$='/kiosk.js']")?.dispatchEvent(new Event("error"));
});
