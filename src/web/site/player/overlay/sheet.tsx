import { type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  readonly title: string;
  readonly kind: string;
  /** Had the focus before; gets it back. */
  readonly opener: { readonly current: Element | null };
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something that lies over the picture while the film waits. It takes the focus only of who was at the film, and gives it back. */
export function Sheet({ title, kind, opener, onClose, children }: Props) {
  const id = useId();
  const sheet = useRef<HTMLDivElement>(null);
  const from = useRef(opener);
  useEffect(() => {
    const it = sheet.current;
    const house = it?.closest<HTMLElement>('.dv-house');
    const focused = document.activeElement;
    if (focused === null || focused === document.body || house?.contains(focused)) it?.focus();
    return () => {
      const before = from.current.current;
      // Where the way back is gone (a button that its scene took along), the film's own button is next.
      queueMicrotask(() => {
        if (document.activeElement !== document.body && !it?.contains(document.activeElement)) return;
        if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
        else house?.querySelector<HTMLElement>('.dv-play')?.focus();
      });
    };
  }, []);
  return (
    <div className="dv-veil">
      <div
        ref={sheet}
        className={`dv-sheet dv-sheet-${kind}`}
        role="dialog"
        aria-labelledby={id}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      >
        <p className="dv-sheet-title" id={id} dir="auto">
          {title}
        </p>
        {children}
      </div>
    </div>
  );
}
