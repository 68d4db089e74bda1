import { useEffect, useRef } from 'react';
import { type Chapter, clock } from '../chapters.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly chapters: readonly Chapter[];
  readonly fps: number;
  readonly current: number;
  readonly onPick: (chapter: number) => void;
  readonly onClose: () => void;
}

/** All scenes by name, to jump by. Opens with the focus on the one that is shown; whoever leaves it closes it. */
export function ChapterList({ id, label, chapters, fps, current, onPick, onClose }: Props) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, []);
  return (
    <nav
      ref={list}
      id={id}
      className="dv-chapters"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const buttons = [...event.currentTarget.querySelectorAll('button')];
        const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
        buttons[(at + step + buttons.length) % buttons.length]?.focus();
      }}
    >
      <ol>
        {chapters.map((it, index) => (
          <li key={it.id}>
            <button
              type="button"
              aria-current={index === current ? 'true' : undefined}
              onClick={() => onPick(index)}
            >
              <span dir="auto">{it.chapter}</span>
              <span className="dv-time">{clock(it.start, fps)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
