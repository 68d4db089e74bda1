const unwanted = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u;
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
  if (Array.isArray(value)) {
    let changed: unknown[] | undefined;
    for (const [index, it] of value.entries()) {
      const cleaned = clean(it);
      if (cleaned === it) continue;
      changed ??= [...value];
      changed[index] = cleaned;
    }
    return changed ?? value;
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  let isChanged = false;
  for (const entry of entries) {
    const cleaned = clean(entry[1]);
    if (cleaned === entry[1]) continue;
    entry[1] = cleaned;
    isChanged = true;
  }
  return isChanged ? Object.fromEntries(entries) : value;
}

function cleanString(text: string): string {
  const whole = text.toWellFormed();
  return unwanted.test(whole) ? whole.replace(runs, (run) => (/\p{Cc}/u.test(run) ? ' ' : '')) : whole;
}
