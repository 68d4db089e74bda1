import type { AskedField, AskedForm, Currency, Field, Form, Limit } from './form.ts';

/** The form for one person: each limit that names a place of the view becomes the number that stands there, or none. */
export function askForm({ name, fields }: Form, view: Readonly<Record<string, unknown>>): AskedForm {
  return { name, fields: fields.map((field) => askField(field, view)) };
}

/** Null where the view has no number in that place. */
export function numberAt(limit: Limit | undefined, view: Readonly<Record<string, unknown>>): number | null {
  if (limit === undefined || typeof limit === 'number') return limit ?? null;
  const found = placeIn(view, limit.view);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

/** Null where the view has no currency in that place. */
export function currencyAt(
  currency: Currency | undefined,
  view: Readonly<Record<string, unknown>>,
): string | null {
  const found = typeof currency === 'object' ? placeIn(view, currency.view) : currency;
  return typeof found === 'string' && /^[A-Z]{3}$/.test(found) ? found : null;
}

function placeIn(view: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split('.').reduce<unknown>((found, step) => {
    return typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  }, view);
}

function askField(field: Field, view: Readonly<Record<string, unknown>>): AskedField {
  // What is the same for all stays the same object, by which others keep what they made of it.
  if (field.type !== 'number' || !isOfView(field)) return field as AskedField;
  const { min: lowest, max: highest, ...rest } = field;
  const [min, max] = [numberAt(lowest, view), numberAt(highest, view)];
  return { ...rest, ...(min !== null && { min }), ...(max !== null && { max }) };
}

function isOfView({ min, max }: { readonly min?: Limit; readonly max?: Limit }): boolean {
  return typeof min === 'object' || typeof max === 'object';
}
