import type { Words } from '../../page/words.ts';
import { isLeftward } from '../is-leftward.ts';

interface Props {
  readonly words: Words;
  /** Whether the film has a voice to switch. */
  readonly speaks: boolean;
  readonly onClose: () => void;
}

/** Which key does what. */
export function KeysHelp({ words, speaks, onClose }: Props) {
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['K'], words.keyPlay],
    [isLeftward(document.documentElement) ? ['→', '←'] : ['←', '→'], words.keySeek],
    [['PageUp', 'PageDown'], words.keyChapter],
    [['L'], words.chapters],
    [['M'], words.sound],
    ...(speaks ? [[['V'], words.voice] as const] : []),
    [['C'], words.captions],
    [['−', '+'], words.speed],
    [['F'], words.fullscreen],
    [['B'], words.keyBack],
    [['Esc'], words.close],
  ];
  return (
    <>
      <dl className="dv-keys">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div className="dv-sheet-ends">
        <button type="button" className="dv-action" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </>
  );
}
