/** The value is ASCII and folded: every line but the first starts with a space. */
export type Header = readonly [name: string, value: string];

/** RFC 5322 §2.1.1 and RFC 2047 §2: lines of at most 76 columns, encoded words of at most 75 characters. */
const lineColumns = 76;
const wordColumns = 75;
const frame = '=?utf-8?B??='.length;

/** Free text, such as a subject. What is not plain ASCII becomes encoded words (RFC 2047). */
export function textHeader(name: string, text: string): Header {
  const line = oneLine(text);
  return [name, isAscii(line) ? fold(line, name.length + 2) : encodedWords(line, name.length + 2)];
}

/** One mailbox; the address is ASCII already. */
export function mailboxHeader(
  name: string,
  box: { readonly name: string; readonly address: string },
): Header {
  const phrase = phraseOf(oneLine(box.name), name.length + 2);
  if (phrase === '') return [name, box.address];
  const tail = `<${box.address}>`;
  const lastLine = phrase.slice(phrase.lastIndexOf('\n') + 1);
  const column = lastLine === phrase ? name.length + 2 + phrase.length : lastLine.length;
  return [name, `${phrase}${column + 1 + tail.length > lineColumns ? '\r\n ' : ' '}${tail}`];
}

export function writeHeaders(headers: readonly Header[]): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

/** A header is one line, whatever a name or a subject holds; the lines and paragraphs of Unicode count as breaks. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** A display name: bare words, a quoted string, or encoded words. */
function phraseOf(name: string, column: number): string {
  if (!isAscii(name) || column + name.length > lineColumns - 2) return encodedWords(name, column);
  if (/^[\w!#$%&'*+/=?^`{|}~-]*( [\w!#$%&'*+/=?^`{|}~-]+)*$/.test(name)) return name;
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Text that looks encoded already is encoded again, or readers would decode what nobody encoded. */
function isAscii(line: string): boolean {
  return /^[\x20-\x7e]*$/.test(line) && !line.includes('=?');
}

/** Breaks at single spaces; a reader takes the break out and the space is left. */
function fold(line: string, column: number): string {
  if (column + line.length <= lineColumns) return line;
  // A line of nothing but spaces could be taken for the end of the headers, a word too long for a line for an attack.
  if (/ {2}|[^ ]{70}/.test(line)) return encodedWords(line, column);
  let room = lineColumns - column;
  return line.split(' ').reduce((folded, word) => {
    const fits = word.length + 1 <= room;
    room = fits ? room - word.length - 1 : lineColumns - word.length - 1;
    return `${folded}${fits ? ' ' : '\r\n '}${word}`;
  });
}

/** Base64 words, each of whole characters; readers drop the white space between two of them. */
function encodedWords(text: string, firstColumn: number): string {
  const words: string[] = [];
  let taken = '';
  let bytes = 0;
  let column = firstColumn;
  for (const char of text) {
    const size = Buffer.byteLength(char);
    if (bytes + size > bytesFor(Math.min(wordColumns, lineColumns - column)) && taken !== '') {
      words.push(encodedWord(taken));
      [taken, bytes, column] = ['', 0, 1];
    }
    taken += char;
    bytes += size;
  }
  if (taken !== '') words.push(encodedWord(taken));
  return words.join('\r\n ');
}

function encodedWord(text: string): string {
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function bytesFor(columns: number): number {
  return Math.floor((columns - frame) / 4) * 3;
}
