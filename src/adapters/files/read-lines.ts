// Enters: bytes of a file. Leaves: its lines, numbered, decoded strictly.
// Never: a line longer than the cap in memory, or a replacement character where bytes were wrong.

/** Either `text` or `fault` (what was expected instead) is there. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly fault: string | null;
  readonly sizeBytes: number;
}

export const maxLineBytes = 1024 * 1024;

const newline = 10;
const carriageReturn = 13;

/** Ends of line are LF or CRLF, mixed as they come; a byte order mark before the first line is dropped. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let parts: Uint8Array[] = [];
  let sizeBytes = 0;
  let number = 0;

  const finish = (): Line => {
    const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    const line = { number: ++number, sizeBytes };
    const isTooLong = sizeBytes > maxLineBytes;
    parts = [];
    sizeBytes = 0;
    if (isTooLong) return { ...line, text: '', fault: `expected at most ${maxLineBytes} bytes in a row` };
    const other = number === 1 ? otherThanText(whole) : undefined;
    if (other) return { ...line, text: '', fault: `expected text in UTF-8, found ${other}` };
    const end = whole.at(-1) === carriageReturn ? whole.length - 1 : whole.length;
    try {
      const text = decoder.decode(whole.subarray(0, end));
      if (text.includes('\0')) return { ...line, text: '', fault: 'expected text without NUL characters' };
      return { ...line, text: number === 1 ? text.replace(/^\uFEFF/, '') : text, fault: null };
    } catch {
      return { ...line, text: '', fault: 'expected UTF-8' };
    }
  };
  const add = (piece: Uint8Array) => {
    sizeBytes += piece.length;
    if (sizeBytes <= maxLineBytes) parts.push(piece);
    else parts = [];
  };

  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      add(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) add(chunk.subarray(start));
  }
  if (sizeBytes > 0) yield finish();
}

/** What people send instead of text; the first bytes give it away. */
function otherThanText(start: Uint8Array): string | undefined {
  const signature = Buffer.from(start.subarray(0, 2)).toString('hex');
  return {
    fffe: 'UTF-16',
    feff: 'UTF-16',
    '504b': 'a spreadsheet or another ZIP file',
    '1f8b': 'a gzip file',
  }[signature];
}
