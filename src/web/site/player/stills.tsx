import { Thumbnail } from '@remotion/player';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Captions } from './captions.tsx';
import { indexAt } from './chapters.ts';
import { Icon } from './controls/icons.tsx';
import { filmFormat, phoneUpright } from './film-format.ts';
import { Overlay } from './overlay/overlay.tsx';
import { Picture } from './picture.tsx';
import { useAdapted, useAnswered } from './use-adapted.ts';
import { type Deck, useDirector } from './use-director.ts';
import { useFilmProps } from './use-film-props.ts';
import { useMedia } from './use-format.ts';
import type { ViewProps } from './view-props.ts';

/** The film for those who want no motion: one picture per scene, at the visitor's own pace. Nothing is waited for; all can be opened. */
export function Stills({ film: scenes, data, book, reporter, onReady }: ViewProps) {
  const { words } = data;
  const [index, setIndex] = useState(0);
  const { storyboard, film, answers } = useAdapted(data, book);
  const { chapters } = film;
  const format = filmFormat(storyboard.formats, useMedia(phoneUpright));
  const filmProps = useFilmProps(scenes, storyboard, chapters, format);
  const last = chapters.length - 1;
  const chapter = chapters[index] ?? chapters[0];
  const deck = useMemo<Deck>(
    () => ({ seek: (frame) => setIndex(indexAt(chapters, frame)), play() {}, pause() {} }),
    [chapters],
  );
  const director = useDirector(deck, film);
  const { tell, state } = director;
  useAnswered(
    book,
    useCallback((form) => tell({ type: 'answered', form }), [tell]),
  );
  const show = (to: number) => tell({ type: 'seek', frame: chapters[to]?.start ?? 0 });
  const go = (to: number) => {
    const next = Math.max(0, Math.min(last, to));
    // After a detour the way on is the way back.
    if (to > index && state.ways.length > 0) tell({ type: 'back' });
    else show(next);
    reporter.started();
    reporter.at(chapters[next]?.still ?? 0);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is handed over once
  useEffect(() => onReady({ play: () => {}, show }), []);

  if (!chapter) return null;
  return (
    <div className="dv-house">
      <div className="dv-screen" data-format={format}>
        <Picture format={format} label={`${words.film}: ${chapter.chapter}`}>
          <Thumbnail {...filmProps} frameToDisplay={chapter.still} />
        </Picture>
        <Overlay
          data={data}
          film={film}
          director={director}
          reporter={reporter}
          frames={framesOf(chapter)}
          playing={false}
          answered={(form) => Object.hasOwn(answers, form)}
          onKeysClose={null}
        />
      </div>
      <Captions chapters={chapters} current={index} told />
      <div className="dv-bar dv-bar-stills">
        <button
          type="button"
          className="dv-button dv-play"
          aria-label={words.previous}
          disabled={index === 0}
          onClick={() => go(index - 1)}
        >
          <Icon name="back" />
        </button>
        <span className="dv-chapter" dir="auto">
          {chapter.chapter}
        </span>
        <span className="dv-time">
          {index + 1} / {chapters.length}
        </span>
        <button
          type="button"
          className="dv-button"
          aria-label={words.next}
          disabled={index === last && state.ways.length === 0}
          onClick={() => go(index + 1)}
        >
          <Icon name="forth" />
        </button>
      </div>
    </div>
  );
}

/** A moment at which each of the scene's interactions is shown. */
function framesOf({
  start,
  interactions = [],
}: {
  start: number;
  interactions?: readonly { from: number }[];
}) {
  return interactions.map(({ from }) => start + from);
}
