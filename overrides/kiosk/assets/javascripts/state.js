/*
 * State: what must be so before anything is painted. Blocking, in the head of every page.
 *
 * - Size of text, contrast and reach that a visitor chose stand on <html> at the first paint.
 * - A tap before kiosk.js is ready must not become an ordinary navigation (history would grow and
 *   a server that restarts would show the browser's error page): it is held, kiosk.js repeats it.
 * - A page whose style sheet or script did not arrive mends itself when the server answers again.
 */
"use strict";

(() => {
  const { documentElement: html } = document;
  const kept = (name) => {
    try {
      return sessionStorage.getItem(`qb-${name}`);
    } catch {
      return null; // storage is closed: the page is as at first
    }
  };

  // ---- What the visitor chose

  html.dataset.size = /^[0-4]$/.test(kept("size")) ? kept("size") : "0";
  if (kept("contrast") === "high") html.dataset.contrast = "high";
  if (kept("reach") === "low") html.dataset.reach = "low";
  if (/^(aging|old|older)$/.test(kept("age"))) html.dataset.age = kept("age");

  // ---- What went wrong, and the tap that came too early

  const early = { held: null, errors: 0, broken: false };
  globalThis.qbEarly = early;

  addEventListener(
    "click",
    (event) => {
      if ("ready" in html.dataset || !event.isTrusted) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      early.held = event.target;
    },
    true,
  );

  const FIRST = 2000; // milliseconds until the first attempt to mend; each further one doubles it
  const LONGEST = 300_000; // a script that is missing for good must not reload a page all day

  const mend = () => {
    if (early.broken) return;
    early.broken = true;
    const times = Math.min(Number(kept("mend")) || 0, 10);
    const again = async () => {
      try {
        await fetch(location.href, { method: "HEAD", cache: "no-store" });
        sessionStorage.setItem("qb-mend", String(times + 1));
        location.replace(location.pathname + location.search);
      } catch {
        setTimeout(again, FIRST);
      }
    };
    setTimeout(again, Math.min(FIRST * 2 ** times, LONGEST));
  };

  addEventListener(
    "error",
    ({ target, message }) => {
      if (target instanceof HTMLScriptElement) mend();
      else if (target === window && !/^ResizeObserver loop/.test(message)) early.errors += 1;
      // faults.js judges; an image that is missing is no error
    },
    true,
  );
  // What stands before this script in the head may have failed before it listened.
  addEventListener("load", () => {
    const sheets = [...document.querySelectorAll("link[rel~=stylesheet]")];
    if (!globalThis.GATE || sheets.some(({ sheet }) => sheet === null)) mend();
  });
  addEventListener("unhandledrejection", () => (early.errors += 1));
})();
