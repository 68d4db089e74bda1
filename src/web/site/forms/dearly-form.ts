// Enters: a form as the server wrote it. Leaves: the same form, checked as it is filled in, sent without leaving the page, thanked for in its place.
// Never: a form that a browser without this code could not send.
import { checkForm } from './check-form.ts';
import { controlOf, fieldsOf, markField, nameOf, valuesOf } from './fields.ts';
import './sending.css';
import { type Answered, type Outcome, submitForm } from './submit-form.ts';
import { formWords } from './words.ts';

/** Shorter than that nobody has to be told to wait. */
const patienceMs = 400;

export class DearlyForm extends HTMLElement {
  readonly #off = new AbortController();
  #isSending = false;

  connectedCallback() {
    const form = this.querySelector('form');
    if (!form || this.dataset.ready !== undefined) return;
    this.dataset.ready = '';
    // What is wrong is said in our words, in its place.
    form.noValidate = true;
    const status = form.querySelector<HTMLElement>('.df-status') ?? addStatus(form);
    const { signal } = this.#off;
    const name = form.dataset.form ?? '';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send(form, status);
    });
    form.addEventListener('input', ({ target }) => {
      const field = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null;
      if (field) mend(form, field, status);
    });
    document.addEventListener(
      'dearly:answered',
      ({ detail }) => detail.form === name && this.#thank(form, detail),
      { signal },
    );
  }

  disconnectedCallback() {
    // Moved within the page it comes back at once, and goes on.
    queueMicrotask(() => this.isConnected || this.#off.abort());
  }

  async #send(form: HTMLFormElement, status: HTMLElement): Promise<void> {
    if (this.#isSending) return;
    const errors = checkForm(form);
    this.#show(form, status, errors);
    if (Object.keys(errors).length > 0) return;
    this.#isSending = true;
    form.dataset.state = 'sending';
    const words = formWords(document.documentElement.lang);
    const slow = setTimeout(() => {
      status.textContent = words.sending;
    }, patienceMs);
    const outcome = await submitForm(
      {
        url: form.action,
        form: form.dataset.form ?? '',
        submission: form.querySelector<HTMLInputElement>('[name=submission]')?.value ?? '',
        values: valuesOf(form),
      },
      () => {
        clearTimeout(slow);
        status.textContent = words.waiting;
      },
    );
    clearTimeout(slow);
    this.#isSending = false;
    delete form.dataset.state;
    this.#settle(form, status, outcome);
  }

  #settle(form: HTMLFormElement, status: HTMLElement, outcome: Outcome): void {
    const words = formWords(document.documentElement.lang);
    status.textContent = '';
    // Thanks came with `dearly:answered`.
    if (outcome.kind === 'thanks') this.querySelector<HTMLElement>('.df-thanks')?.focus();
    else if (outcome.kind === 'wrong') this.#show(form, status, outcome.errors);
    else status.textContent = words[outcome.kind];
  }

  /** Each sentence in its place; the first is gone to, which reads it out. */
  #show(form: HTMLFormElement, status: HTMLElement, errors: Readonly<Record<string, string>>): void {
    const fields = fieldsOf(form);
    for (const field of fields) markField(field, errors[nameOf(field)] ?? '');
    const wrong = fields.filter((field) => nameOf(field) in errors);
    status.textContent = wrong.length > 1 ? formWords(document.documentElement.lang).several : '';
    const [first] = wrong;
    if (first) controlOf(first)?.focus();
  }

  #thank(form: HTMLFormElement, { thanks }: Answered): void {
    if (!form.isConnected) return;
    const place = document.createElement('p');
    place.className = 'df-thanks';
    place.id = form.id;
    place.setAttribute('role', 'status');
    place.tabIndex = -1;
    // Where it was answered before, that goes along.
    (form.closest('.df-given') ?? form).replaceWith(place);
    // A region tells what changes in it once it is there.
    place.textContent = thanks;
  }
}

/** Who mends something sees at once that it is mended; nobody is told off while still writing. */
function mend(form: HTMLFormElement, field: HTMLElement, status: HTMLElement): void {
  const wrong = '.df-error:not([hidden])';
  if (!field.querySelector(wrong)) return;
  markField(field, checkForm(form)[nameOf(field)] ?? '');
  if (!form.querySelector(wrong)) status.textContent = '';
}

function addStatus(form: HTMLFormElement): HTMLElement {
  const status = document.createElement('p');
  status.className = 'df-status';
  status.setAttribute('role', 'status');
  form.append(status);
  return status;
}

/** The same; a name of its own says that this is about an opinion. */
export class DearlySurvey extends DearlyForm {}

declare global {
  interface DocumentEventMap {
    'dearly:answered': CustomEvent<Answered>;
  }
}
