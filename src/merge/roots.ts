import type { CompiledPack, Parts, Roots } from '../template/compiled-pack.ts';
import type { Say } from '../template/contract.ts';
import { keep } from '../template/keep.ts';
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
    links: hasVideo
      ? links
      : { ...links, video: null, captions: null, poster: null, posterUpright: null, teaser: null },
    sender: { ...sender.from, ...sender.legal },
    lang: snapshot.lang,
    locale: snapshot.locale,
    dir: directionOf(snapshot.lang),
    variant: snapshot.variant,
    gated: snapshot.gate !== undefined,
  };
}

/** The pack's templates as the snapshot's variant puts them together. */
export function partsOf({ arrangement }: Snapshot, pack: CompiledPack): Parts {
  return arrangement === undefined ? pack.parts : pack.arranged(arrangement);
}

/** The voice in which the snapshot was taken. Those taken before they kept a time zone hold no moments to show. */
export function sayOf(snapshot: Snapshot, pack: CompiledPack): Say {
  const { lang, locale, timeZone = 'UTC', asOf } = snapshot;
  return makeSay({ lang, locale, messages: pack.messages[lang] ?? {}, timeZone, ...(asOf && { asOf }) });
}

const rightToLeft = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm']);

export const directionOf = keep((lang: string): 'ltr' | 'rtl' =>
  rightToLeft.has(new Intl.Locale(lang).maximize().script ?? '') ? 'rtl' : 'ltr',
);
