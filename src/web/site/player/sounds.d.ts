// Written at build time from the compositions folder (src/adapters/chromium/write-registry.ts).
declare module 'dearly/sounds' {
  /** Composition name to its music beds by file name, each with the address it stands at. */
  export const sounds: Readonly<
    Record<string, Readonly<Record<string, () => Promise<{ readonly default: string }>>>>
  >;
}
