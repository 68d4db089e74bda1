// Enters: a form's name. Leaves: that form of the page, or a copy of it to stand in the film.
// Never: a form of the film's own. What is asked, checked and sent is the page's, in one place.

/** The page's own, as long as it can be answered; null where the page lacks it, or has thanked for it. */
export function findForm(name: string): HTMLFormElement | null {
  const forms = document.querySelectorAll<HTMLFormElement>('form[data-form]');
  const isThere = (it: HTMLFormElement) =>
    it.dataset.form === name && !it.closest('dearly-video') && !it.closest('[hidden]');
  return [...forms].find(isThere) ?? null;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What its first question lets one choose of. */
export function optionsOf(form: HTMLFormElement): readonly Option[] {
  const radios = [...form.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
  const [first] = radios;
  return radios
    .filter((it) => it.name === first?.name)
    .map((it) => ({ value: it.value, label: it.closest('label')?.textContent?.trim() ?? it.value }));
}

/** The same in its element, which wakes wherever it stands. Its ids are others, so that labels and hints name the copy's fields. */
export function copyForm(form: HTMLFormElement): HTMLElement {
  const host = form.closest<HTMLElement>('dearly-form, dearly-survey');
  const copy = document.createElement(host?.localName ?? 'div');
  for (const { name, value } of host?.attributes ?? []) {
    if (name === 'name') copy.setAttribute(name, value);
  }
  copy.append(form.cloneNode(true));
  for (const part of copy.querySelectorAll<HTMLElement>('*')) {
    for (const name of naming) {
      const value = part.getAttribute(name);
      if (value !== null) part.setAttribute(name, value.replace(/[^\s]+/g, 'film-$&'));
    }
    // The copy has not been answered, nor found wrong.
    if (part.matches('.df-error')) part.replaceChildren();
  }
  return copy;
}

const naming = ['id', 'for', 'aria-describedby', 'aria-labelledby', 'aria-controls', 'list'] as const;
