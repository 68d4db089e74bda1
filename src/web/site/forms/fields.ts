// What a form of ours looks like in the page (src/template/page/expand-form.ts writes it): values, and what is wrong where.

/** All that is filled in, by field. A box that is not ticked is not there. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && name !== 'form' && name !== 'submission') values[name] = value;
  return values;
}

export function fieldsOf(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('[data-field]')];
}

export function nameOf(field: HTMLElement): string {
  return field.dataset.field ?? '';
}

/** What is focused to mend it: of a row of choices the first. */
export function controlOf(field: HTMLElement): HTMLInputElement | HTMLTextAreaElement | null {
  return field.querySelector('input, textarea');
}

/** Says what is wrong below the field, or takes it back: '' is nothing. */
export function markField(field: HTMLElement, sentence: string): void {
  const place = field.querySelector<HTMLElement>('.df-error');
  const marked = field.matches('fieldset') ? field : controlOf(field);
  if (sentence) marked?.setAttribute('aria-invalid', 'true');
  else marked?.removeAttribute('aria-invalid');
  if (!place) return;
  place.textContent = sentence;
  place.hidden = sentence === '';
}
