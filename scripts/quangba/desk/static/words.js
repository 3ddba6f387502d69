// Words and small elements: everything that is shown is made here, as text and never as HTML.

export const texts = JSON.parse(document.getElementById('texts').textContent);

const numbers = new Intl.NumberFormat(texts.locale);
const percents = new Intl.NumberFormat(texts.locale, { style: 'percent' });
const apple = /Mac|iPhone|iPad/.test(navigator.platform);
const APPLE_KEYS = { Ctrl: '⌘', Alt: '⌥', Enter: '↩' };

/** Source, target and interface may be written without blanks: words are found by the language. */
const segmenters = new Map();

/** Return a share of a hundred as the interface writes it. */
export const percent = value => percents.format(value / 100);

/** Return a text of the interface with its values put in. */
export function say(name, values = {}) {
  return Object.entries(values).reduce((text, [key, value]) =>
    text.replace(`{${key}}`, () => typeof value === 'number' ? numbers.format(value) : value), texts[name]);
}

/** Make an element; attributes that are null or false are left out, strings become text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== false));
  return element;
}

/** Return the keys of a shortcut as this computer names them. */
export function keys(shortcut) {
  const parts = shortcut.split('+').map(name => h('kbd', {}, key(name)));
  return parts.flatMap((part, index) => index && !apple ? ['+', part] : [part]);
}

function key(name) {
  return apple ? APPLE_KEYS[name] ?? name : name;
}

/** Name the keys in the templates as this computer does. */
export function nameKeys(root = document) {
  for (const element of root.querySelectorAll('[data-key]')) {
    element.textContent = key(element.dataset.key);
  }
}

// Facts, attributes, footnotes, tags and addresses of links: "{fact:area}", "[^1]", "](x.md)".
const CODE = /\{[^{}\n]+\}|\[\^[^\]\s]+\]|<\/?[a-z][^<>]*>|\]\([^()\s]*(?:\s[^()]*)?\)/giu;

/** Return a text with its codes marked, so that nobody translates them. */
export function withCodes(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(CODE)) {
    found.push(text.slice(end, match.index), h('code', {}, match[0]));
    end = match.index + match[0].length;
  }
  return [...found, text.slice(end)];
}

/** Return the facts and footnotes that the source has and the target lacks. */
export function lackingCodes(source, target) {
  let rest = target;
  return (source.match(CODE) ?? []).filter(code => {
    if (!code.startsWith('{') && !code.startsWith('[^')) return false;
    const there = rest.includes(code);
    if (there) rest = rest.replace(code, () => '');
    return !there;
  });
}

/** Show a difference: pairs of "same", "old" or "new" and their words. */
export function difference(pairs) {
  return pairs.flatMap(([kind, words], index) => {
    const blank = index && !/\s$/.test(pairs[index - 1][1]) && !/^\s/.test(words) ? spaced(words) : '';
    if (kind === 'same') return [blank, words];
    const [tag, name] = kind === 'old' ? ['del', 'removed'] : ['ins', 'added'];
    return [
      blank,
      h(tag, {}, h('span', { class: 'hidden' }, ` ${texts[name]} `), words,
        h('span', { class: 'hidden' }, ` (${texts.end}) `)),
    ];
  });
}

// Pieces of a text in an alphabet come without the blank between them; Han and kana have none.
const spaced = words => /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{P}]/u.test(words)
  ? '' : ' ';

function wordsOf(text, tag) {
  if (!Intl.Segmenter) return text.match(/\p{Script=Han}|[\p{L}\p{M}\p{N}]+|\s+|./gu) ?? [];
  if (!segmenters.has(tag)) segmenters.set(tag, new Intl.Segmenter(tag, { granularity: 'word' }));
  return [...segmenters.get(tag).segment(text)].map(part => part.segment);
}

/** Compare two texts word by word: pairs of "same", "old" or "new" and their words. */
export function compare(before, after, tag) {
  const a = wordsOf(before, tag);
  const b = wordsOf(after, tag);
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = a[i] === b[j]
        ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const pairs = [];
  const add = (kind, word) => {
    const last = pairs.at(-1);
    if (last?.[0] === kind) last[1] += word;
    else pairs.push([kind, word]);
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
      add('old', a[i]);
      i += 1;
    } else {
      add('new', b[j]);
      j += 1;
    }
  }
  return pairs;
}

/** Mark words that only one of two texts has, where those are already whole. */
export function marked(pairs, kind) {
  return pairs.filter(pair => pair[0] === 'same' || pair[0] === kind).map(([found, words]) =>
    found === 'same' ? words : h(kind === 'old' ? 'del' : 'ins', {}, words));
}

let spoken = 0;

/** Say something to a screen reader without moving anybody. */
export function announce(text, place = 'said') {
  spoken += 1;
  // The same sentence twice in a row would not be read again: a blank makes it another one.
  document.getElementById(place).textContent = text + (spoken % 2 ? '' : '\u00a0');
}
