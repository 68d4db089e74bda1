import { Thumbnail } from '@remotion/player';
import { useEffect, useMemo, useState } from 'react';
import { formats } from '../../../author.ts';
import { FilmLinks } from './film-links.tsx';
import { Icon } from './icons.tsx';
import { Picture } from './picture.tsx';
import { useMedia } from './use-format.ts';
import type { ViewProps } from './view-props.ts';

/** The film for those who want no motion: one picture per scene, at the visitor's own pace. */
export function Stills({ film, data, chapters, reporter, onReady }: ViewProps) {
  const { storyboard, words } = data;
  const [index, setIndex] = useState(0);
  const format = useMedia('(max-width: 600px)') ? '1:1' : '16:9';
  const inputProps = useMemo(() => ({ storyboard }), [storyboard]);
  const last = chapters.length - 1;
  const chapter = chapters[index] ?? chapters[0];
  const go = (to: number) => {
    const next = Math.max(0, Math.min(last, to));
    setIndex(next);
    reporter.started();
    reporter.at(chapters[next]?.still ?? 0);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is handed over once
  useEffect(() => onReady({ play: () => {}, show: setIndex }), []);

  if (!chapter) return null;
  return (
    <div className="dv-house">
      <div className="dv-screen">
        <Picture format={format} label={`${words.film}: ${chapter.chapter}`}>
          <Thumbnail
            component={film}
            inputProps={inputProps}
            frameToDisplay={chapter.still}
            durationInFrames={chapters[last]?.end ?? 1}
            compositionWidth={formats[format].width}
            compositionHeight={formats[format].height}
            fps={storyboard.fps}
            logLevel="error"
            style={{ width: '100%', height: '100%' }}
          />
        </Picture>
        <FilmLinks links={data.links} shown={chapter.interactions ?? []} />
      </div>
      <p className="dv-captions" dir="auto" aria-live="polite">
        {chapter.caption}
      </p>
      <div className="dv-bar dv-bar-stills">
        <button
          type="button"
          className="dv-button"
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
          disabled={index === last}
          onClick={() => go(index + 1)}
        >
          <Icon name="forth" />
        </button>
      </div>
    </div>
  );
}
