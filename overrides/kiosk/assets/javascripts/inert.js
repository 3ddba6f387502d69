/*
 * Inert: gestures, keys and functions of the browser that lead out of the pages do nothing.
 *
 * The browser's policies and flags are the wall; this keeps the pages from asking for what the
 * wall forbids, and a screen without that wall (a preview, a test) in order.
 */

import { ATTRACT, WAITING, html } from "./place.js";
import { go } from "./reach.js";

/** Keys that people need who use no finger; every other one only writes, and only in a field. */
const KEYS = new Set([
  "Tab", "Enter", " ", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight",
  "PageUp", "PageDown", "Home", "End",
]);
const EDITING = new Set(["Backspace", "Delete"]);

const NEVER = [
  "contextmenu", "auxclick", "dblclick", "dragstart", "dragenter", "dragover", "drop", "copy", "cut",
  "paste", "submit", "gesturestart", "gesturechange",
];

/** Functions that open something of the browser or a window of its own. */
const FUNCTIONS = [
  "open", "print", "alert", "confirm", "prompt", "find", "moveTo", "resizeTo", "showOpenFilePicker",
  "showSaveFilePicker", "showDirectoryPicker",
];

const inField = (target) => target.matches?.("input:not([type=checkbox], [type=radio], [type=file]), textarea");

const METHODS = [
  [Element, "requestFullscreen"],
  [Element, "requestPointerLock"],
  [HTMLVideoElement, "requestPictureInPicture"],
];

const stop = (event) => event.preventDefault();

function key(event) {
  const { ctrlKey, altKey, metaKey, target } = event;
  const writes = inField(target) && (event.key.length === 1 || EDITING.has(event.key) || event.isComposing);
  if (ctrlKey || altKey || metaKey || !(KEYS.has(event.key) || writes)) stop(event);
}

/**
 * The last gate for everything that wants to navigate, whoever asks: only this site, and never as
 * a new entry of the history.
 */
function navigate(event) {
  const url = new URL(event.destination.url);
  const kind = event.navigationType;
  if (url.origin === location.origin && (kind === "replace" || kind === "reload")) return;
  if (event.cancelable) stop(event);
  if (url.origin !== location.origin || kind !== "push" || event.downloadRequest !== null) return;
  if (event.hashChange) location.replace(url);
  else if (!event.destination.sameDocument) go([url, ATTRACT]);
}

export function start() {
  for (const type of NEVER) addEventListener(type, stop, { capture: true, passive: false });
  addEventListener("selectstart", (event) => inField(event.target) || stop(event), true);
  addEventListener("mousedown", (event) => event.button && stop(event), true); // autoscroll
  addEventListener("wheel", (event) => event.ctrlKey && stop(event), { capture: true, passive: false });
  addEventListener("keydown", key, true);
  globalThis.navigation?.addEventListener("navigate", navigate);
  addEventListener("click", (event) => event.target.matches?.("[type=file]") && stop(event), true);
  for (const name of FUNCTIONS) globalThis[name] = () => null;
  for (const [type, name] of METHODS) type.prototype[name] = () => Promise.resolve();
  Object.assign(html.style, { touchAction: WAITING ? "none" : "pan-y", overscrollBehavior: "none" });
  html.style.setProperty("user-select", "none");
}
