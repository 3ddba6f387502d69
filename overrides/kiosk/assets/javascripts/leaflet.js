// A sheet holds more than fits. What is least needed goes first, always in the same order, until every
// side is as high as its page; then comes back, most needed first, what still finds room. Nothing is
// made smaller. A part without lines goes, too.

(() => {
  const tooHigh = (side) => {
    const bottoms = [...side.children].map((part) => part.getBoundingClientRect().bottom);
    return Math.max(...bottoms) > side.getBoundingClientRect().bottom + 0.5;
  };

  const tidy = (side) => {
    for (const part of side.querySelectorAll(".part")) {
      const lines = part.querySelectorAll(":is(p, li, dd, .pair):not([hidden], [hidden] *)");
      part.toggleAttribute("data-empty", lines.length === 0);
    }
  };

  // What stands side by side goes and comes together.
  const groups = (side) => {
    const found = new Map();
    for (const element of side.querySelectorAll("[data-drop]")) {
      const key = element.dataset.row ?? element;
      const group = found.get(key) ?? { need: Number(element.dataset.drop), elements: [] };
      group.elements.push(element);
      found.set(key, group);
    }
    return [...found.values()].reverse().sort((one, other) => other.need - one.need);
  };

  const hide = (side, group, hidden) => {
    for (const element of group.elements) element.hidden = hidden;
    tidy(side);
  };

  const fit = () => {
    document.documentElement.dataset.fitting = ""; // a little lower: on paper, lines may break otherwise
    for (const side of document.querySelectorAll(".side")) {
      const spare = groups(side);
      const gone = [];
      while (tooHigh(side) && spare.length > 0) {
        gone.unshift(spare.shift());
        hide(side, gone[0], true);
      }
      for (const group of gone) {
        hide(side, group, false);
        if (tooHigh(side)) hide(side, group, true);
      }
      side.toggleAttribute("data-long", tooHigh(side)); // then it flows on, and is not printed
    }
    delete document.documentElement.dataset.fitting;
  };

  void document.body.offsetWidth; // only what is laid out asks for its fonts, and the page waits for them
  addEventListener("load", fit);
})();
