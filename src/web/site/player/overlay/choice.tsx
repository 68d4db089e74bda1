import { useRef, useState } from 'react';
import type { Words } from '../../page/words.ts';
import { findForm, type Option, optionsOf } from '../page-form.ts';
import { FilmForm } from './film-form.tsx';

interface Props {
  readonly form: string;
  readonly words: Words;
  readonly onClose: () => void;
}

/** One question, an answer a button: pressing it picks the form's option and sends the form, which stays out of sight. */
export function Choice({ form, words, onClose }: Props) {
  const hidden = useRef<HTMLDivElement>(null);
  const [sent, setSent] = useState<string | null>(null);
  const [options] = useState<readonly Option[]>(() => {
    const found = findForm(form);
    return found ? optionsOf(found) : [];
  });
  const pick = (value: string) => {
    const radios = hidden.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [];
    const radio = [...radios].find((it) => it.value === value);
    if (radio === undefined) return;
    radio.checked = true;
    setSent(value);
    radio.form?.requestSubmit();
  };
  return (
    <>
      <div className="dv-options" data-sent={sent !== null}>
        {options.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            className="dv-option"
            aria-pressed={sent === value}
            onClick={() => pick(value)}
          >
            <span dir="auto">{label}</span>
          </button>
        ))}
      </div>
      <div ref={hidden} className="dv-choice-form">
        <FilmForm form={form} onClose={onClose} later={words.later} />
      </div>
    </>
  );
}
