/* Readings: titles found by what people type who have no input method: pinyin, its first letters,
   kana, Korean first consonants.

   A page says how its title is typed piece by piece (scripts/quangba/site/screen/readings.py):
   “下:xia 龙:long 湾:wan”, “投資:とうし の 手順:てじゅん”. */

import { initials } from "./hangul.js";

const SPELLED = /^[a-z0-9]+$/; // what pinyin looks like
const LEAST = 2; // letters that are worth looking for inside titles, characters in texts

/* Return a text as it is compared: one way of writing each sound, nothing between. */
const fold = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/ゔ([ぁぃぇぉ])?/g, (_, small) => (small ? "ばびべぼ"["ぁぃぇぉ".indexOf(small)] : "ぶ"))
    .replace(/[^\p{L}\p{N}ー]+/gu, "");

/* Return the pieces of a title: [{text, sound}]. */
export const parse = (typed) =>
  typed.split(" ").filter(Boolean).map((piece) => {
    const [text, sound = text] = piece.split(":");
    return { text, sound: fold(sound) };
  });

/* Tell how a query is spelled by the pieces from one on: each by its beginning, at least a letter.
   Return null, or the number of pieces and whether all of them were typed in full. What failed is
   kept in `failed`: otherwise a finger on one key could take the page's whole time. */
const spelledFrom = (pieces, at, query, failed) => {
  if (!query) return { count: 0, whole: true };
  const tried = `${at} ${query.length}`;
  if (at >= pieces.length || failed.has(tried)) return null;
  const { sound } = pieces[at];
  let size = 0;
  while (size < sound.length && size < query.length && sound[size] === query[size]) size += 1;
  for (; size > 0; size -= 1) {
    const rest = spelledFrom(pieces, at + 1, query.slice(size), failed);
    if (rest) return { count: rest.count + 1, whole: rest.whole && size === sound.length };
  }
  failed.add(tried);
  return null;
};

const spelled = (pieces, query) => {
  const failed = new Set();
  for (let at = 0; at < (query.length < LEAST ? 1 : pieces.length); at += 1) {
    const found = spelledFrom(pieces, at, query, failed);
    if (found) return { rank: at ? 1 : 2, at, ...found };
  }
  return null;
};

/* Tell where a query stands in the sounds of a title; a single kana only at its beginning. */
const sounding = (pieces, query) => {
  for (let at = 0; at < pieces.length; at += 1) {
    const sounds = pieces.slice(at).map(({ sound }) => sound);
    if (!sounds.join("").startsWith(query) || (at && query.length < LEAST)) continue;
    let count = 0;
    let length = 0;
    while (length < query.length) {
      length += sounds[count].length;
      count += 1;
    }
    return { rank: at ? 1 : 2, at, count, whole: length === query.length };
  }
  return null;
};

/* Return null, or {rank, word}: 2 at the beginning of a title, 1 inside; the word that was typed
   in full, which texts may hold too: 下龙 for xialong. */
export const match = (pieces, query) => {
  const asked = fold(query);
  if (!asked || !pieces.length) return null;
  const found = (SPELLED.test(asked) ? spelled : sounding)(pieces, asked);
  if (!found) return null;
  const text = pieces.slice(found.at, found.at + found.count).map((piece) => piece.text).join("");
  const worth = found.whole && text.length >= LEAST && /\p{Script=Han}/u.test(text);
  return { rank: found.rank, word: worth ? text : "" };
};

/* The same for Korean, whose titles are typed as they are written: ㅎㄹ finds 하롱. */
export const consonants = (title, query) => {
  const asked = query.replace(/\s+/g, "");
  if (!/^[\u3131-\u314e]{2,}$/.test(asked)) return null;
  const at = initials(title.replace(/\s+/g, "")).indexOf(asked);
  return at < 0 ? null : { rank: at ? 1 : 2, word: "" };
};
