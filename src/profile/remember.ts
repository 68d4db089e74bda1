/** Answers a question about a text once: columns of a file say the same few words, and Intl takes its time over each. */
export function remember<T>(ask: (text: string) => T, most = 1000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = ask(text);
    // Nobody has so many zones or languages; a file full of nonsense must not stay in memory.
    if (known.size >= most) known.clear();
    known.set(text, answer);
    return answer;
  };
}
