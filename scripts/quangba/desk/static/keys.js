// Keys: Ctrl (⌘) and Alt (⌥) work everywhere, single keys only outside of fields.

const STORED = 'desk-single-keys';

const ALT = {
  KeyA: 'accept', KeyS: 'skip', KeyC: 'comment', KeyZ: 'undo', KeyP: 'approvePage', KeyK: 'help',
  ArrowDown: 'next', ArrowUp: 'previous',
};

const SINGLE = { j: 'next', k: 'previous', '?': 'help' };

/** Return a listener for keydown that calls the functions given by name. */
export function shortcuts(acts) {
  const single = document.getElementById('single-keys');
  single.checked = localStorage.getItem(STORED) !== 'off';
  single.addEventListener('change', () => localStorage.setItem(STORED, single.checked ? 'on' : 'off'));

  return event => {
    // Keys that belong to an input method (Telex, Pinyin, kana) or to a window that is open.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const name = find(event, single.checked);
    if (!name) return;
    event.preventDefault();
    if (name.startsWith('memory')) acts.memory(Number(name.slice(-1)) - 1);
    else acts[name]();
  };
}

function find(event, single) {
  // The letter on the key (AZERTY), or its place where Option makes another sign of it.
  const letter = /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code;
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (command && event.key === 'Enter') return 'approve';
  if (command && letter === 'KeyS') return 'save';
  // AltGr is Ctrl and Alt at once, and VoiceOver listens to Ctrl and Option: neither is ours.
  if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    if (/^(Digit|Numpad)[123]$/.test(event.code)) return `memory${event.code.at(-1)}`;
    return ALT[letter];
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !single) return undefined;
  if (event.target.closest?.('input, textarea, select, [contenteditable]')) return undefined;
  return SINGLE[event.key];
}
