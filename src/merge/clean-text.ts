/** Control characters, the marks that turn the direction of text, and surrogates, of which the lone are unwanted. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const suspect = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]/;
const runs = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * The same value with every text made safe to set: lone surrogates replaced (PostgreSQL refuses them), control
 * characters turned to spaces (a line break in a name would forge a mail header), and the marks that reorder
 * foreign text removed (they could make an amount read backwards). What is clean already comes back as it is.
 */
export function cleanText<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanString(value);
  if (value === null || typeof value !== 'object') return value;
  const fields: Readonly<Record<string, unknown>> = Object(value);
  let changed: Map<string, unknown> | undefined;
  for (const key of Object.keys(fields)) {
    const cleaned = clean(fields[key]);
    if (cleaned === fields[key]) continue;
    changed ??= new Map();
    changed.set(key, cleaned);
  }
  if (changed === undefined) return value;
  const entries = Object.entries(fields).map(
    ([key, it]) => [key, changed.has(key) ? changed.get(key) : it] as const,
  );
  return Array.isArray(value) ? entries.map(([, it]) => it) : Object.fromEntries(entries);
}

function cleanString(text: string): string {
  if (!suspect.test(text)) return text;
  return text.toWellFormed().replace(runs, (run) => (/\p{Cc}/u.test(run) ? ' ' : ''));
}
