import type { Sender } from '../deliver/sender.ts';
import type { LoadedComposition } from '../merge/make-storyboard.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';

/** What authors wrote, loaded, checked and compiled once. @throws DearlyError `…-missing`, `…-invalid` */
export interface Shelf {
  /** As it stands now; its text is kept by version the first time something is made of it. */
  pack(name: string): Promise<CompiledPack>;
  /** As it stood when the version was used; for pages behind links already sent. */
  packAt(name: string, version: string): Promise<CompiledPack>;
  composition(name: string): Promise<LoadedComposition>;
  sender(name: string): Promise<Sender>;
  /** What there is to choose from, sorted. */
  names(kind: 'packs' | 'compositions' | 'senders'): Promise<readonly string[]>;
}
