// Enters: a form in the page and what the page says of it. Leaves: a sentence for each field that is wrong.
// Never: a judgement of its own: the server calls the same `checkAnswer` on the same limits.
import { checkAnswer } from '../../../author.ts';
import { readPage } from '../page/read-page.ts';
import { controlOf, fieldsOf, nameOf, valuesOf } from './fields.ts';

/** Sentences by field; empty where all is well. */
export function checkForm(form: HTMLFormElement): Readonly<Record<string, string>> {
  const { forms = {}, asking } = readPage();
  const known = forms[form.dataset.form ?? ''];
  if (known === undefined || asking === undefined) return nativeErrors(form);
  const checked = checkAnswer(known.form, valuesOf(form), asking);
  if (checked.kind === 'taken') return {};
  const sentences = Object.entries(checked.errors).map(([field, reason]) => {
    return [field, known.wrong[field]?.[reason] ?? reason] as const;
  });
  return Object.fromEntries(sentences);
}

/** A form that the page says nothing of is checked by the browser, in its own words. */
function nativeErrors(form: HTMLFormElement): Readonly<Record<string, string>> {
  const errors = fieldsOf(form).map((field) => [nameOf(field), controlOf(field)?.validationMessage ?? '']);
  return Object.fromEntries(errors.filter(([, sentence]) => sentence !== ''));
}
