// Enters: the card of an offer with the forms to take it and to put it aside, as the author wrote it. Leaves: the card that follows what was answered.
// Never: an answer of its own; its forms are forms like all others.

type State = 'open' | 'accepted' | 'declined';

/**
 * `accept` and `decline` name the two forms. What has `data-when="accepted"` (or `open`, `declined`; several with spaces) is shown in
 * that state alone. The server writes `data-state` and `hidden` for those whose browser runs no script.
 */
export class DearlyOffer extends HTMLElement {
  readonly #off = new AbortController();

  connectedCallback() {
    const { accept = 'accept', decline = 'decline' } = {
      accept: this.getAttribute('accept') ?? undefined,
      decline: this.getAttribute('decline') ?? undefined,
    };
    document.addEventListener(
      'dearly:answered',
      ({ detail: { form } }) => {
        if (form === accept) this.#turn('accepted');
        else if (form === decline && this.dataset.state !== 'accepted') this.#turn('declined');
      },
      { signal: this.#off.signal },
    );
  }

  disconnectedCallback() {
    this.#off.abort();
  }

  #turn(state: State): void {
    const had = this.contains(document.activeElement);
    this.dataset.state = state;
    for (const part of this.querySelectorAll<HTMLElement>('[data-when]'))
      part.hidden = !part.dataset.when?.split(' ').includes(state);
    // Who pressed the button reads on where the answer stands.
    const told = this.querySelector<HTMLElement>(`[data-when~="${state}"] [tabindex="-1"]`);
    if (had) requestAnimationFrame(() => told?.focus());
  }
}
