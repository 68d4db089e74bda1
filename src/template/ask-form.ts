import type { AskedField, AskedForm, Field, Form, Limit } from './form.ts';

/** The form for one person: each limit that names a place of the view becomes the number that stands there, or none. */
export function askForm({ name, fields }: Form, view: Readonly<Record<string, unknown>>): AskedForm {
  return { name, fields: fields.map((field) => askField(field, view)) };
}

/** Null where the view has no number in that place. */
export function numberAt(limit: Limit | undefined, view: Readonly<Record<string, unknown>>): number | null {
  if (limit === undefined || typeof limit === 'number') return limit ?? null;
  let found: unknown = view;
  for (const step of limit.view.split('.'))
    found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

function askField(field: Field, view: Readonly<Record<string, unknown>>): AskedField {
  if (field.type !== 'number') return field;
  const { min: lowest, max: highest, ...rest } = field;
  const [min, max] = [numberAt(lowest, view), numberAt(highest, view)];
  return { ...rest, ...(min !== null && { min }), ...(max !== null && { max }) };
}
