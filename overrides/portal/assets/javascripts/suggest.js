// Offers the page in the visitor's own language, once; never leads there by itself.
(() => {
  "use strict";
  const bar = document.querySelector("[data-suggest]");
  if (!bar) return;
  const key = "quangba-suggest";
  let closed = null;
  try {
    closed = localStorage.getItem(key);
  } catch {
    // Storage may be closed; then the offer comes again on the next page.
  }
  if (closed) return;

  const primary = tag => tag.toLowerCase().split("-")[0];
  const here = primary(document.documentElement.lang);
  const offers = new Map([...bar.querySelectorAll("[data-offer]")].map(o => [primary(o.lang), o]));
  const wanted = (navigator.languages || [navigator.language]).map(primary);
  const best = wanted.find(code => code === here || offers.has(code));
  if (!best || best === here) return;

  const offer = offers.get(best);
  offer.hidden = false;
  bar.hidden = false;
  const forget = () => {
    bar.hidden = true;
    try {
      localStorage.setItem(key, "closed");
    } catch {
      // As above.
    }
  };
  offer.querySelector("button").addEventListener("click", forget);
})();
