// The desk: a list of texts, one of them open. What somebody does is shown at once and sent in the
// background; a text that was not taken comes back, and nothing that was written is lost.

import { Line, Silence, get, post } from './api.js';
import { Card, badge, copy } from './card.js';
import { ask, askText, askWho, wireDialogs } from './dialogs.js';
import { shortcuts } from './keys.js';
import { Preview } from './preview.js';
import { announce, compare, h, marked, nameKeys, say, texts } from './words.js';

const RETRY = 5000; // milliseconds between two attempts to reach a silent desk

const $ = id => document.getElementById(id);
const data = JSON.parse($('data').textContent);
const place = location.pathname.slice(texts.root.length);

// ----------------------------------------------------------------------------
// What is known
// ----------------------------------------------------------------------------

const entries = new Map(); // by id, in the order of the page
const drafts = new Map(); // unsaved texts by id
const sending = new Map(); // number of jobs by id
const rows = new Map(); // <li> by id
const remarks = new Map(); // comments and reasons that were begun or refused, by id
const accepted = new Set(); // ids of what was accepted here: only somebody's approval is left
let card = null;
let moves = 0; // counts what somebody did, so that nobody is called back while at work

const textOf = entry => drafts.get(entry.id) ?? entry.target;
const order = () => [...entries.values()];
const settled = entry => !entry.open || entry.leaving || accepted.has(entry.id);

