const unwanted = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * The same value with every text made safe to set: lone surrogates replaced (PostgreSQL refuses them), control
 * characters turned to spaces (a line break in a name would forge a mail header), and the marks that reorder
 * foreign text removed (they could make an amount read backwards).
 */
export function cleanText<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string')
    return value.toWellFormed().replace(unwanted, (run) => (/\p{Cc}/u.test(run) ? ' ' : ''));
  if (Array.isArray(value)) return value.map(clean);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, clean(it)]));
  }
  return value;
}
