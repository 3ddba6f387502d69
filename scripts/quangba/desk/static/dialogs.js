// Small windows: the browser's own <dialog> keeps the focus inside and gives it back.

import { Silence, post } from './api.js';
import { texts } from './words.js';

const $ = id => document.getElementById(id);

/** Open a window; return the value of the button that closed it, '' for Escape. */
export function ask(dialog) {
  return new Promise(resolve => {
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}

/**
 * Open a window with one field; return what was written, null when it was closed.
 *
 * `take(text)` may return a sentence that says what is wrong; then the window stays.
 */
export function askText(dialog, take) {
  const field = dialog.querySelector('input, textarea');
  const problem = dialog.querySelector('.problem');
  const form = dialog.querySelector('form');
  let written = null;
  const submit = async event => {
    event.preventDefault();
    // Catalogs keep a remark on one line.
    const text = field.value.trim().replace(/\s*[\r\n]+\s*/g, ' ');
    const wrong = await take(text);
    problem.textContent = wrong ?? '';
    field.setAttribute('aria-invalid', String(Boolean(wrong)));
    if (wrong) {
      field.focus();
      return;
    }
    written = text;
    dialog.close('yes');
  };
  const write = event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) submit(event);
  };
  problem.textContent = '';
  field.removeAttribute('aria-invalid');
  form.addEventListener('submit', submit);
  form.addEventListener('keydown', write);
  return ask(dialog).then(() => {
    form.removeEventListener('submit', submit);
    form.removeEventListener('keydown', write);
    return written;
  });
}

/** Send the name or role; return a sentence when it was not taken. */
export async function introduce(reviewer) {
  if (!reviewer) return texts.who_empty;
  try {
    const { status, body } = await post('reviewer', { reviewer });
    if (status !== 200) return body.refused;
    texts.reviewer = body.reviewer ?? reviewer;
    $('who-name').textContent = texts.reviewer;
    $('who').classList.remove('who--missing');
    $('welcome')?.remove();
    return null;
  } catch (error) {
    if (error instanceof Silence) return error.message;
    throw error;
  }
}

/** Ask for the name or role; tell whether there is one now. */
export async function askWho() {
  $('who-field').value = texts.reviewer;
  await askText($('who-dialog'), introduce);
  return Boolean(texts.reviewer);
}

/** Wire what every page has: the name, the buttons that close, the menu of languages. */
export function wireDialogs() {
  $('who').addEventListener('click', askWho);
  for (const button of document.querySelectorAll('[data-close]')) {
    button.addEventListener('click', () => button.closest('dialog').close(''));
  }
  const menu = $('ui-menu');
  document.addEventListener('click', event => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}
