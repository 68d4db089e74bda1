import type { CompiledPack } from '../template/compile-pack.ts';
import type { Roots } from '../template/compiled-pack.ts';
import type { Say } from '../template/contract.ts';
import { makeSay } from './format.ts';
import type { Links } from './links.ts';
import type { Snapshot } from './snapshot.ts';

/** What a message may say of who sends it; a `Sender` is one, and its keys stay where they are. */
export interface SenderWords {
  readonly from: { readonly name: string; readonly address: string };
  readonly legal: { readonly company: string; readonly lines: readonly string[] };
}

/** All that the templates of a pack may name, built field by field: what is not listed here cannot be shown. */
export function rootsOf(snapshot: Snapshot, links: Links, sender: SenderWords): Roots {
  const hasVideo = snapshot.storyboard !== null;
  return {
    ...snapshot.view,
    links: hasVideo ? links : { ...links, video: null, poster: null },
    sender: { ...sender.from, ...sender.legal },
    lang: snapshot.lang,
    locale: snapshot.locale,
    dir: directionOf(snapshot.lang),
    variant: snapshot.variant,
  };
}

/** Dates were set into the view when the snapshot was taken, in the person's time zone; what is left has none. */
export function sayOf(snapshot: Snapshot, pack: CompiledPack): Say {
  const { lang, locale } = snapshot;
  return makeSay({ lang, locale, messages: pack.messages[lang] ?? {}, timeZone: 'UTC' });
}

const rightToLeft = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm']);

export function directionOf(lang: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(lang).maximize().script ?? '') ? 'rtl' : 'ltr';
}
