import { type PointerEvent, useState } from 'react';
import { type Chapter, clock, indexAt } from '../chapters.ts';
import { isLeftward } from '../is-leftward.ts';

interface Props {
  readonly label: string;
  readonly chapters: readonly Chapter[];
  readonly fps: number;
  readonly frame: number;
  readonly onSeek: (frame: number) => void;
}

/** A native slider over a track in as many pieces as there are scenes; under the pointer, or while it has the focus, it names them. */
export function SeekBar({ label, chapters, fps, frame, onSeek }: Props) {
  const [pointed, setPointed] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const total = chapters.at(-1)?.end ?? 1;
  const spoken = `${clock(frame, fps)}, ${chapters[indexAt(chapters, frame)]?.chapter ?? ''}`;
  const named = pointed ?? (focused ? frame : null);
  const onPoint = ({ currentTarget, clientX, pointerType }: PointerEvent<HTMLElement>) => {
    if (pointerType === 'touch') return;
    const { left, right, width } = currentTarget.getBoundingClientRect();
    const fromStart = isLeftward(currentTarget) ? right - clientX : clientX - left;
    setPointed(Math.max(0, Math.min(total - 1, (fromStart / width) * total)));
  };
  return (
    <div className="dv-seek" onPointerMove={onPoint} onPointerLeave={() => setPointed(null)}>
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
        onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setFocused(false)}
        onChange={(event) => onSeek(event.currentTarget.valueAsNumber)}
      />
      {named !== null && (
        <span
          className="dv-mark"
          aria-hidden="true"
          style={{ insetInlineStart: `clamp(5rem, ${(named / total) * 100}%, calc(100% - 5rem))` }}
        >
          {clock(named, fps)} <b dir="auto">{chapters[indexAt(chapters, named)]?.chapter}</b>
        </span>
      )}
    </div>
  );
}
