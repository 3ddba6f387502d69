/*
 * Travel: links, Back and the way home.
 *
 * The back stack lies in session storage, as paths without the language, so that Back works after
 * the language was changed. It ends at home, and home ends at the attract loop: no dead end.
 */

import { ATTRACT, BASE, HERE, MODE, WAITING, acts, address, memory, tidy, view } from "./place.js";
import { foresee, go, leaving } from "./reach.js";
import { end } from "./session.js";
import { jump, position, restore } from "./view.js";

const LIMIT = 50; // steps that Back remembers

const linkOf = (target) => target.closest?.("a[href], area[href]") ?? null;

/** Address of a link within this site, or null for everything else. */
function inside(link) {
  try {
    const url = new URL(link.href.baseVal ?? link.href, location.href);
    return url.origin === location.origin && url.pathname.startsWith(BASE.pathname) ? url : null;
  } catch {
    return null;
  }
}

const samePage = ({ pathname, search }) => tidy(pathname) === tidy(location.pathname) && search === location.search;

const here = () => ({ path: HERE, ...position() });

const steps = () => {
  const kept = memory.get("stack", []);
  return Array.isArray(kept) ? kept.filter((step) => typeof step?.path === "string") : [];
};

const push = () => WAITING || memory.set("stack", [...steps(), here()].slice(-LIMIT));

const home = () => address("");

/** Follow a link; an address that is missing leads home, and a missing home to the loop. */
export function follow(url) {
  if (tidy(url.pathname) === ATTRACT.pathname && MODE !== "attract") return end();
  if (!samePage(url)) return go([url, home(), ATTRACT], push);
  if (url.hash || position().top > 0) {
    push();
    jump(url.hash);
  }
}

function back() {
  const stack = steps();
  const step = stack.pop();
  if (!step) return MODE === "home" ? end() : go([home(), ATTRACT]);
  const drop = () => memory.set("stack", stack);
  if (step.path === HERE) {
    drop();
    return restore(step);
  }
  go([address(step.path), home(), ATTRACT], (url) => {
    drop();
    if (url.href === address(step.path).href) memory.set("scroll", step);
  });
}

/** The page stays, and the place on it as well as two languages allow. */
function translate(url, link) {
  if (WAITING) return follow(url);
  if (samePage(url)) return link.closest("dialog")?.close();
  return go([url, home()], () => memory.set("scroll", here()));
}

function click(event) {
  const link = linkOf(event.target);
  if (link) {
    event.preventDefault();
    const url = inside(link);
    if (!url || leaving() || link.hasAttribute("download")) return;
    link.dataset.leaving = "true";
    link.classList.add("pressed");
    Promise.resolve(link.dataset.lang ? translate(url, link) : follow(url)).then(() => {
      delete link.dataset.leaving;
      link.classList.remove("pressed");
    });
    return;
  }
  const button = event.target.closest?.("[data-act]");
  if (button && !leaving() && button.ariaDisabled !== "true") acts[button.dataset.act]?.(button);
}

export function start() {
  acts.back = back;
  document.addEventListener("click", (event) => event.defaultPrevented || click(event));
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      const link = linkOf(target);
      const url = link && !leaving() && inside(link);
      if (url && !samePage(url)) foresee(url);
    },
    { passive: true },
  );
  const step = memory.get("scroll");
  memory.set("scroll", null);
  if (step?.path === HERE) restore(step);
  if (!WAITING) view.focus({ preventScroll: true });
}
