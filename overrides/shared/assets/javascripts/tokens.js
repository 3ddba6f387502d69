/* Tokens: the terms by which a text is found.

   scripts/quangba/search/tokens.py does the same when the site is built, word for word, and
   explains why; both are tested against tests/search/vectors.json. Change both or none. */

"use strict";

window.quangbaTokens = (() => {
  const LONGEST = 40;

  const HIDDEN = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\u{e0000}-\u{e0fff}]|(?<=[\p{L}\p{Nl}\p{No}])[\ufe0e\ufe0f]/gu;
  const CONTROL = /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb]/gu;

  const UNSPACED =
    "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ecd\\u0edc-\\u0edf" + // Thai, Lao
    "\\u1000-\\u103f\\u1780-\\u17d3" + // Burmese, Khmer
    "\\u1100-\\u11ff\\u3131-\\u318e\\uac00-\\ud7a3" + // Hangul
    "\\u3005-\\u3007\\u3031-\\u3035\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff" + // kana
    "\\u3105-\\u312f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff" + // Bopomofo, Han
    "\\u{20000}-\\u{3ffff}";

  const RUN = new RegExp(`([${UNSPACED}]+)|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\u0300-\\u036f])+`, "gu");
  const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc]+/g;
  const CLUSTER = /ヴ[ァィェォ]?|./gsu;
  const SOUNDS = { "ヴ": "ブ", "ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ" };

  const LETTERS = { "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "ß": "ss" };
  /* Open syllables whose tone is written on either vowel, both ways. */
  const OLDER = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(" ");
  const NEWER = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(" ");
  // No look-behind: browsers of 2022 lack it. In “quý” the u belongs to the consonant.
  const OPEN = new RegExp(`(^|[^q])(${NEWER.join("|")})$`);

  const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
  const FINALS = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");

  /* Return a text in normal form, without what nobody sees, letters in their usual width. */
  const clean = (text) =>
    text
      .replace(HIDDEN, "")
      .replace(CONTROL, " ")
      .replace(WIDE, (wide) => wide.normalize("NFKC"))
      .normalize("NFC");

  const cut = (text) => (text.length > LONGEST ? Array.from(text).slice(0, LONGEST).join("") : text);

  /* Return a word as it is looked up: small letters, one way to place the tone. */
  const word = (text) =>
    cut(text.normalize("NFKC").toLowerCase().normalize("NFC").replace(OPEN, (_, before, tone) => before + OLDER[NEWER.indexOf(tone)]));

  /* Return a word without marks. */
  const unmarked = (text) =>
    cut(text.replace(/[đðøłıœæß]/g, (letter) => LETTERS[letter]).normalize("NFD").replace(/[\u0300-\u036f]/g, ""));

  /* Write hiragana as katakana. */
  const kana = (text) =>
    text.replace(/[\u3041-\u3096\u309d\u309e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));

  /* Return a character as it is looked up; Korean as the keys that make it. */
  const sound = (cluster) => {
    const number = cluster.charCodeAt(0) - 0xac00;
    if (number >= 0 && number < 11172) {
      return INITIALS[Math.floor(number / 588)] + VOWELS[Math.floor((number % 588) / 28)] + FINALS[number % 28];
    }
    return SOUNDS[cluster] || cluster;
  };

  /* Words come back again and again: most of the time goes into their normal forms. */
  const known = new Map();
  const termsOf = (text) => {
    let terms = known.get(text);
    if (!terms) {
      const written = word(text);
      const plain = unmarked(written);
      // A mark alone is nothing without it.
      terms = plain === written || !plain ? [written] : [written, plain];
      if (known.size < 20000) known.set(text, terms);
    }
    return terms;
  };

  /* Return the tokens of a clean text: start and end in UTF-16 units, terms, kind of script. */
  const tokens = (text) => {
    const found = [];
    for (const match of text.matchAll(RUN)) {
      const start = match.index;
      if (match[1] === undefined) {
        found.push({ start, end: start + match[0].length, terms: termsOf(match[0]), unspaced: false, last: false });
        continue;
      }
      let before = null;
      for (const part of kana(match[0]).matchAll(CLUSTER)) {
        const begin = start + part.index;
        const here = { begin, end: begin + part[0].length, sound: sound(part[0]) };
        if (before) {
          const terms = [before.sound + here.sound];
          // `first`: where the first of the two ends, and how much of the term it is.
          const first = [before.end, before.sound.length];
          found.push({ start: before.begin, end: here.end, terms, unspaced: true, last: false, first });
        }
        before = here;
      }
      const last = match[0].length > before.end - before.begin;
      found.push({ start: before.begin, end: before.end, terms: [before.sound], unspaced: true, last });
    }
    return found;
  };

  return { clean, kana, tokens };
})();
