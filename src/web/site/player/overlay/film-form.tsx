import { useEffect, useRef } from 'react';
import { copyForm, findForm } from '../page-form.ts';

interface Props {
  readonly form: string;
  readonly onClose: () => void;
  /** What puts it aside. */
  readonly later: string;
}

/** A form of the page, in the film. It checks and sends itself as it does there. */
export function FilmForm({ form, later, onClose }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const found = findForm(form);
    const host = place.current;
    if (found === null || host === null) return;
    const copy = copyForm(found);
    host.append(copy);
    return () => copy.remove();
  }, [form]);
  return (
    <>
      <div ref={place} className="dv-form" />
      <div className="dv-sheet-ends">
        <button type="button" className="dv-action dv-action-quiet" onClick={onClose}>
          {later}
        </button>
      </div>
    </>
  );
}
