/* Session: how it ends. Nothing of it is left for the next visitor. */

import { silence } from "./media.js";
import { ATTRACT, BASE, html, memory } from "./place.js";
import { go } from "./reach.js";

/** Forget at once, whether the server answers or not; then go to the attract loop. */
export function end() {
  silence();
  document.dispatchEvent(new CustomEvent("kiosk:end")); // keyboard and search clear themselves
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  for (const field of document.querySelectorAll("input, textarea")) field.value = "";
  document.activeElement?.blur();
  getSelection()?.removeAllRanges();
  memory.clear();
  html.dataset.size = "0";
  delete html.dataset.contrast;
  delete html.dataset.reach;
  return go([ATTRACT, BASE]);
}