function nextOpen(id) {
  const all = order();
  const at = all.findIndex(entry => entry.id === id);
  return [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find(entry => !settled(entry));
}

// ----------------------------------------------------------------------------
// The list
// ----------------------------------------------------------------------------

function showList() {
  rows.clear();
  for (const entry of order()) rows.set(entry.id, h('li', {}, row(entry)));
  $('list').replaceChildren(...rows.values());
}

function row(entry) {
  const text = textOf(entry);
  const errors = entry.unsound || (entry.findings ?? [])
    .some(finding => finding.severity === 'error' && !finding.waived);
  return h('button', {
    type: 'button', class: `row${entry.open ? ' row--open' : ''}`, onclick: () => select(entry.id),
  },
  h('span', { class: 'row__number' }, String(entry.index + 1)),
  h('span', { class: 'row__texts' },
    h('span', { class: 'row__source', lang: texts.source.html_lang }, entry.source),
    text
      ? h('span', { class: 'row__target', lang: texts.target.html_lang }, text)
      : h('span', { class: 'row__target row__target--none' }, texts.no_text)),
  h('span', { class: 'row__marks' },
    sending.has(entry.id) ? h('span', { class: 'badge' }, texts.saving)
      : drafts.has(entry.id) ? h('span', { class: 'badge badge--unsaved' }, texts.unsaved) : null,
    errors ? h('span', { class: 'badge badge--error' }, texts.error) : null,
    badge(entry)));
}

function showRow(id) {
  if (card?.entry.id === id) return;
  rows.get(id)?.replaceChildren(row(entries.get(id)));
}

/** Open a text. */
function select(id, { focus = true } = {}) {
  const entry = entries.get(id);
  if (!entry) return;
  const before = card?.entry.id;
  moves += 1;
  card = null;
  if (before && before !== id) showRow(before);
  card = new Card(entry, entries.size, textOf(entry), actions);
  const item = rows.get(id);
  item.replaceChildren(card.element);
  for (const [other, element] of rows) element.classList.toggle('current', other === id);
  item.setAttribute('aria-current', 'true');
  if (before && before !== id) rows.get(before)?.removeAttribute('aria-current');
  card.grow();
  if (focus) {
    card.field.focus({ preventScroll: true });
    card.field.setSelectionRange(card.field.value.length, card.field.value.length);
  }
  reveal(item);
  history.replaceState(null, '', `#${id}`);
  preview.light(id);
  showFinish();
}

/** Tell whether the list moves by itself, and not the whole window. */
const listScrolls = () => getComputedStyle(document.querySelector('.work')).overflowY === 'auto';

/** Bring an element to the top of the list, below the line that stays there. */
function reveal(element) {
  const work = document.querySelector('.work');
  const head = document.querySelector('.work__head');
  const stays = getComputedStyle(head).position === 'sticky';
  const inside = listScrolls();
  const top = inside ? work.getBoundingClientRect().top : 0;
  const by = element.getBoundingClientRect().top - top - (stays ? head.offsetHeight : 0) - 8;
  (inside ? work : window).scrollBy({ top: by });
}

function step(by) {
  const all = order();
  const at = all.findIndex(entry => entry.id === card?.entry.id);
  const to = all[at + by];
  if (to) select(to.id);
}

/** Go on to what is open; where nothing is, to the end of the list. */
function goOn(id) {
  const next = nextOpen(id) ?? entries.get(id);
  if (!settled(next)) {
    select(next.id);
    return;
  }
  moves += 1;
  card = null;
  showRow(id);
  rows.get(id)?.classList.remove('current');
  rows.get(id)?.removeAttribute('aria-current');
  preview.light(null);
  showFinish();
  $('finish-title').focus({ preventScroll: true });
  reveal($('finish'));
}

// ----------------------------------------------------------------------------
// Around the list
// ----------------------------------------------------------------------------

function showTotals() {
  const { left, words, minutes } = data;
  const all = order();
  const reviewed = all.filter(entry => entry.state === 'reviewed' && !entry.stale).length;
  $('left').textContent = left ? say('left', { n: left, words, minutes }) : texts.left_none;
  $('progress').max = entries.size || 1;
  $('progress').value = reviewed;
  $('approve-page').hidden = !data.can_approve_page;
  showFinish();
}

function showFinish() {
  $('finish').hidden = !order().every(settled);
  $('finish-approve').hidden = !data.can_approve_page;
  $('finish-next')?.classList.toggle('button--first', !data.can_approve_page);
  $('finish-text').textContent = data.can_approve_page ? texts.page_ready : texts.page_done;
}

function showSaving() {
  $('saved').textContent = line.silent ? texts.unsaved : texts.saving;
}

/** Show a notice above the list that stays until somebody deals with it. */
function notice(key, sentence, ...buttons) {
  dismiss(key);
  const close = h('button', { type: 'button', class: 'link', onclick: () => leave(key) }, texts.dismiss);
  // The place is there before the sentence: only then is it read out.
  const text = h('p', { role: 'alert' });
  const box = h('div', { class: 'alert', 'data-key': key }, text,
    h('p', { class: 'alert__buttons' }, buttons, close));
  $('alerts').append(box);
  text.textContent = sentence;
  // The notice stands in the line that stays: what is being worked on must not lie under it.
  if (card) reveal(rows.get(card.entry.id));
}

function dismiss(key) {
  $('alerts').querySelector(`[data-key="${key}"]`)?.remove();
}

function leave(key) {
  dismiss(key);
  backToWork();
}

function backToWork() {
  (card?.field ?? $('finish-title')).focus();
}

const button = (text, act) => h('button', { type: 'button', class: 'button button--small', onclick: act },
  text);

// ----------------------------------------------------------------------------
// Sending
// ----------------------------------------------------------------------------

let retry;

const line = new Line({
  onSilence() {
    clearTimeout(retry);
    retry = setTimeout(() => line.run(), RETRY);
    $('saved').textContent = texts.unsaved;
    if ($('alerts').querySelector('[data-key="silence"]')) return;
    notice('silence', texts.gone_kept,
      button(texts.try_again, () => line.run()),
      button(texts.copy_unsaved, () => copy([...drafts.values()].join('\n\n'))));
  },
  onVoice() {
    clearTimeout(retry);
    dismiss('silence');
    if (document.activeElement === document.body) backToWork();
  },
});

/** Take an entry as the desk says it is. */
function take(entry, sent) {
  const known = entries.get(entry.id);
  if (!known) return;
  entries.set(entry.id, { ...entry, leaving: known.leaving });
  if ([sent, entry.target].includes(drafts.get(entry.id))) drafts.delete(entry.id);
  if (card?.entry.id === entry.id) card.refresh(entries.get(entry.id), sent);
  else showRow(entry.id);
}

function takeTotals(body) {
  for (const name of ['left', 'words', 'minutes', 'can_approve_page', 'undo']) {
    if (name in body) data[name] = body[name];
  }
  showTotals();
}

function takePage(body) {
  for (const entry of body.entries) take(entry);
  takeTotals(body);
}

/** What a text is after an action; other actions bring no translation. */
const WANTED = { edit: 'translated', accept: 'translated', approve: 'reviewed' };

/** Send what somebody did to a text; `done` is said when it was taken. */
function send(id, body, done) {
  const moment = moves;
  const { reviewer } = texts; // who signs is who stands on the screen now
  sending.set(id, (sending.get(id) ?? 0) + 1);
  if (body.action in WANTED && body.text !== entries.get(id).target) drafts.set(id, body.text);
  showRow(id);
  line.add(async () => {
    const { version } = entries.get(id);
    const { status, body: answer } = await post(`${place}/${id}`, { ...body, version, reviewer });
    const count = sending.get(id) - 1;
    if (count) sending.set(id, count);
    else sending.delete(id);
    const entry = entries.get(id);
    if (!count) entry.leaving = false;
    if (status === 200) taken(id, body, answer, done);
    else if (status === 409 && answer.conflict && alike(answer.conflict, body)) {
      take(answer.conflict); // sent before the desk fell silent, and saved after all
    } else if (status === 409 && answer.conflict && !(body.action in WANTED)
      && answer.conflict.target === entry.target) {
      take(answer.conflict); // the translation is the same: it is about it all the same
      const there = body.action === 'comment'
        && answer.conflict.comments.some(comment => comment.endsWith(body.text));
      if (!there) send(id, body, done);
    } else if (status === 409 && answer.conflict) conflict(id, body, answer.conflict, done, moment);
    else refused(id, body, status, answer, moment);
  });
  showSaving();
}

const alike = (entry, body) => entry.target === body.text
  && (body.action === 'edit' || entry.state === WANTED[body.action]);

function taken(id, body, answer, done) {
  dismiss(id);
  if (body.action === 'accept') accepted.add(id);
  if (body.action === 'edit' || body.action === 'reopen') accepted.delete(id);
  take(answer.entry, body.text);
  if (card?.entry.id === id) card.clear();
  takeTotals(answer);
  announce(done);
  // The job that just ended is still first in the line.
  $('saved').textContent = line.waiting > 1 ? texts.saving : texts.saved;
  if (body.action in WANTED) preview.refresh();
}

/** Come back to a text, unless somebody is already at work on another one. */
function comeBack(id, moment, sentence, act, word) {
  if (moves <= moment + 1 || card?.entry.id === id) {
    act();
    return;
  }
  notice(id, sentence, button(word, () => {
    dismiss(id);
    act();
  }));
}

function refused(id, body, status, answer, moment) {
  $('saved').textContent = texts.unsaved;
  const entry = entries.get(id);
  if (body.action === 'comment') remarks.set(id, body.text);
  if (body.action === 'waive') remarks.set(`${id} ${body.check}`, body.reason);
  if (answer.findings) entry.findings = answer.findings;
  showRow(id);
  showTotals();
  const act = () => {
    if (card?.entry.id === id) card.refresh(entry);
    else select(id);
    card.refuse(answer.refused);
    announce(`${texts.not_saved} ${answer.refused}`);
    if (answer.reviewer) askWho();
  };
  const sentence = `${say('text_n', { n: entry.index + 1, total: entries.size })}: ${answer.refused}`;
  comeBack(id, moment, status === 404 ? `${sentence} ${texts.gone_text}` : sentence, act, texts.go_back);
}

function conflict(id, body, theirs, done, moment) {
  $('saved').textContent = texts.unsaved;
  const entry = entries.get(id);
  const sentence = `${say('text_n', { n: entry.index + 1, total: entries.size })}: ${texts.conflict}`;
  comeBack(id, moment, sentence, async () => {
    const mine = body.action in WANTED ? body.text : textOf(entry);
    const pairs = compare(theirs.target, mine, texts.target.html_lang);
    $('conflict-source').textContent = theirs.source;
    $('theirs').replaceChildren(...(theirs.target ? marked(pairs, 'old') : [texts.no_text]));
    $('theirs-state').replaceChildren(badge(theirs));
    $('mine').replaceChildren(...marked(pairs, 'new'));
    const choice = await ask($('conflict-dialog'));
    if (choice === 'theirs') drafts.delete(id);
    else drafts.set(id, mine);
    const known = { ...theirs };
    if (choice !== 'theirs' && choice !== 'mine') known.theirs = theirs.target;
    card = card?.entry.id === id ? null : card;
    take(known);
    if (choice === 'mine') {
      send(id, body, done);
      if (body.action === 'accept' || body.action === 'approve') goOn(id);
      else select(id);
    } else select(id);
    showTotals();
  }, texts.choose);
}

// ----------------------------------------------------------------------------
// What somebody can do
// ----------------------------------------------------------------------------

/** Send the open text and go on. */
async function finish(action, done) {
  if (!card) return;
  const { entry } = card;
  const text = card.field.value;
  if (!text.trim()) {
    card.refuse(texts.empty);
    announce(texts.empty);
    return;
  }
  if (action === 'approve' && card.blocked) {
    card.refuse(texts.blocked);
    announce(`${texts.blocked} ${card.summary}`);
    return;
  }
  if (action === 'approve' && !texts.reviewer && !await askWho()) return;
  entry.leaving = true;
  accepted.delete(entry.id);
  send(entry.id, { action, text }, done);
  goOn(entry.id);
}

const actions = {
  write(text) {
    moves += 1;
    const { entry } = card;
    if (text === entry.target) drafts.delete(entry.id);
    else drafts.set(entry.id, text);
  },
  async check(id, text, signal) {
    try {
      const { status, body } = await post(`${place}/${id}/check`, { text }, signal);
      return status === 200 ? body : null;
    } catch (error) {
      if (error instanceof Silence) {
        if (!line.silent) line.onSilence(error);
        return null;
      }
      if (error.name === 'AbortError') return null;
      throw error;
    }
  },
  approve: () => finish('approve', texts.approved),
  accept: () => finish('accept', texts.accepted),
  save() {
    if (!card) return;
    if (card.field.value.trim()) send(card.entry.id, { action: 'edit', text: card.field.value }, texts.saved);
    else card.refuse(texts.empty);
  },
  skip() {
    if (!card) return;
    announce(texts.skipped);
    goOn(card.entry.id);
  },
  async comment() {
    if (!card) return;
    const { id, source } = card.entry;
    if (!texts.reviewer && !await askWho()) return;
    $('comment-source').textContent = source;
    $('comment-field').value = remarks.get(id) ?? '';
    const text = await askText($('comment-dialog'), written => written ? null : texts.comment_empty);
    if (text === null) {
      remarks.set(id, $('comment-field').value);
      return;
    }
    remarks.delete(id);
    send(id, { action: 'comment', text }, texts.commented);
    backToWork();
  },
  async waive(finding) {
    const { entry } = card;
    if (!texts.reviewer && !await askWho()) return;
    $('waive-finding').textContent = finding.text;
    const key = `${entry.id} ${finding.check}`;
    $('waive-field').value = remarks.get(key) ?? '';
    const reason = await askText($('waive-dialog'), written => written ? null : texts.waive_empty);
    if (reason === null) return;
    remarks.delete(key);
    const text = textOf(entry);
    // The reason is bound to the text: it is saved first.
    if (text !== entry.target) send(entry.id, { action: 'edit', text }, texts.saved);
    send(entry.id, { action: 'waive', check: finding.check, reason }, texts.saved);
    backToWork();
  },
  unwaive(check) {
    send(card.entry.id, { action: 'unwaive', check }, texts.saved);
  },
  reopen() {
    send(card.entry.id, { action: 'reopen' }, texts.saved);
  },
  undo() {
    let answer = null; // a job that met silence begins again: nothing is taken back twice
    line.add(async () => {
      if (!data.undo) {
        announce(texts.nothing_to_undo);
        $('saved').textContent = texts.nothing_to_undo;
        return;
      }
      const label = data.undo;
      answer ??= await post('undo', {});
      const { status, body } = answer;
      if (status !== 200) {
        notice('undo', body.refused ?? texts.conflict);
        return;
      }
      data.undo = body.undo ?? null;
      if (`${body.language}/${body.page}` !== `${data.language}/${data.page}`) {
        notice('undo', texts.undone_elsewhere, h('a', {
          class: 'button button--small',
          href: `${texts.root}${body.language}/${body.page.replace(/\.md$/, '')}`,
        }, texts.open_it));
        return;
      }
      const id = body.entry?.id;
      const before = entries.get(id);
      takePage((await get(place)).body);
      accepted.delete(id);
      // Only the approval is taken back: what was typed for it stays in the field, unsaved.
      if (before?.state === 'reviewed' && before.target !== entries.get(id)?.target) {
        drafts.set(id, before.target);
      }
      if (entries.has(body.entry?.id)) select(body.entry.id);
      announce(`${texts.undone} ${label}`);
      $('saved').textContent = texts.undone;
      preview.refresh();
    });
  },
  async approvePage() {
    if (!data.can_approve_page) {
      announce(texts.page_not_yet);
      return;
    }
    if (!texts.reviewer && !await askWho()) return;
    const waiting = order().filter(entry => entry.state !== 'reviewed').length;
    $('page-text').textContent = say('approve_page_text', { n: waiting, who: texts.reviewer });
    if (!await ask($('page-dialog'))) return;
    // What is approved is what one sees: texts that were not saved yet are saved first.
    for (const [id, text] of drafts) {
      if (!sending.has(id)) send(id, { action: 'edit', text }, texts.saved);
    }
    line.add(async () => {
      const { status, body } = await post(place, { action: 'approve_page', reviewer: texts.reviewer });
      if (status !== 200) {
        notice('page', body.refused, ...(body.id ? [button(texts.go_back, () => {
          dismiss('page');
          select(body.id);
        })] : []));
        return;
      }
      takePage(body);
      announce(texts.page_approved);
      $('saved').textContent = texts.page_approved;
      preview.refresh();
      if (card) goOn(card.entry.id);
      else $('finish-title').focus({ preventScroll: true });
    });
  },
};

// ----------------------------------------------------------------------------
// The page beside it, keys, start
// ----------------------------------------------------------------------------

const wide = matchMedia('(min-width: 70rem)');
const toggle = $('preview-toggle');

function showPreview(on) {
  document.body.classList.toggle('with-preview', on);
  toggle.setAttribute('aria-expanded', String(on));
  toggle.textContent = on ? texts.preview_hide : texts.preview_show;
  if (on && card) preview.light(card.entry.id);
}

const help = () => ask($('help-dialog')).then(() => {
  if (document.activeElement === document.body) backToWork();
});

const onKey = shortcuts({
  approve: actions.approve,
  save: actions.save,
  accept: actions.accept,
  skip: actions.skip,
  comment: actions.comment,
  undo: actions.undo,
  approvePage: actions.approvePage,
  help,
  next: () => step(1),
  previous: () => step(-1),
  memory: index => card?.take(index),
});

const preview = new Preview({
  onPick(ids) {
    const id = ids.find(each => entries.has(each));
    if (id) select(id);
  },
  onKey,
});

function start() {
  for (const entry of data.entries) entries.set(entry.id, entry);
  nameKeys();
  wireDialogs();
  showList();
  if (toggle) {
    showPreview(wide.matches);
    wide.addEventListener('change', () => showPreview(wide.matches));
    toggle.addEventListener('click', () => {
      const on = toggle.getAttribute('aria-expanded') !== 'true';
      showPreview(on);
      // In a low window the page stands below the list: go there.
      if (on && !listScrolls()) {
        $('preview').focus({ preventScroll: true });
        $('preview').scrollIntoView();
      }
    });
  }
  $('help-open').addEventListener('click', help);
  $('approve-page').addEventListener('click', actions.approvePage);
  $('finish-approve').addEventListener('click', actions.approvePage);
  document.addEventListener('keydown', onKey);
  document.querySelector('.skip[href="#current"]').addEventListener('click', event => {
    event.preventDefault();
    backToWork();
  });
  addEventListener('beforeunload', event => {
    if (drafts.size || line.waiting) event.preventDefault();
  });
  showTotals();
  const asked = location.hash.slice(1);
  const first = entries.get(asked) ?? order().find(entry => entry.open);
  if (first) select(first.id);
  else $('finish-title').focus({ preventScroll: true });
}

start();
