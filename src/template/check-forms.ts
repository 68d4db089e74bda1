// Enters: a pack's forms with its words and its view. Leaves: what they ask for that is not there.
// Never: the page; where forms stand is looked at in page/place-forms.ts.
import type { Currency, Limit } from './form.ts';
import { moreWordsOfForm, wordsOfForm } from './form-words.ts';
import type { Finding } from './lint/finding.ts';
import { argumentsOf, type Words } from './messages.ts';
import { formFault, type ReadForms } from './read-forms.ts';
import { follow, namesIn, type Shape } from './view-shape.ts';

/** @param shape null for an old version, which was checked when it was new */
export function checkForms({ forms, locate }: ReadForms, words: Words, shape: Shape | null): Finding[] {
  if (shape === null) return [];
  const own = Object.values(forms);
  return [
    ...own.flatMap((form) => missingWords(form, locate, words)),
    ...own.flatMap((form) => wantingWords(form, locate, words)),
    ...own.flatMap(({ name, fields, conversion }) => [
      ...fields.flatMap((field, index) => {
        if (field.type !== 'number') return [];
        const at = [name, 'fields', index];
        return [
          ...limitFaults(field.min, [...at, 'min'], locate, shape),
          ...limitFaults(field.max, [...at, 'max'], locate, shape),
        ];
      }),
      ...limitFaults(conversion?.value, [name, 'conversion', 'value'], locate, shape),
      // Which text it is shows when it is answered: a currency that is none is worth nothing.
      ...limitFaults(conversion?.currency, [name, 'conversion', 'currency'], locate, shape, 'text'),
    ]),
  ];
}

type Form = ReadForms['forms'][string];

function missingWords(form: Form, locate: ReadForms['locate'], { byLanguage }: Words): Finding[] {
  // What one language has and another lacks is told with the messages.
  const isThere = (key: string) => Object.values(byLanguage).some((all) => Object.hasOwn(all, key));
  return wordsOfForm(form)
    .filter(({ key }) => !isThere(key))
    .map(({ key, path }) =>
      formFault(locate(path), path, `has no words "${key}"`, 'add the message to every file of messages/'),
    );
}

/** They are said without data but for the field's own limits. */
function wantingWords(form: Form, locate: ReadForms['locate'], { byLanguage }: Words): Finding[] {
  const keys = [...wordsOfForm(form).map(({ key }) => key), ...moreWordsOfForm(form)];
  const wanted = (key: string) => {
    const names = Object.values(byLanguage).map((all) => argumentsOf(all[key] ?? ''));
    return names.flatMap((it) => (typeof it === 'string' ? [] : [...it]));
  };
  return keys.flatMap((key) => {
    const strange = wanted(key).filter((name) => name !== 'min' && name !== 'max');
    if (strange.length === 0) return [];
    const what = `message "${key}" wants {${strange[0]}}`;
    return [
      formFault(
        locate([form.name]),
        [form.name],
        what,
        'it may name {min} and {max}, the limits of its field',
      ),
    ];
  });
}

function limitFaults(
  limit: Limit | Currency | undefined,
  path: (string | number)[],
  locate: ReadForms['locate'],
  shape: Shape,
  wanted: 'number' | 'text' = 'number',
): Finding[] {
  if (typeof limit !== 'object') return [];
  let here: Shape | undefined = shape;
  let around = shape;
  for (const step of limit.view.split('.')) {
    if (here !== undefined) around = here;
    here = here && follow(here, step, shape);
  }
  if (here !== undefined && isOf(here, wanted)) return [];
  if (here === undefined) {
    const names = namesIn(around, shape).join(', ');
    return [formFault(locate(path), path, `the view has no "${limit.view}"`, `there are ${names}`)];
  }
  const what = `"${limit.view}" of the view is no ${wanted}`;
  return [formFault(locate(path), path, what, `add the plain ${wanted} to the view`)];
}

const types = { number: ['number', 'integer'], text: ['string'] } as const;

function isOf(shape: Shape, wanted: 'number' | 'text'): boolean {
  if (shape === 'any') return true;
  const branches = shape.anyOf ?? shape.oneOf;
  if (branches) return branches.some((one) => typeof one === 'object' && isOf(one, wanted));
  return types[wanted].some((type) => type === shape.type);
}
