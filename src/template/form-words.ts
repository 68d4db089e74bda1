import type { Field, Form } from './form.ts';

/** Messages that a form cannot do without, each with its place in `forms.json`. */
export function wordsOfForm({ name, fields }: Form): readonly { key: string; path: (string | number)[] }[] {
  const own = ['title', 'submit', 'thanks'].map((word) => ({ key: `form.${name}.${word}`, path: [name] }));
  return [
    ...own,
    ...fields.flatMap((field, index) =>
      wordsOfField(field).map((word) => ({ key: `form.${name}.${word}`, path: [name, 'fields', index] })),
    ),
  ];
}

/** Those that it may have besides. */
export function moreWordsOfForm({ name, fields }: Form): readonly string[] {
  return fields.flatMap((field) => [`form.${name}.${field.name}.hint`, `form.${name}.${field.name}.wrong`]);
}

function wordsOfField(field: Field): string[] {
  const { name, type } = field;
  if (type === 'choice') return [name, ...field.options.map((option) => `${name}.${option}`)];
  return type === 'nps' || type === 'csat' || type === 'ces' ? [name, `${name}.low`, `${name}.high`] : [name];
}
