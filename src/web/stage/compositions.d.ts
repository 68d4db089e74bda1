// Written at build time from the compositions folder (src/adapters/chromium/write-registry.ts).
declare module 'dearly/compositions' {
  import type { ComponentType } from 'react';
  import type { SceneProps } from '../../template/composition.ts';

  /** Scene id to the component that draws it. */
  export type SceneComponents = Readonly<Record<string, ComponentType<SceneProps>>>;
  /** Composition name to its scenes, each in a chunk of its own. */
  export const compositions: Readonly<Record<string, () => Promise<{ readonly scenes: SceneComponents }>>>;
}
