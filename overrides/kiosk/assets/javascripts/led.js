// The loop of a large screen that nobody touches. It runs for weeks: one timer, which is set again
// when it has gone off; nothing is ever added to the page; what was shown is hidden before the next
// but one is shown. After each whole pass the page is fetched anew, so that an update is seen, but
// only if somebody answers: a screen never changes to the browser's page for errors.

(() => {
  const ANSWER_MS = 5000;
  const SMALLEST = 8;

  const led = document.querySelector(".led");
  const frames = [...document.querySelectorAll(".frame")];
  const pictures = [...document.querySelectorAll(".picture")];
  const rows = [...document.querySelectorAll(".languages, .notes")].map((row) => [...row.children]);
  let now = 0;

  // One of several is shown; the one before it stays below until the next step.
  const show = (all, one) => {
    if (!one || "shown" in one.dataset) return;
    for (const element of all) {
      delete element.dataset.leaving;
      if (!("shown" in element.dataset)) continue;
      delete element.dataset.shown;
      element.dataset.leaving = "";
    }
    delete one.dataset.leaving;
    one.dataset.coming = ""; // it must stand there, unseen, before it can fade in
    void one.offsetWidth;
    delete one.dataset.coming;
    one.dataset.shown = "";
  };

  // What is over is left out. A wrong clock leaves out no more than what takes place once.
  const over = (frame) => {
    if (!frame.dataset.until) return false;
    const day = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const today = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    return today > frame.dataset.until;
  };

  const after = (place) => {
    for (let steps = 1; steps <= frames.length; steps += 1) {
      const next = (place + steps) % frames.length;
      if (!over(frames[next])) return next;
    }
    return place;
  };

  const pictureOf = (frame) => pictures[Number(frame.dataset.picture ?? -1)];

  const step = () => {
    now = after(now);
    show(frames, frames[now]);
    show(pictures, pictureOf(frames[now]));
    const language = Number(frames[now].dataset.language);
    for (const row of rows) {
      row.forEach((element, place) => element.toggleAttribute("data-shown", place === language));
    }
    return now;
  };

  // Drawings come before they are seen. One that does not come leaves its place empty; the words stay.
  const ready = (frame) => {
    const images = [...frame.querySelectorAll("img"), pictureOf(frame)].filter(Boolean);
    for (const image of images) image.loading = "eager";
    const late = new Promise((end) => AbortSignal.timeout(ANSWER_MS).addEventListener("abort", end));
    return Promise.race([late, Promise.allSettled(images.map((image) => image.decode()))]);
  };

  const answered = async () => {
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const answer = await fetch(location.pathname, { cache: "no-store", signal });
      return answer.ok && (await answer.text()).includes('data-mode="led"');
    } catch {
      return false;
    }
  };

  const go = async () => {
    const next = after(now);
    if (next <= now && (await answered())) {
      location.replace(location.pathname);
      return;
    }
    await ready(frames[next]);
    step();
    wait();
  };

  const wait = () => setTimeout(go, Number(led.dataset.dwell));

  // Titles are as large as there is room for; what does not fit goes, in an order: led.css says which.
  const fit = async () => {
    led.dataset.measuring = "";
    void led.offsetWidth; // only what is laid out asks for its fonts
    await document.fonts.ready;
    for (const frame of frames) {
      const text = frame.querySelector(".frame__text");
      const inside = () =>
        text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1;
      for (let level = 0; level <= SMALLEST; level += 1) {
        frame.dataset.fit = level;
        if (inside()) break;
      }
      const host = frame.querySelector(".frame__host");
      host?.toggleAttribute("data-cut", host.scrollWidth > host.clientWidth);
    }
    delete led.dataset.measuring;
  };

  globalThis.loop = { step, fit, wait };
  if (frames.length === 0) return;
  fit();
  addEventListener("resize", fit);
  wait();
})();
