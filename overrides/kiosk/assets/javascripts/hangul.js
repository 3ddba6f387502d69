/* Hangul: keys of the Korean keyboard (두벌식) made into syllables, and taken apart again.

   A syllable is what its keys made, so the text itself is all that need be remembered: 할 and ㅗ are
   하로, because the last consonant goes over to the vowel that follows. Numbers: Unicode §3.12. */

const FIRST = 0xac00;
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"; // a blank: none

/* What two keys make; ㄲ and ㅆ have keys of their own. */
const PAIRS = {
  "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
  "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ",
  "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
};
const PARTS = Object.fromEntries(Object.entries(PAIRS).map(([keys, made]) => [made, [...keys]]));

const isVowel = (jamo) => VOWELS.includes(jamo);
export const isJamo = (text) => /^[\u3131-\u3163]$/.test(text);

/* Return [first consonant, vowel, last consonant or nothing] of a syllable, or null. */
const split = (syllable) => {
  const number = syllable.charCodeAt(0) - FIRST;
  if (!(number >= 0 && number < 11172)) return null;
  const last = FINALS[number % 28].trim();
  return [INITIALS[Math.floor(number / 588)], VOWELS[Math.floor((number % 588) / 28)], last];
};

const join = (first, vowel, last = "") => {
  const places = [INITIALS.indexOf(first), VOWELS.indexOf(vowel), FINALS.indexOf(last || " ")];
  return String.fromCharCode(FIRST + (places[0] * 21 + places[1]) * 28 + places[2]);
};

/* Return what the end of a text and a vowel make. */
const vowelAfter = (end, vowel) => {
  const syllable = split(end);
  if (!syllable) {
    if (INITIALS.includes(end)) return join(end, vowel);
    return PAIRS[end + vowel] ?? end + vowel;
  }
  const [first, middle, last] = syllable;
  if (!last) {
    const both = PAIRS[middle + vowel];
    return both ? join(first, both) : end + vowel;
  }
  const [stays, goes] = PARTS[last] ?? ["", last];
  return join(first, middle, stays) + join(goes, vowel);
};

/* Return what the end of a text and a consonant make; ㄸ, ㅃ and ㅉ end no syllable. */
const consonantAfter = (end, consonant) => {
  const [first, vowel, last] = split(end) ?? [];
  const made = last ? PAIRS[last + consonant] : consonant;
  return vowel && made && FINALS.includes(made) ? join(first, vowel, made) : end + consonant;
};

/* Return a text to which a key was added. */
export const put = (text, jamo) => {
  if (!text) return jamo;
  const end = text.slice(-1);
  return text.slice(0, -1) + (isVowel(jamo) ? vowelAfter(end, jamo) : consonantAfter(end, jamo));
};

/* Return a text without its last key; null where it does not end in Hangul. */
export const drop = (text) => {
  const end = text.slice(-1);
  const rest = text.slice(0, -1);
  const syllable = split(end);
  if (!syllable) {
    if (!isJamo(end)) return null;
    return rest + (PARTS[end]?.[0] ?? "");
  }
  const [first, vowel, last] = syllable;
  if (last) return rest + join(first, vowel, PARTS[last]?.[0] ?? "");
  return rest + (PARTS[vowel] ? join(first, PARTS[vowel][0]) : first);
};

/* Return the first consonants of a text; what is no syllable stays. */
export const initials = (text) => Array.from(text, (char) => split(char)?.[0] ?? char).join("");
