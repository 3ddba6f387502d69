// Talk to the desk: one request after the other, in the order in which somebody acted.

import { texts } from './words.js';

/** The desk did not answer: it was closed, or the network card is asleep. */
export class Silence extends Error {}

async function request(path, options) {
  let response;
  try {
    response = await fetch(`${texts.root}api/${path}`, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Silence(texts.gone, { cause: error });
  }
  let body = {};
  try {
    body = await response.json();
  } catch {
    // A page of HTML or nothing at all: the status says enough.
  }
  if (!response.ok && response.status !== 409) body.refused ??= texts.refused;
  return { status: response.status, body };
}

export const get = path => request(path, {});

export const post = (path, body, signal) => request(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
  signal,
});

/**
 * Jobs that run one after the other. A job that meets silence stays first in the line until
 * somebody tries again, so that nothing is lost and nothing overtakes.
 */
export class Line {
  #jobs = [];
  #running = false;

  /** `onSilence(error)` is called when the desk does not answer, `onVoice()` when it does again. */
  constructor({ onSilence, onVoice }) {
    this.onSilence = onSilence;
    this.onVoice = onVoice;
    this.silent = false;
  }

  get waiting() {
    return this.#jobs.length;
  }

  add(job) {
    this.#jobs.push(job);
    if (!this.silent) this.run();
  }

  async run() {
    if (this.#running) return;
    this.#running = true;
    while (this.#jobs.length) {
      try {
        await this.#jobs[0]();
      } catch (error) {
        this.#running = false;
        if (!(error instanceof Silence)) {
          this.#jobs.shift();
          throw error;
        }
        this.silent = true;
        this.onSilence(error);
        return;
      }
      this.#jobs.shift();
      if (this.silent) {
        this.silent = false;
        this.onVoice();
      }
    }
    this.#running = false;
  }
}
