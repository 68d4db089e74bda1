import type { Chapter } from './chapters.ts';

interface Props {
  readonly chapters: readonly Chapter[];
  readonly current: number;
  /** Where the reader turns the pages, each is told. */
  readonly told?: boolean;
}

/** What the film says now, in the room that the longest of it takes: nothing below moves from scene to scene. */
export function Captions({ chapters, current, told = false }: Props) {
  return (
    <div className="dv-captions-room">
      <p className="dv-captions" dir="auto" {...(told && { 'aria-live': 'polite' })}>
        {chapters[current]?.caption}
      </p>
      {chapters.map(({ id, caption }) => (
        <p key={id} className="dv-captions-unseen" dir="auto" aria-hidden="true">
          {caption}
        </p>
      ))}
    </div>
  );
}
