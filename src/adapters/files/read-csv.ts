import { parse } from 'csv-parse/sync';
import type { BrokenRow, SourceRow } from '../../profile/row-source.ts';
import { type Line, maxLineBytes } from './read-lines.ts';

export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Records of RFC 4180. csv-parse reads each record; where records begin and end is found here, because a streaming parser
 * that meets a stray quote takes the good rows after it down with it. Here a broken record costs its first line alone:
 * reading goes on at the next.
 */
export async function* readCsv(
  lines: AsyncIterator<Line>,
  delimiter: string,
): AsyncGenerator<CsvRecord | BrokenRow> {
  const ahead: Line[] = [];
  const next = async () => ahead.shift() ?? ((await lines.next()).value as Line | undefined);
  for (let first = await next(); first; first = await next()) {
    if (first.fault) {
      yield broken(first.number, first.fault);
      continue;
    }
    if (first.text.trim() === '') continue;
    const taken = [first];
    let text = first.text;
    let sizeBytes = first.sizeBytes;
    // An odd number of quotes: one of them is open, and the record goes on in the next line.
    for (let isOpen = hasOpenQuote(first.text); isOpen && sizeBytes <= maxLineBytes; ) {
      const more = await next();
      if (!more) break;
      taken.push(more);
      if (more.fault) break;
      text += `\n${more.text}`;
      sizeBytes += more.sizeBytes;
      isOpen = !hasOpenQuote(more.text);
    }
    const fields = splitRecord(text, delimiter);
    if (fields) {
      yield { line: first.number, fields };
    } else {
      yield broken(
        first.number,
        'expected quotes only around a whole field, each closed, those inside doubled',
      );
      ahead.unshift(...taken.slice(1));
    }
  }
}

/** Null where the quotes do not fit. */
export function splitRecord(text: string, delimiter: string): readonly string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    // The text is one record, whatever line breaks it holds: the record delimiter is one that no text holds.
    const records = parse(text, { delimiter, record_delimiter: '\0\0', relax_column_count: true });
    return (records[0] as string[] | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Reads the rest of `records` as rows under `columns`. */
export async function* nameFields(
  records: AsyncIterable<CsvRecord | BrokenRow>,
  columns: readonly string[],
): AsyncGenerator<SourceRow | BrokenRow> {
  for await (const record of records) {
    if ('kind' in record) {
      yield record;
    } else if (record.fields.length !== columns.length) {
      yield broken(
        record.line,
        `expected ${columns.length} fields as in the header, found ${record.fields.length}`,
      );
    } else {
      const entries = columns.map((column, index) => [column, record.fields[index] ?? ''] as const);
      yield { kind: 'row', line: record.line, entries: entries.filter(([column]) => column !== '') };
    }
  }
}

/** The one of comma, semicolon (spreadsheets in German) and tab that parts the header most often. */
export function findDelimiter(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((it) => [it, bare.split(it).length] as const);
  return counts.reduce((best, it) => (it[1] > best[1] ? it : best))[0];
}

function hasOpenQuote(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count % 2 === 1;
}

function broken(line: number, reason: string): BrokenRow {
  return { kind: 'broken', error: { line, column: null, reason } };
}
