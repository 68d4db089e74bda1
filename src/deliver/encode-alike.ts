import { quotedPrintable } from './quoted-printable.ts';

/** Whole lines that documents share, and what they are in quoted-printable. */
interface Run {
  readonly text: string;
  readonly encoded: Buffer;
}

/** Below this, finding a run costs more than encoding it. */
const shortestRun = 120;
/** How often the shared lines may be looked for again, when documents turn out to differ more than they did. */
const mostLessons = 20;

/**
 * An encoder for documents that are mostly alike, as a campaign's are: static text with personal gaps. The lines that two
 * of them share are encoded once and copied from then on; a person's lines are encoded and joined in between. Each shared
 * run is compared before it is copied, so what comes out is always what `quotedPrintable` makes of the whole: a line's
 * encoding depends on nothing but the line.
 * @returns the encoded document in pieces
 */
export function createAlikeEncoder(): (text: string) => Buffer[] {
  let runs: readonly Run[] = [];
  let previous: string | null = null;
  let lessons = 0;
  return (text) => {
    const pieces: Buffer[] = [];
    let at = 0;
    let copied = 0;
    for (const run of runs) {
      const found = text.indexOf(run.text, at);
      if (found === -1 || (found > 0 && text.charCodeAt(found - 1) !== 0x0a)) continue;
      if (found > at) pieces.push(quotedPrintable(text.slice(at, found)));
      pieces.push(run.encoded);
      at = found + run.text.length;
      copied += run.text.length;
    }
    if (copied < text.length * 0.6 && lessons < mostLessons) {
      lessons++;
      if (previous !== null) runs = sharedRuns(previous, text);
      previous = text;
    }
    if (at < text.length) pieces.push(quotedPrintable(text.slice(at)));
    return pieces;
  };
}

/** Lines of `text` that follow each other in both documents. */
function sharedRuns(other: string, text: string): Run[] {
  const lines = other.split('\n');
  const pairs = new Set(lines.map((line, index) => `${lines[index - 1]}\n${line}`));
  const runs: Run[] = [];
  let run = '';
  let last: string | null = null;
  const finish = () => {
    if (run.length >= shortestRun) runs.push({ text: run, encoded: quotedPrintable(run) });
    run = '';
  };
  // What stands after the last line break may go on in another document.
  for (const line of text.split('\n').slice(0, -1)) {
    if (!pairs.has(`${last}\n${line}`)) finish();
    else run += `${line}\n`;
    last = line;
  }
  finish();
  return runs;
}
