/** The most recently used, up to a budget. */
export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, sizeBytes: number): void;
}

export function keepRecent<T>(budgetBytes: number): Recent<T> {
  const kept = new Map<string, { readonly value: T; readonly sizeBytes: number }>();
  let total = 0;
  const drop = (key: string) => {
    total -= kept.get(key)?.sizeBytes ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set(key, value, sizeBytes) {
      drop(key);
      if (sizeBytes > budgetBytes) return;
      kept.set(key, { value, sizeBytes });
      total += sizeBytes;
      // A map keeps the order of insertion, so the first is the one longest unused.
      for (const oldest of kept.keys()) {
        if (total <= budgetBytes) break;
        drop(oldest);
      }
    },
  };
}
