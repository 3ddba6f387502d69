/* Keyboard: the keys on the screen and what they do to a text.

   Our own, because simple-keyboard, which most kiosks take, cannot write Japanese (its issue #2323),
   knows few pinyin (#2421) and no Vietnamese; and because its keys know no millimetres. Nothing here
   is converted: readings.js finds Chinese by pinyin and Japanese by kana, so neither needs a list of
   candidates. Vietnamese is typed without marks, as the search takes it.

   Keys act when a finger comes down. WCAG 2.5.2 allows that to what stands for a keyboard. */

import { drop, isJamo, put } from "./hangul.js";

export const MOST = 40; // characters of a query

// ---- Layouts: rows of keys; a blank in a row is a gap

const DIGITS = ["1234567890", "-/.,&’():"];

export const LAYOUTS = {
  qwerty: ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
  vietnamese: ["qwertyuiop", "asdfghjklđ", "zxcvbnm"],
  azerty: ["éèêàâçùûôî", "azertyuiop", "qsdfghjklm", "wxcvbn’"],
  kana: ["あかさたなはまやらわ", "いきしちにひみゆりを", "うくすつぬふむよるん", "えけせてねへめ゛れー", "おこそとのほも゜ろ小"],
  jamo: ["ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "⇧ㅋㅌㅊㅍㅠㅜㅡ"],
  shifted: ["ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "⇧ㅋㅌㅊㅍㅠㅜㅡ"],
  digits: DIGITS,
};

/* What stands on the keys that lead to other layers, and those that each layout has. */
const NAMES = { qwerty: "ABC", vietnamese: "ABC", azerty: "ABC", kana: "かな", jamo: "한글", digits: "123" };
const LAYERS = { kana: ["qwerty", "digits"], jamo: ["qwerty", "digits"], own: ["qwerty", "digits"] };

/* Keys whose sign says too little, in the language of their layout. */
const SPOKEN = { "゛": "濁点", "゜": "半濁点", "小": "小さい字", "ー": "長音", "⇧": "쌍자음" };

// ---- What keys do to a text

const onto = (from, to) => Array.from(from, (kana, i) => [kana, to[i]]);
const both = (from, to) => [...onto(from, to), ...onto(to, from)];

/* What marks make of the kana before them; the same mark again takes it back. */
const MARKS = {
  "゛": new Map([
    ...both("かきくけこさしすせそたちつてとはひふへほう", "がぎぐげござじずぜぞだぢづでどばびぶべぼゔ"),
    ...onto("ぱぴぷぺぽ", "ばびぶべぼ"),
  ]),
  "゜": new Map([...both("はひふへほ", "ぱぴぷぺぽ"), ...onto("ばびぶべぼ", "ぱぴぷぺぽ")]),
  "小": new Map(both("あいうえおつやゆよわ", "ぁぃぅぇぉっゃゅょゎ")),
};

const typed = (text, key) => {
  if (isJamo(key)) return put(text, key);
  const mark = MARKS[key];
  if (!mark) return text + key;
  const end = text.slice(-1);
  return text.slice(0, -1) + (mark.get(end) ?? end);
};

/* Return a text after a key; one that is too long stays as it is. */
export const press = (text, key) => {
  const made = typed(text, key);
  return Array.from(made).length > MOST ? text : made;
};

/* Return a text without what was typed last: a letter, of Korean a single key. */
export const erase = (text) => {
  const hangul = drop(text);
  if (hangul !== null) return hangul;
  const letters = [...new Intl.Segmenter().segment(text)];
  return letters.slice(0, -1).map(({ segment }) => segment).join("");
};

// ---- The keys on the screen

const button = (label, action, className = "") => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `keyboard__key ${className}`.trim();
  element.textContent = label;
  Object.assign(element.dataset, action);
  return element;
};

const row = (...keys) => {
  const element = document.createElement("div");
  element.className = "keyboard__row";
  element.append(...keys);
  return element;
};

/* Fill a keyboard; `act` is called with {key} or {act: "erase" | "done"}. The words on the keys
   are in its data-space, data-erase and data-done. */
export const build = (board, layout, act) => {
  const { rows: given } = board.dataset;
  if (given) {
    // Keys that the site brings for its language (locales/<language>/keyboard.txt).
    LAYOUTS.own = given.split("\n").map((keys) => keys.split(" "));
    NAMES.own = LAYOUTS.own[0].slice(0, 3).join("");
  }
  const first = given ? "own" : layout in LAYOUTS ? layout : "qwerty";
  const layers = [first, ...(LAYERS[first] ?? ["digits"])];

  const letter = (key) => {
    const shift = key === "⇧";
    // A mark alone is drawn over a blank, not over the edge of its key.
    const shown = /^\p{M}/u.test(key) ? `\u00a0${key}` : key.toUpperCase();
    const element = button(shift ? key : shown, shift ? { layer: "shift" } : { key });
    if (key in SPOKEN) element.setAttribute("aria-label", SPOKEN[key]);
    if (shift) element.setAttribute("aria-pressed", String(board.dataset.layer === "shifted"));
    return element;
  };

  const draw = (layer) => {
    const shown = layer === "shifted" ? "jamo" : layer;
    board.dataset.layer = layer;
    const rows = LAYOUTS[layer].map((keys) => row(...Array.from(keys, letter)));
    const others = layers.filter((name) => name !== shown).map((name) => button(NAMES[name], { layer: name }, "keyboard__key--small"));
    const { space, erase: remove, done } = board.dataset;
    const last = row(
      ...others,
      button(space, { key: " " }, "keyboard__key--space"),
      button(remove, { act: "erase" }, "keyboard__key--word"),
      button(done, { act: "done" }, "keyboard__key--word keyboard__key--done"),
    );
    board.replaceChildren(...rows, last);
  };

  const change = (layer) => {
    const focused = board.contains(document.activeElement);
    const shift = layer === "shift";
    draw(shift ? { jamo: "shifted", shifted: "jamo" }[board.dataset.layer] : layer);
    // Who came here by keys or with a screen reader stays where he was.
    if (focused) board.querySelector(shift ? "[data-layer=shift]" : ".keyboard__key--small").focus();
  };

  const type = ({ key, act: action }) => {
    act(action ? { act: action } : { key });
    if (board.dataset.layer === "shifted") draw("jamo");
  };

  const keyOf = (event) => event.target.closest(".keyboard__key");
  /* What moves or hides keys waits for the finger to leave: it would press what comes below. */
  const moves = ({ layer, act: action }) => Boolean(layer) || action === "done";

  board.addEventListener("pointerdown", (event) => {
    const pressed = keyOf(event);
    if (!pressed || event.button || moves(pressed.dataset)) return;
    event.preventDefault(); // the field keeps the focus
    type(pressed.dataset);
  });
  board.addEventListener("click", (event) => {
    const pressed = keyOf(event);
    if (!pressed) return;
    const { layer } = pressed.dataset;
    if (layer) change(layer);
    else if (moves(pressed.dataset)) act({ act: pressed.dataset.act });
    // A key pressed by a hardware keyboard or a screen reader clicks without a pointer.
    else if (event.detail === 0) type(pressed.dataset);
  });
  draw(first);
};
