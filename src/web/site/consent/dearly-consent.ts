// Enters: the switch as the server wrote it, a plain form. Leaves: a switch that switches in place, and says so to who counts.
// Never: counting that goes on while the no is on its way, or starts before the yes is kept.

export class DearlyConsent extends HTMLElement {
  #isSending = false;

  connectedCallback() {
    const form = this.querySelector('form');
    const button = form?.querySelector('button');
    if (!form || !button || this.dataset.ready !== undefined) return;
    this.dataset.ready = '';
    const field = form.elements.namedItem('counting') as HTMLInputElement;
    // A switch has one name and two states; without a script it is a button that says what it would do.
    button.setAttribute('role', 'switch');
    button.setAttribute('aria-labelledby', 'counting-title');
    this.#show(form, field.value === 'off');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#turn(form, field.value === 'on');
    });
  }

  async #turn(form: HTMLFormElement, isOn: boolean): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const failed = form.querySelector<HTMLElement>('.dt-failed');
    if (failed) failed.hidden = true;
    if (!isOn) this.#tell(false);
    const isKept = await send(form.action, isOn);
    this.#isSending = false;
    if (isKept) {
      this.#show(form, isOn);
      if (isOn) this.#tell(true);
    } else if (failed) {
      failed.textContent = failed.dataset.text ?? '';
      failed.hidden = false;
    }
  }

  #show(form: HTMLFormElement, isOn: boolean): void {
    (form.elements.namedItem('counting') as HTMLInputElement).value = isOn ? 'off' : 'on';
    form.querySelector('button')?.setAttribute('aria-checked', String(isOn));
    for (const it of form.querySelectorAll<HTMLElement>('[data-when]'))
      it.hidden = (it.dataset.when === 'on') !== isOn;
  }

  #tell(on: boolean): void {
    document.dispatchEvent(new CustomEvent('dearly:counting', { detail: { on } }));
  }
}

/** False where the server did not say that it is kept. */
async function send(url: string, isOn: boolean): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ counting: isOn ? 'on' : 'off' }),
      headers: { accept: 'application/json' },
      keepalive: true,
    });
    return answer.ok && ((await answer.json()) as { counting?: boolean }).counting === isOn;
  } catch {
    return false;
  }
}
