const none = { prepareMs: 0, commitMs: 0, paintMs: 0, readMs: 0, encodeMs: 0 };

/** Adds the time since the last lap to what it went to. */
export function createStopwatch() {
  const spent = { ...none };
  let since = performance.now();
  return {
    spent,
    lap(what: keyof typeof none): void {
      const now = performance.now();
      spent[what] += now - since;
      since = now;
    },
  };
}
