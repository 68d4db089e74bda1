import type { Words } from '../../page/words.ts';

interface Props {
  readonly text: string;
  readonly words: Words;
  readonly onClose: () => void;
}

/** More words than the picture had room for. A line of its own for each line. */
export function Reveal({ text, words, onClose }: Props) {
  return (
    <>
      <div className="dv-sheet-text" dir="auto">
        {text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => (
            <p key={line}>{line}</p>
          ))}
      </div>
      <div className="dv-sheet-ends">
        <button type="button" className="dv-action" onClick={onClose}>
          {words.goOn}
        </button>
      </div>
    </>
  );
}
