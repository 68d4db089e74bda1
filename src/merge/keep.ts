/**
 * Remembers what `make` made, by its arguments. Locales and time zones come with the data, so there is no end to how
 * many there may be: when `most` are known all are let go, and those in use are soon made again.
 */
export function keep<Key extends readonly (string | number | boolean)[], Value>(
  make: (...key: Key) => Value,
  most = 1000,
): (...key: Key) => Value {
  const all = new Map<string, Value>();
  return (...key) => {
    const name = key.length === 1 ? String(key[0]) : key.join('|');
    const known = all.get(name);
    if (known !== undefined) return known;
    const made = make(...key);
    if (all.size >= most) all.clear();
    all.set(name, made);
    return made;
  };
}
