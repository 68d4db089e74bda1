import type { Words } from '../page/words.ts';
import { type Chapter, clock, indexAt } from './chapters.ts';
import { Icon } from './icons.tsx';
import { SeekBar } from './seek-bar.tsx';

interface Props {
  readonly words: Words;
  readonly chapters: readonly Chapter[];
  readonly fps: number;
  readonly frame: number;
  readonly state: 'playing' | 'paused' | 'ended';
  readonly captions: boolean;
  readonly fullscreen: boolean;
  readonly onToggle: () => void;
  readonly onSeek: (frame: number) => void;
  readonly onCaptions: () => void;
  readonly onFullscreen: () => void;
}

const signs = { playing: 'pause', paused: 'play', ended: 'replay' } as const;

export function Controls(props: Props) {
  const { words, chapters, fps, frame, state, captions, fullscreen } = props;
  const total = chapters.at(-1)?.end ?? 1;
  const sign = signs[state];
  return (
    <div className="dv-bar">
      <button type="button" className="dv-button dv-play" aria-label={words[sign]} onClick={props.onToggle}>
        <Icon name={sign} />
      </button>
      <div className="dv-middle">
        <span className="dv-chapter" dir="auto">
          {chapters[indexAt(chapters, frame)]?.chapter}
        </span>
        <span className="dv-time">
          {clock(frame, fps)} / {clock(total, fps)}
        </span>
        <SeekBar label={words.position} chapters={chapters} fps={fps} frame={frame} onSeek={props.onSeek} />
      </div>
      <button
        type="button"
        className="dv-button"
        aria-label={words.captions}
        aria-pressed={captions}
        onClick={props.onCaptions}
      >
        <Icon name="captions" />
      </button>
      {document.fullscreenEnabled && (
        <button
          type="button"
          className="dv-button"
          aria-label={words.fullscreen}
          aria-pressed={fullscreen}
          onClick={props.onFullscreen}
        >
          <Icon name={fullscreen ? 'shrink' : 'grow'} />
        </button>
      )}
    </div>
  );
}
