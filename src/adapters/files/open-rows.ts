// Enters: the path of a customer file (CSV or NDJSON). Leaves: RowSource, its rows one by one.
// Never: the whole file in memory, or a guess about bytes that are not UTF-8.
import { type FileHandle, open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { DearlyError } from '../../errors.ts';
import { factName, identityColumn } from '../../profile/column-name.ts';
import type { RowSource } from '../../profile/row-source.ts';
import { findDelimiter, nameFields, readCsv, splitRecord } from './read-csv.ts';
import { type Line, readLines } from './read-lines.ts';
import { readNdjson } from './read-ndjson.ts';

/** Opens a file and reads as far as its first row's beginning. @throws DearlyError `file-unreadable` */
export async function openRows(path: string): Promise<RowSource> {
  const file = await openFile(path);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw unreadable(path, 'expected a file, found a folder');
    let bytesRead = 0;
    const bytes = file.createReadStream({ highWaterMark: 256 * 1024 });
    const lines = readLines(count(bytes, (size) => (bytesRead += size)));
    const first = await firstLine(lines, path);
    const rows = isNdjson(path, first)
      ? readNdjson(withFirst(first, lines))
      : nameFields(...(await readHeader(path, first, lines)));
    return {
      name: basename(path),
      sizeBytes: stat.size,
      bytesRead: () => bytesRead,
      rows,
      close: async () => void bytes.destroy(),
    };
  } catch (fault) {
    await file.close();
    throw fault instanceof DearlyError ? fault : unreadable(path, 'it cannot be read', fault);
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw unreadable(path, isMissing ? 'there is no such file' : 'it cannot be opened', cause);
  }
}

async function firstLine(lines: AsyncGenerator<Line>, path: string): Promise<Line> {
  for (let step = await lines.next(); !step.done; step = await lines.next()) {
    const line = step.value;
    if (line.fault) throw unreadable(path, `line ${line.number}: ${line.fault}`);
    // Else the whole file is one line: a header, and nobody in it.
    if (line.text.includes('\r')) {
      throw unreadable(
        path,
        'expected lines that end in LF or CRLF, found CR alone (save it as “CSV UTF-8”)',
      );
    }
    if (line.text.trim() !== '') return line;
  }
  throw unreadable(path, 'it is empty');
}

function isNdjson(path: string, first: Line): boolean {
  const extension = extname(path).toLowerCase();
  if (first.text.trimStart().startsWith('[')) {
    throw unreadable(
      path,
      `line ${first.number}: expected one JSON object a line (NDJSON) or CSV, found a JSON list`,
    );
  }
  if (['.csv', '.tsv'].includes(extension)) return false;
  return ['.ndjson', '.jsonl'].includes(extension) || first.text.trimStart().startsWith('{');
}

async function readHeader(path: string, first: Line, lines: AsyncGenerator<Line>) {
  const delimiter = findDelimiter(first.text);
  const columns = splitRecord(first.text, delimiter)?.map((it) => it.trim());
  const where = `line ${first.number}`;
  if (!columns)
    throw unreadable(path, `${where}: expected the columns’ names, found quotes that are not closed`);
  const names = columns.map(factName);
  const twice = columns.find((it, index) => it !== '' && names.indexOf(factName(it)) !== index);
  if (twice !== undefined) throw unreadable(path, `${where}: column ${printable(twice)} stands twice`);
  if (!names.includes(identityColumn)) {
    const found = columns.slice(0, 12).map(printable).join(', ');
    throw unreadable(path, `${where}: expected a header with the column external_id, found ${found}`);
  }
  return [readCsv(lines, delimiter), columns] as const;
}

/** Headers come from outside, too: a terminal should not obey them. */
function printable(column: string): string {
  return column.replace(/\p{Cc}/gu, '?').slice(0, 40);
}

async function* withFirst(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Line> {
  yield first;
  yield* rest;
}

async function* count(bytes: AsyncIterable<Uint8Array>, onRead: (size: number) => void) {
  for await (const chunk of bytes) {
    onRead(chunk.length);
    yield chunk;
  }
}

function unreadable(path: string, reason: string, cause?: unknown): DearlyError {
  return new DearlyError('file-unreadable', `${path} cannot be imported: ${reason}.`, { cause });
}
