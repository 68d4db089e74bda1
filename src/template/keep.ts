type Part = string | number | boolean;

/**
 * Remembers what `make` made, by its arguments. Locales and time zones come with the data, so there is no end to how
 * many there may be: when `most` are known all are let go, and those in use are soon made again.
 */
export function keep<Key extends readonly Part[], Value>(
  make: (...key: Key) => Value,
  most = 1000,
): (...key: Key) => Value {
  const all = new Map<Part | undefined, Value>();
  return (...key) => {
    // Written out, since joining a list takes longer than all the rest.
    let name: Part | undefined = key[0];
    for (let at = 1; at < key.length; at++) name += `|${key[at]}`;
    const known = all.get(name);
    if (known !== undefined) return known;
    const made = make(...key);
    if (all.size >= most) all.clear();
    all.set(name, made);
    return made;
  };
}
