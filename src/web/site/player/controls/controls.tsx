import type { Words } from '../../page/words.ts';
import { type Chapter, clock, indexAt } from '../chapters.ts';
import { rates } from '../settings.ts';
import { Icon, type IconName } from './icons.tsx';
import { SeekBar } from './seek-bar.tsx';

interface Props {
  readonly words: Words;
  readonly chapters: readonly Chapter[];
  readonly fps: number;
  readonly frame: number;
  readonly state: 'playing' | 'paused' | 'ended';
  readonly captions: boolean;
  /** Null for a film without sound. */
  readonly sound: boolean | null;
  /** Null for a film that does not speak. */
  readonly voice: boolean | null;
  readonly rate: number;
  readonly fullscreen: boolean;
  /** Id of the list of chapters, and whether it is open. */
  readonly list: { readonly id: string; readonly open: boolean };
  readonly onToggle: () => void;
  readonly onSeek: (frame: number) => void;
  readonly onCaptions: () => void;
  readonly onSound: () => void;
  readonly onVoice: () => void;
  readonly onRate: (rate: number) => void;
  readonly onChapters: () => void;
  readonly onKeys: () => void;
  readonly onFullscreen: () => void;
}

const signs = { playing: 'pause', paused: 'play', ended: 'replay' } as const;

export function Controls(props: Props) {
  const { words, chapters, fps, frame, state, sound, voice } = props;
  const total = chapters.at(-1)?.end ?? 1;
  const sign = signs[state];
  return (
    <div className="dv-bar" data-speaks={voice !== null}>
      <SeekBar label={words.position} chapters={chapters} fps={fps} frame={frame} onSeek={props.onSeek} />
      <button type="button" className="dv-button dv-play" aria-label={words[sign]} onClick={props.onToggle}>
        <Icon name={sign} />
      </button>
      <span className="dv-time">
        {clock(frame, fps)}
        <span className="dv-total"> / {clock(total, fps)}</span>
      </span>
      <span className="dv-chapter" dir="auto">
        {chapters[indexAt(chapters, frame)]?.chapter}
      </span>
      {sound !== null && (
        <Toggle
          icon={sound ? 'sound' : 'muted'}
          label={words.sound}
          pressed={sound}
          onPress={props.onSound}
        />
      )}
      {voice !== null && (
        <Toggle
          icon={voice ? 'voice' : 'unvoiced'}
          label={words.voice}
          pressed={voice}
          onPress={props.onVoice}
        />
      )}
      <Toggle icon="captions" label={words.captions} pressed={props.captions} onPress={props.onCaptions} />
      <label className="dv-rate">
        <span className="dv-unseen">{words.speed}</span>
        <select value={props.rate} onChange={(event) => props.onRate(Number(event.currentTarget.value))}>
          {rates.map((it) => (
            <option key={it} value={it}>
              {it.toLocaleString(document.documentElement.lang || undefined)}×
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="dv-button dv-chapters-button"
        aria-label={words.chapters}
        aria-expanded={props.list.open}
        aria-controls={props.list.id}
        onClick={props.onChapters}
      >
        <Icon name="chapters" />
      </button>
      <button
        type="button"
        className="dv-button dv-keys-button"
        aria-label={words.keys}
        aria-haspopup="dialog"
        onClick={props.onKeys}
      >
        <Icon name="keys" />
      </button>
      {document.fullscreenEnabled && (
        <Toggle
          icon={props.fullscreen ? 'shrink' : 'grow'}
          label={words.fullscreen}
          pressed={props.fullscreen}
          onPress={props.onFullscreen}
        />
      )}
    </div>
  );
}

interface ToggleProps {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

function Toggle({ icon, label, pressed, onPress }: ToggleProps) {
  return (
    <button type="button" className="dv-button" aria-label={label} aria-pressed={pressed} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
