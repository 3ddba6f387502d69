/*
 * Marks what is over. The pages were built some day; festivals pass by the visitor's clock.
 *
 * An element with data-end="2026-03-01" is past when that day is over in Việt Nam (UTC+7, no
 * summer time). It gets the class `past` and shows the word that it holds: nothing moves, nothing
 * is loaded, and without this script the dates are all there.
 */
"use strict";

(() => {
  const AHEAD = 7 * 60 * 60 * 1000; // milliseconds that Việt Nam is ahead of UTC

  const mark = () => {
    const today = new Date(Date.now() + AHEAD).toISOString().slice(0, 10);
    for (const item of document.querySelectorAll("[data-end]")) {
      if (item.dataset.end >= today) continue;
      item.classList.add("past");
      for (const word of item.querySelectorAll(".dates__over")) word.hidden = false;
    }
  };

  mark();
  // A page that comes back from memory may be days old.
  addEventListener("pageshow", (event) => event.persisted && mark());
})();
