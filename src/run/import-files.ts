// Enters: customer files, opened. Leaves: their people in the database, and a report of the rows that were refused.
// Never: a file in memory (a batch at most), or half a row.
import type { FactShape } from '../profile/fact-shape.ts';
import { importRow } from '../profile/import-row.ts';
import type { ProfilePatch } from '../profile/profile.ts';
import type { RowError, RowSource } from '../profile/row-source.ts';

export interface ImportPorts {
  /** Keeps a batch, all of it or nothing. */
  keep(patches: readonly ProfilePatch[]): Promise<{ added: number; changed: number; unchanged: number }>;
  /** Called for each wrong value, in the file's order. */
  onError(file: string, error: RowError): void | Promise<void>;
  /** Bytes of all files together. */
  onProgress?(bytesRead: number, bytesInAll: number): void;
}

export interface ImportReport {
  readonly rows: number;
  readonly goodRows: number;
  readonly badRows: number;
  /** A person is counted once per batch that holds them. */
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** What is worth knowing but no fault: columns left out, customers that stand twice. */
  readonly notes: readonly string[];
}

const batchRows = 2000;
/** Long rows make short batches, so that a batch of the longest possible rows fits into memory. */
const batchBytes = 8 * 1024 * 1024;

export async function importFiles(
  sources: readonly RowSource[],
  rules: { readonly shape: FactShape; readonly at: string },
  ports: ImportPorts,
): Promise<ImportReport> {
  const report = { rows: 0, goodRows: 0, badRows: 0, added: 0, changed: 0, unchanged: 0 };
  const notes: string[] = [];
  const bytesInAll = sources.reduce((sum, it) => sum + it.sizeBytes, 0);
  let bytesBefore = 0;

  for (const source of sources) {
    const seen = new Set<string>();
    const leftOut = new Set<string>();
    let twice = 0;
    let batch: ProfilePatch[] = [];
    let batchStart = source.bytesRead();

    const flush = async () => {
      const kept = await ports.keep(batch);
      report.added += kept.added;
      report.changed += kept.changed;
      report.unchanged += kept.unchanged;
      batch = [];
      batchStart = source.bytesRead();
      ports.onProgress?.(bytesBefore + source.bytesRead(), bytesInAll);
    };

    for await (const row of source.rows) {
      report.rows++;
      const imported = row.kind === 'row' ? importRow(row, rules) : null;
      for (const column of imported?.leftOut ?? []) if (leftOut.size < 1000) leftOut.add(column);
      if (imported?.kind === 'patch') {
        report.goodRows++;
        const id = imported.patch.externalId;
        if (seen.has(id)) twice++;
        seen.add(id);
        batch.push(imported.patch);
      } else {
        report.badRows++;
        const errors = row.kind === 'broken' ? [row.error] : (imported?.errors ?? []);
        for (const error of errors) await ports.onError(source.name, error);
      }
      if (batch.length >= batchRows || source.bytesRead() - batchStart > batchBytes) await flush();
    }
    await flush();
    for (const column of [...leftOut].slice(0, 20)) {
      notes.push(`${source.name}: column ${column.slice(0, 60)}: no pack asks for it, left out`);
    }
    if (leftOut.size > 20) notes.push(`${source.name}: ${leftOut.size - 20} more columns left out`);
    if (twice > 0)
      notes.push(`${source.name}: ${twice} rows repeat a customer’s number; the last one counts`);
    bytesBefore += source.sizeBytes;
  }
  return { ...report, notes };
}
