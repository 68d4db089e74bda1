// Enters: lines, again and again. Leaves: the newest of them in one place of a terminal. Never: a byte where nobody looks on.
import { stripVTControlCharacters } from 'node:util';

export interface LiveBlock {
  /** Draws these over the ones before. */
  show(lines: readonly string[]): void;
  /** Takes them away, so that what stays can be written in their place. */
  clear(): void;
}

/** @param stream a terminal; on anything else nothing is written */
export function openBlock(stream: NodeJS.WriteStream): LiveBlock {
  let drawn = 0;
  const back = () => (drawn > 0 ? `\x1b[${drawn}F` : '');
  return {
    show(lines) {
      if (!stream.isTTY) return;
      // A line that wraps would be two, and the way back one short.
      // A terminal that does not say how large it is, says 0.
      const { columns, rows } = { columns: stream.columns || 80, rows: stream.rows || 24 };
      const fitting = lines.slice(0, Math.max(1, rows - 1)).map((it) => cut(it, columns - 1));
      // Hidden while drawn, erased line by line: nothing flickers.
      stream.write(`\x1b[?25l${back()}${fitting.map((it) => `${it}\x1b[K\n`).join('')}\x1b[J\x1b[?25h`);
      drawn = fitting.length;
    },
    clear() {
      if (stream.isTTY && drawn > 0) stream.write(`${back()}\x1b[J`);
      drawn = 0;
    },
  };
}

/** By what is seen: colours take no room. A line that is too long loses them with its end. */
function cut(line: string, columns: number): string {
  const seen = stripVTControlCharacters(line);
  return seen.length <= columns ? line : `${seen.slice(0, Math.max(0, columns - 1))}…`;
}
