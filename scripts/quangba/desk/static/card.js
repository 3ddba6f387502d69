// One text, opened: source, translation, what was found, and everything that helps.

import {
  announce, difference, h, keys, lackingCodes, percent, say, texts, withCodes,
} from './words.js';

const PAUSE = 400; // milliseconds after the last key before a text is checked

const SEVERITIES = { error: 'error', warning: 'warning', note: 'hint' };

/** Return the state of an entry in words, with a shape that says the same. */
export function badge(entry) {
  const state = entry.stale ? 'stale' : entry.state;
  return h('span', { class: `badge badge--${state}` }, texts[state]);
}

export class Card {
  #timer = null;
  #request = null;

  /**
   * `actions` are functions by name: write, check, approve, accept, save, skip, comment, undo,
   * reopen, waive, unwaive.
   */
  constructor(entry, total, text, actions) {
    this.actions = actions;
    this.total = total;
    this.entry = entry;
    this.live = null;
    this.#build(text);
    this.refresh(entry);
    if (text !== entry.target) this.#timer = setTimeout(() => this.#check(), 0);
  }

  // --- Making

  #build(text) {
    const { target, source } = texts;
    this.head = h('div', { class: 'card__head' });
    this.source = h('div', { class: 'card__source' });
    this.checks = h('div', { class: 'checks' });
    this.codes = h('div', { class: 'codes' });
    this.help = h('div', { class: 'card__help' });
    this.problem = h('p', { class: 'problem', id: 'card-problem' });
    this.field = h('textarea', {
      id: 'target',
      lang: target.html_lang,
      dir: target.dir,
      rows: 2,
      spellcheck: 'true',
      autocomplete: 'off',
      'aria-describedby': 'source card-problem',
      'aria-keyshortcuts': 'Control+Enter Alt+A Control+S',
      oninput: () => this.#written(),
      onbeforeinput: event => this.#oneLine(event),
    });
    this.field.value = text;
    this.unsaved = h('span', { class: 'unsaved' });
    this.label = h('label', { for: 'target' });
    this.buttons = h('div', { class: 'actions', role: 'group', 'aria-label': texts.target_label });
    this.element = h(
      'article', { class: 'card', id: 'current', tabindex: '-1', 'aria-labelledby': 'card-title' },
      this.head,
      h('div', { class: 'card__label' }, h('span', {}, texts.source_label, ' · ',
        h('span', { lang: source.html_lang }, source.name))),
      this.source,
      h('div', { class: 'card__label' }, this.label, this.unsaved),
      this.field,
      this.codes,
      this.problem,
      this.checks,
      this.buttons,
      this.help,
    );
  }

  /** Show the entry as it is now; what somebody wrote since `sent` stays. */
  refresh(entry, sent = this.entry.target) {
    const clean = [sent, this.entry.target].includes(this.field.value);
    const inside = this.element.contains(document.activeElement)
      && document.activeElement !== this.field;
    const held = inside ? document.activeElement.dataset.action : null;
    this.entry = entry;
    if (clean && this.field.value !== entry.target) this.field.value = entry.target;
    if (this.live?.text !== this.field.value) this.live = null;
    if (this.field.value === entry.target) this.live = null;
    this.#showHead();
    this.#showSource();
    this.#showChecks();
    this.#showButtons();
    this.#showHelp();
    this.#showUnsaved();
    this.grow();
    if (inside && !this.element.contains(document.activeElement)) {
      const again = held && this.element.querySelector(`[data-action="${held}"]`);
      (again || this.field).focus({ preventScroll: true });
    }
  }

  #showHead() {
    const { entry, total } = this;
    const title = say('text_n', { n: entry.index + 1, total });
    this.head.replaceChildren(
      h('h2', { id: 'card-title' }, title),
      h('span', { class: 'card__kind' }, entry.kind_label || entry.kind),
      badge(entry),
    );
    this.label.replaceChildren(
      texts.target_label, ' · ', h('span', { lang: texts.target.html_lang }, texts.target.name),
      h('span', { class: 'hidden' }, ` · ${title}`),
    );
  }

  #showSource() {
    const { entry } = this;
    const tag = texts.source.html_lang;
    const parts = [h('p', { class: 'source', id: 'source', lang: tag }, withCodes(entry.source))];
    if (entry.previous !== null && entry.previous !== undefined) {
      parts.push(h('div', { class: 'changed' }, h('p', { class: 'small' }, texts.changed),
        h('p', { lang: tag }, difference(entry.difference))));
    }
    if (entry.notes?.length) {
      parts.push(...entry.notes.map(note => h('p', { class: 'hint' },
        h('span', { class: 'small' }, texts.note), ` ${note}`)));
    }
    if (entry.pivot) {
      parts.push(h('p', { class: 'pivot' }, h('span', { class: 'small' }, texts.pivot),
        ' ', h('span', { lang: 'en' }, entry.pivot)));
    }
    if (this.entry.theirs !== undefined) {
      parts.push(h('div', { class: 'changed' }, h('p', { class: 'small' }, texts.theirs_now),
        h('p', { lang: texts.target.html_lang }, entry.theirs)));
    }
    this.source.replaceChildren(...parts);
  }

  #showUnsaved() {
    this.unsaved.textContent = this.field.value === this.entry.target ? '' : texts.unsaved;
  }

  #showChecks() {
    const shown = this.live ?? this.entry;
    const findings = shown.findings ?? [];
    const items = [];
    if (shown.unsound) {
      items.push(h('li', { class: 'finding finding--error' },
        h('span', { class: 'finding__kind' }, texts.error), h('span', {}, shown.unsound)));
    }
    items.push(...findings.map(finding => this.#finding(finding)));
    this.checks.replaceChildren(
      items.length ? h('ul', { 'aria-label': texts.checks }, items)
        : h('p', { class: 'fine' }, this.field.value ? texts.no_findings : ''),
    );
    const lacking = lackingCodes(this.entry.source, this.field.value);
    this.codes.replaceChildren(...(this.field.value && lacking.length ? [
      h('span', { class: 'small' }, texts.insert),
      ...lacking.map(code => h('button', {
        type: 'button', class: 'code', onclick: () => this.insert(code),
      }, code)),
    ] : []));
  }

  #finding(finding) {
    const kind = finding.waived ? 'waived' : finding.severity;
    const button = finding.waived
      ? h('button', {
        type: 'button', class: 'link', 'data-action': `waive-${finding.check}`,
        onclick: () => this.actions.unwaive(finding.check),
      }, texts.unwaive)
      : h('button', {
        type: 'button', class: 'link', 'data-action': `waive-${finding.check}`,
        'aria-haspopup': 'dialog',
        onclick: () => this.actions.waive(finding),
      }, texts.waive);
    return h('li', { class: `finding finding--${kind}` },
      h('span', { class: 'finding__kind' }, texts[SEVERITIES[finding.severity]]),
      h('span', {}, finding.text,
        finding.waived && h('span', { class: 'small' }, ` ${texts.waived} ${finding.waived}`)),
      button);
  }

  #showButtons() {
    const button = (name, shortcut, aria, more = {}) => h('button', {
      type: 'button', class: `button${more.class ?? ''}`, 'data-action': name,
      'aria-keyshortcuts': aria, onclick: () => this.actions[name](),
    }, h('span', {}, texts[name]), h('span', { class: 'button__keys', 'aria-hidden': 'true' },
      keys(shortcut)));
    const reviewed = this.entry.state === 'reviewed';
    this.buttons.replaceChildren(
      button('approve', 'Ctrl+Enter', 'Control+Enter', { class: ' button--first' }),
      button('accept', 'Alt+A', 'Alt+A'),
      button('save', 'Ctrl+S', 'Control+S'),
      button('skip', 'Alt+S', 'Alt+S'),
      button('comment', 'Alt+C', 'Alt+C'),
      button('undo', 'Alt+Z', 'Alt+Z'),
      ...(reviewed ? [h('button', {
        type: 'button', class: 'link', 'data-action': 'reopen',
        onclick: () => this.actions.reopen(),
      }, texts.reopen)] : []),
    );
  }

  #showHelp() {
    const { entry } = this;
    const parts = [];
    const terms = this.live?.terms ?? entry.terms ?? [];
    if (terms.length) parts.push(this.#part('terms', this.#terms(terms)));
    if (entry.memory?.length) parts.push(this.#part('memory', this.#memory(entry.memory)));
    if (entry.comments?.length) {
      parts.push(this.#part('comments',
        h('ul', { class: 'comments' }, entry.comments.map(comment => h('li', {}, comment)))));
    }
    const lines = [
      entry.drafted && `${texts.drafted} ${entry.drafted}`,
      entry.reviewed && `${texts.reviewed_by} ${[entry.reviewed.who, entry.reviewed.date]
        .filter(Boolean).join(', ')}`,
      entry.from && `${texts.reused_from} ${entry.from}`,
    ].filter(Boolean);
    if (lines.length) parts.push(h('p', { class: 'origin' }, lines.join(' · ')));
    this.help.replaceChildren(...parts);
  }

  #part(name, content) {
    return h('section', { class: `part part--${name}` }, h('h3', {}, texts[name]), content);
  }

  #terms(terms) {
    return h('ul', { class: 'terms' }, terms.map(term => {
      const word = term.rule === 'forbidden' ? 'term_forbidden'
        : term.present ? 'term_present'
          : term.rule === 'required' || term.rule === 'keep' ? 'term_missing' : 'term_optional';
      return h('li', { class: `term term--${word.slice(5)}` },
        h('span', { lang: texts.source.html_lang }, term.source), ' → ',
        term.forms.flatMap((form, index) => [index ? ' / ' : '', h('button', {
          type: 'button', class: 'code', lang: texts.target.html_lang,
          onclick: () => this.insert(form),
        }, form)]),
        h('span', { class: 'term__use' }, texts[word]),
        term.rule === 'keep' && h('span', { class: 'small' }, texts.term_keep),
        term.note && h('span', { class: 'small' }, term.note));
    }));
  }

  #memory(hits) {
    return h('ol', { class: 'memory' }, hits.map((hit, index) => h('li', { class: 'hit' },
      hit.score < 100 && h('p', { class: 'hit__source', lang: texts.source.html_lang },
        difference(hit.difference)),
      h('p', { class: 'hit__target', lang: texts.target.html_lang }, withCodes(hit.target)),
      h('p', { class: 'hit__foot' },
        h('button', {
          type: 'button', class: 'button button--small', 'aria-keyshortcuts': `Alt+${index + 1}`,
          onclick: () => this.take(index),
        }, h('span', {}, texts.take), ' ', h('span', { class: 'button__keys', 'aria-hidden': 'true' },
          keys(`Alt+${index + 1}`))),
        h('button', {
          type: 'button', class: 'button button--small',
          onclick: () => copy(hit.target),
        }, texts.copy),
        h('span', { class: 'small' },
          hit.score >= 100 ? texts.memory_same : say('memory_like', { n: percent(hit.score) }),
          ` · ${texts[hit.state] ?? hit.state} · ${hit.where}`)))));
  }

  // --- Writing

  /** A text is one line: Enter has no place in it, and lines that are pasted become one. */
  #oneLine(event) {
    if (event.inputType !== 'insertLineBreak' && event.inputType !== 'insertParagraph') return;
    event.preventDefault();
    this.problem.textContent = texts.one_line;
    announce(texts.one_line);
  }

  #written() {
    if (/[\r\n]/.test(this.field.value)) {
      const { selectionEnd } = this.field;
      this.field.value = this.field.value.replace(/\s*[\r\n]+\s*/g, ' ');
      this.field.setSelectionRange(selectionEnd, selectionEnd);
    }
    this.actions.write(this.field.value);
    this.problem.textContent = '';
    this.#showUnsaved();
    this.grow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), PAUSE);
  }

  /** Ask what is wrong with the text as it stands; nothing is saved. */
  async #check() {
    this.#request?.abort();
    this.#request = new AbortController();
    if (!this.element.isConnected) return;
    const text = this.field.value;
    if (text === this.entry.target) this.live = null;
    else {
      const found = await this.actions.check(this.entry.id, text, this.#request.signal);
      if (!found || !this.element.isConnected || text !== this.field.value) return;
      this.live = { ...found, text };
    }
    this.#keepingFocus(() => {
      this.#showChecks();
      this.#showHelp();
    });
    announce(this.summary, 'checked');
  }

  #keepingFocus(change) {
    const inside = this.element.contains(document.activeElement);
    change();
    if (inside && !this.element.contains(document.activeElement)) {
      this.field.focus({ preventScroll: true });
    }
  }

  /** The findings of the text as it stands, or null while nobody has looked. */
  get found() {
    if (this.live?.text === this.field.value) return this.live;
    return this.field.value === this.entry.target ? this.entry : null;
  }

  /** Tell whether an approval would be refused, as far as one can know here. */
  get blocked() {
    const { found } = this;
    return Boolean(found && (found.unsound
      || found.findings?.some(finding => finding.severity === 'error' && !finding.waived)));
  }

  get summary() {
    const { found } = this;
    const count = severity => (found?.findings ?? [])
      .filter(finding => finding.severity === severity && !finding.waived).length;
    return say('counts', {
      errors: count('error') + (found?.unsound ? 1 : 0),
      warnings: count('warning'),
      notes: count('note'),
    });
  }

  /** Say nothing more about what was refused before. */
  clear() {
    this.problem.textContent = '';
  }

  /** Show why an action was refused. */
  refuse(sentence) {
    this.problem.textContent = sentence;
    this.field.focus({ preventScroll: true });
    this.problem.scrollIntoView({ block: 'nearest' });
  }

  /** Write a piece at the caret, so that Ctrl+Z takes it back. */
  insert(piece) {
    this.field.focus({ preventScroll: true });
    if (!document.execCommand('insertText', false, piece)) {
      this.field.setRangeText(piece, this.field.selectionStart, this.field.selectionEnd, 'end');
      this.#written();
    }
  }

  /** Take a translation from memory in place of the text. */
  take(index) {
    const hit = this.entry.memory?.[index];
    if (!hit) return;
    this.field.focus({ preventScroll: true });
    this.field.select();
    this.insert(hit.target);
  }

  /** Fit the field to its text where the browser does not do it. */
  grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight + 4}px`;
  }
}

/** Copy a text and say so. */
export async function copy(text) {
  await navigator.clipboard.writeText(text);
  announce(texts.copied);
}
