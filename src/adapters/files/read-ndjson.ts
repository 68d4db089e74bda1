import type { BrokenRow, SourceRow } from '../../profile/row-source.ts';
import type { Line } from './read-lines.ts';

/** One JSON object a line; empty lines are passed over. */
export async function* readNdjson(lines: AsyncIterable<Line>): AsyncGenerator<SourceRow | BrokenRow> {
  for await (const line of lines) {
    if (line.fault === null && line.text.trim() === '') continue;
    const object = line.fault === null ? parseObject(line.text) : null;
    if (object) yield { kind: 'row', line: line.number, entries: Object.entries(object) };
    else {
      const reason = line.fault ?? 'expected one JSON object in one line';
      yield { kind: 'broken', error: { line: line.number, column: null, reason } };
    }
  }
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
