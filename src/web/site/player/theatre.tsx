// Enters: the page's data and a place in it. Leaves: the film, drawn live on this person's data, with its controls.
// Never: a request beyond our own origin. Loaded only when it is wanted: React and the player are most of the page's weight.
import '../../stage/fonts.css';
import '../emoji.css';
import { sounds } from 'dearly/sounds';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Storyboard } from '../../../merge/snapshot.ts';
import type { Json } from '../../../profile/profile.ts';
import { loadFilm } from '../../stage/film.tsx';
import { loadFonts } from '../../stage/load-fonts.ts';
import type { PageData } from '../page/page-data.ts';
import { createReporter } from '../page/reporter.ts';
import type { AnswerBook } from './answers.ts';
import { chaptersOf } from './chapters.ts';
import { findVoices } from './find-voices.ts';
import { Screening } from './screening.tsx';
import { Stills } from './stills.tsx';
import type { Stage } from './view-props.ts';

export interface Theatre extends Stage {
  close(): void;
}

/** Faces that take longer than this come in while the film runs. */
const fontsTimeoutMs = 3000;

/** Rejects, with the place as it was, when the film cannot start; `onFail` hears of what breaks later. */
export async function openTheatre(
  data: PageData,
  place: HTMLElement,
  book: AnswerBook,
  onFail: (cause: unknown) => void,
): Promise<Theatre> {
  const { storyboard } = data;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const voices = calm ? Promise.resolve(null) : findVoices(data.videoUrl).catch(() => null);
  const texts = storyboard.scenes.map(({ props, adapts }) => [props, (adapts?.by ?? null) as Json]);
  const [film, bedUrl] = await Promise.all([
    loadFilm(storyboard.composition),
    findBed(storyboard),
    Promise.race([loadFonts(texts), new Promise((done) => setTimeout(done, fontsTimeoutMs))]),
  ]);
  const reporter = createReporter({ chapters: chaptersOf(storyboard) });
  const View = calm ? Stills : Screening;
  return mount(place, onFail, (onReady) => (
    <View {...{ film, data, book, bedUrl, voices, reporter, onReady }} />
  ));
}

/** A film whose music is not to be had is shown without. */
async function findBed({ composition, music }: Storyboard): Promise<string | null> {
  const beds = Object.hasOwn(sounds, composition) ? sounds[composition] : undefined;
  if (music === undefined || beds === undefined || !Object.hasOwn(beds, music)) return null;
  return (await beds[music]?.().catch(() => null))?.default ?? null;
}

function mount(
  place: HTMLElement,
  onFail: (cause: unknown) => void,
  draw: (onReady: (stage: Stage) => void) => ReactNode,
): Promise<Theatre> {
  const host = document.createElement('div');
  host.className = 'dv-theatre';
  host.hidden = true;
  place.append(host);
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      host.remove();
      if (host.hidden) reject(cause);
      else onFail(cause);
    };
    const root = createRoot(host, { onUncaughtError: fail, onCaughtError: fail });
    const onReady = (stage: Stage) => {
      place.replaceChildren(host);
      host.hidden = false;
      resolve({ ...stage, close: () => root.unmount() });
    };
    root.render(draw(onReady));
  });
}
