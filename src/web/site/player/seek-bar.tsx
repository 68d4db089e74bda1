import { type Chapter, clock, indexAt } from './chapters.ts';

interface Props {
  readonly label: string;
  readonly chapters: readonly Chapter[];
  readonly fps: number;
  readonly frame: number;
  readonly onSeek: (frame: number) => void;
}

/** A native slider over a track in as many pieces as there are scenes. */
export function SeekBar({ label, chapters, fps, frame, onSeek }: Props) {
  const total = chapters.at(-1)?.end ?? 1;
  const spoken = `${clock(frame, fps)}, ${chapters[indexAt(chapters, frame)]?.chapter ?? ''}`;
  return (
    <div className="dv-seek">
      <div className="dv-track" aria-hidden="true">
        {chapters.map((it) => {
          const share = (frame - it.start) / (it.end - it.start);
          return (
            <span key={it.id} style={{ flexGrow: it.end - it.start }}>
              <span style={{ transform: `scaleX(${Math.max(0, Math.min(1, share))})` }} />
            </span>
          );
        })}
      </div>
      <input
        type="range"
        min={0}
        max={total - 1}
        step={1}
        value={Math.min(frame, total - 1)}
        aria-label={label}
        aria-valuetext={spoken}
        onChange={(event) => onSeek(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
