/* Engine: finds pages in the index of one language and shows where they say what was asked.

   It is loaded with the index, when a reader opens the search; it touches no document, only data.
   The index is made by scripts/quangba/search/index.py; MiniSearch looks terms up and weighs them.

   A reader who types marks is taken at his word: in Vietnamese “án” first finds án only. Where that
   finds nothing, marks are ignored, then small slips of the keyboard allowed, then words missing. */

"use strict";

window.quangbaEngine = (() => {
  const { clean, kana, tokens } = window.quangbaTokens;

  const FORMAT = 1;

  /* What a word counts for where it stands: title before names, headings and text. */
  const WORTH = { title: 10, names: 5, topics: 3, text: 1, also: 0.5 };

  /* What kinds of pages count for: of two that say the same, the place itself comes first. */
  const KINDS = { place: 1.6, gate: 1.4, itinerary: 1.1, page: 0.9 };

  const LONGEST = 200; // characters of a query
  const MOST = 12; // words of a query
  const CLOSE = 24; // results whose text is looked through for the phrase
  const SLICE = 12; // milliseconds of work before the browser may do something else

  /* How much text is shown around what was found, in characters. */
  const AROUND = { zh: 80, ja: 80, ko: 90 };

  // ---- The index

  /* Where a term stands, as it is written in the index; read when the term is first asked for.
     To MiniSearch it is a Map of Maps: field → page → times. */
  class Places {
    constructor(written) {
      this.written = written;
    }

    get(field) {
      this.fields ??= this.read();
      return this.fields.get(field);
    }

    read() {
      const fields = new Map();
      for (const [, letter, steps] of this.written.matchAll(/([a-z])([^a-z]+)/g)) {
        const pages = new Map();
        let page = -1;
        for (const step of steps.split(",")) {
          const [by, times = 1] = step.split(".");
          page += Number(by);
          pages.set(page, Number(times));
        }
        fields.set(letter.charCodeAt(0) - 97, pages);
      }
      return fields;
    }
  }

  const pause = () => new Promise((resolve) => { setTimeout(resolve); });

  /* Return MiniSearch's own index. It is made in slices: typing goes on meanwhile. */
  const load = async (data) => {
    const numbers = data.pages.map((_, i) => [i, i]);
    const averages = data.fields.map((_, field) => {
      const lengths = data.lengths.map((of) => of[field]).filter(Boolean);
      return lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1);
    });
    const js = {
      documentCount: data.pages.length,
      nextId: data.pages.length,
      documentIds: Object.fromEntries(numbers),
      fieldIds: Object.fromEntries(data.fields.map((name, i) => [name, i])),
      fieldLength: Object.fromEntries(data.lengths.map((lengths, i) => [i, lengths])),
      averageFieldLength: averages,
      storedFields: {},
      dirtCount: 0,
      index: [],
      serializationVersion: 2,
    };
    const index = window.MiniSearch.loadJS(js, {
      fields: data.fields,
      tokenize: (term) => [term],
      processTerm: (term) => term,
      searchOptions: { boost: WORTH },
    });
    const terms = data.terms.split("\n");
    const postings = data.postings.split("\n");
    let until = performance.now() + SLICE;
    for (let i = 0; i < terms.length; i += 1) {
      // Past the public way in, which reads all places at once and takes several times as long.
      index._index.set(terms[i], new Places(postings[i]));
      if (i % 32 === 0 && performance.now() > until) {
        await pause();
        until = performance.now() + SLICE;
      }
    }
    return index;
  };

  // ---- Questions

  /* Return the words of a query; the last one may be half typed. */
  const wordsOf = (query) => {
    const text = clean(query.slice(0, LONGEST));
    const found = tokens(text).filter((token) => !token.last);
    const open = /[\p{L}\p{N}\p{M}]$/u.test(text);
    const words = new Map();
    let run = 0; // pairs that overlap are one run of characters: 下龙, 龙湾
    found.forEach((token, i) => {
      const single = token.unspaced && !token.first;
      const prefix = single || (open && i === found.length - 1);
      if (!(token.unspaced && i && token.start < found[i - 1].end)) run += 1;
      const { terms } = token;
      words.set(terms[0], { terms, run, prefix: prefix || Boolean(words.get(terms[0])?.prefix) });
    });
    return [...words.values()].slice(0, MOST);
  };

  /* Return how many slips of the keyboard a word may hold: none in short words, numbers and Han. */
  const slips = (term) => {
    if (term.length < 4 || !/^[\p{Script=Latin}\u3131-\u318e]+$/u.test(term)) return false;
    return term.length < 8 ? 1 : 2;
  };

  const leaf = (term, prefix, fuzzy = false, weight = 1) => ({
    queries: [term],
    prefix,
    fuzzy,
    boostTerm: () => weight,
  });

  /* Each way to ask takes a word and returns a query of MiniSearch. */
  const exactly = ({ terms, prefix }) => leaf(terms[0], prefix);
  const unmarked = ({ terms, prefix }, fuzzy = () => false) => {
    const plain = terms[terms.length - 1];
    if (terms.length === 1) return leaf(plain, prefix, fuzzy(plain));
    const queries = [leaf(terms[0], prefix), leaf(plain, prefix, fuzzy(plain), 0.4)];
    return { combineWith: "OR", queries };
  };
  /* Ask more and more gently until something is found. */
  const ask = (index, words, language) => {
    const all = (way) => index.search({ combineWith: "AND", queries: words.map((word) => way(word)) });
    const careful = language === "vi" && words.some(({ terms }) => terms.length > 1);
    let found = careful ? all(exactly) : [];
    if (found.length) return { found, near: false, exact: true };
    found = all((word) => unmarked(word));
    if (found.length) return { found, near: false, exact: false };
    // Only what stands nowhere is taken for a slip, as long as that finds something.
    const known = new Set(words.filter((word) => index.search(unmarked(word)).length));
    const roughly = (word) => unmarked(word, known.has(word) ? () => false : slips);
    found = all(roughly);
    if (!found.length) found = all((word) => unmarked(word, slips));
    if (!found.length && words.length > 1) {
      const has = (result) => ({ terms }) => terms.some((term) => result.queryTerms.includes(term));
      // One letter begins a word on every page: alone it is no reason to show one.
      const short = ({ terms: [term] }) => term.length < 3 && /^\p{Script=Latin}/u.test(term);
      const queries = words.map((word) => roughly(short(word) ? { ...word, prefix: false } : word));
      found = index
        .search({ combineWith: "OR", queries })
        .filter((result) => words.filter(has(result)).length * 2 >= words.length);
    }
    return { found, near: true, exact: false };
  };

  // ---- Order

  /* Return a text for comparing phrases: without marks and case; of punctuation only what ends a
     sentence is kept: “tiền đồng. Triệu người” does not hold Đông Triều. */
  const fold = (text) =>
    kana(text)
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/đ/g, "d")
      .replace(/[.!?…:;·](?=\s|$)|[。！？：；]/gu, "|")
      .replace(/[^\p{L}\p{N}\p{M}|]+/gu, " ")
      .trim();

  /* Return how near a title is to what was asked: the same, its beginning, part of it. */
  const likeness = (title, phrase) => {
    if (!title) return 1;
    if (title === phrase) return 4;
    if (title.startsWith(phrase)) return 3;
    if (within(title, phrase)) return 2.5;
    return phrase.split(" ").every((word) => within(title, word)) ? 2 : 1;
  };

  const within = (text, phrase) =>
    /^[a-z0-9]/.test(phrase) ? ` ${text}`.includes(` ${phrase}`) : text.includes(phrase);

  /* Syllables of a name are words of their own in Vietnamese: those that stand together count more. */
  const nearness = (page, phrase, read) => {
    page.foldedTitles ??= [fold(page.title), fold(page.original)];
    const near = Math.max(...page.foldedTitles.map((title) => likeness(title, phrase)));
    if (near > 1 || !read) return near;
    page.foldedText ??= fold(page.sections.map(({ heading, text }) => `${heading} ${text}`).join(" "));
    return within(page.foldedText, phrase) ? 1.8 : 1;
  };

  // ---- What is shown

  const distinct = (hits) => new Set(hits.map((hit) => hit.word)).size;

  /* Return a function that finds in a text what a result matched: [{start, end, word}]. */
  const finder = (result, words, { exact, near }) => {
    const matched = new Set(result.terms);
    const asked = result.queryTerms;
    const sizes = new Map(); // how many pairs a run of the query has
    for (const { run } of words) sizes.set(run, (sizes.get(run) || 0) + 1);

    /* Keep of ロン only what stands in ハロン: a run counts as a whole. */
    const whole = (found) => {
      const chains = [];
      for (const hit of found) {
        const chain = chains[chains.length - 1];
        const last = chain && chain[chain.length - 1];
        if (last && hit.run !== undefined && hit.run === last.run && hit.start < last.end) chain.push(hit);
        else chains.push([hit]);
      }
      return chains.filter((chain) => (sizes.get(chain[0].run) || 1) <= distinct(chain)).flat();
    };

    return (tokensOfText) => {
      const found = [];
      for (const { start, end, terms, first } of tokensOfText) {
        const term = (exact ? terms.slice(0, 1) : terms).find((one) => matched.has(one));
        if (term === undefined) continue;
        const part = asked.find((one) => term.startsWith(one)) ?? term;
        // Of a pair of characters only the first was asked for.
        const short = first && part.length <= first[1];
        const word = words.findIndex((one) => one.terms.includes(part));
        const run = word < 0 ? undefined : words[word].run;
        found.push({ start, end: short ? first[0] : end, word: word < 0 ? term : word, run });
      }
      return near ? found : whole(found);
    };
  };

  /* Cut a text into [text, marked] parts. */
  const parts = (text, hits, begin = 0, end = text.length) => {
    const spans = [];
    for (const hit of hits) {
      if (hit.end <= begin || hit.start >= end) continue;
      const last = spans[spans.length - 1];
      // The two pairs that 下龙湾 has are one mark, and so are the two words of a name.
      if (last && /^\s?$/.test(text.slice(last.end, hit.start))) last.end = Math.max(last.end, hit.end);
      else spans.push({ start: hit.start, end: hit.end });
    }
    const found = [];
    let at = begin;
    for (const span of spans) {
      const to = Math.min(span.end, end);
      found.push([text.slice(at, span.start), false], [text.slice(Math.max(at, span.start), to), true]);
      at = to;
    }
    found.push([text.slice(at, end), false]);
    return found.filter(([piece]) => piece);
  };

  /* Return the stretch of a text that has most of the words, close together. */
  const stretch = (hits, width) => {
    let best = { worth: 0, start: 0 };
    let last = 0;
    for (let i = 0; i < hits.length; i += 1) {
      while (last < hits.length && hits[last].end - hits[i].start <= width) last += 1;
      const inside = hits.slice(i, last);
      const touching = inside.filter((hit, j) => j && hit.start - inside[j - 1].end <= 1 && hit.word !== inside[j - 1].word);
      const worth = distinct(inside) + Math.min(touching.length, 4) / 5;
      if (worth > best.worth) best = { worth, start: hits[i].start };
    }
    return best;
  };

  const SENTENCE = /[.!?…·]\s+|[。！？]\s*/u; // what parts sentences

  /* Return where a quotation begins: with its sentence, with an earlier one where the text ends
     soon, or else with a word not far before. */
  const beginning = (text, start, width) => {
    const first = Math.max(0, Math.min(start - Math.round(width / 3), text.length - width));
    const before = text.slice(first, start);
    if (first === 0) return 0;
    const sentence = SENTENCE.exec(before);
    if (sentence) return first + sentence.index + sentence[0].length;
    const near = Math.max(first, start - Math.round(width / 5));
    const blank = text.slice(near, start).search(/\s\S/u);
    return blank < 0 ? start - Math.round(width / 8) : near + blank + 1;
  };

  const ending = (text, begin, width) => {
    if (text.length - begin <= width * 1.15) return text.length;
    const blank = text.slice(begin, begin + width).search(/\s\S*$/u);
    return begin + (blank > width / 2 ? blank : width);
  };

  /* Return the words of a page that show best why it was found. */
  const passage = (page, hits, count, width) => {
    const titled = (title) => distinct(hits(tokens(title))) >= count;
    const summary = hits(tokens(page.summary));
    if (page.summary && (titled(page.title) || titled(page.original) || distinct(summary) >= count)) {
      return { anchor: "", heading: [], text: parts(page.summary, summary) };
    }
    let best = { worth: 0 };
    for (const section of page.sections) {
      section.tokens ??= [tokens(section.heading), tokens(section.text)];
      const [heading, text] = section.tokens.map(hits);
      const { worth, start } = stretch(text, width);
      const total = worth + distinct(heading) * 0.9;
      if (total > best.worth) best = { worth: total, section, heading, text, start };
    }
    if (!best.section) return { anchor: "", heading: [], text: parts(page.summary, summary) };
    const { section } = best;
    const begin = best.text.length ? beginning(section.text, best.start, width) : 0;
    const end = ending(section.text, begin, width);
    const text = parts(section.text, best.text, begin, end);
    if (begin > 0) text.unshift(["… ", false]);
    if (end < section.text.length) text.push([" …", false]);
    return { anchor: section.anchor, heading: parts(section.heading, best.heading), text };
  };

  // ---- The whole

  /* Return what can be asked of an index. */
  const open = async (data) => {
    if (data?.format !== FORMAT) throw new Error(`search index of format ${data?.format}`);
    const index = await load(data);
    const pages = data.pages.map(([url, group, title, original, summary, sections]) => ({
      url,
      group,
      title,
      original,
      summary,
      sections: sections.map(([heading, anchor, text]) => ({ heading, anchor, text })),
    }));
    const width = AROUND[data.language] || 170;

    /* Return {words, count, near, groups}; a query without words has nothing to be found. */
    const find = (query) => {
      const words = wordsOf(query);
      if (!words.length) return { words: 0, count: 0, near: false, groups: [] };
      const { found, ...way } = ask(index, words, data.language);
      const phrase = fold(clean(query.slice(0, LONGEST))).replace(/[|\s]+$/, "");
      const ordered = found
        .map((result, i) => {
          const page = pages[result.id];
          const near = nearness(page, phrase, i < CLOSE && words.length > 1);
          return { result, page, score: result.score * near * (KINDS[page.group] || 1) };
        })
        .sort((a, b) => b.score - a.score || a.result.id - b.result.id);
      const groups = new Map();
      for (const { result, page } of ordered) {
        const hits = finder(result, words, way);
        const titled = hits(tokens(page.title));
        const original = hits(tokens(page.original));
        const item = {
          url: page.url,
          title: parts(page.title, titled),
          // Shown where it tells why the page was found.
          original: distinct(original) > distinct(titled) ? parts(page.original, original) : [],
          // Made when it is shown: reading a long page takes a slow phone some milliseconds.
          passage: () => passage(page, hits, words.length, width),
        };
        if (!groups.has(page.group)) groups.set(page.group, []);
        groups.get(page.group).push(item);
      }
      const labelled = [...groups].map(([name, items]) => ({ name, label: data.texts.groups[name] || name, items }));
      return { words: words.length, count: ordered.length, near: way.near, groups: labelled };
    };

    return { find, texts: data.texts, source: data.source };
  };

  return { open };
})();
