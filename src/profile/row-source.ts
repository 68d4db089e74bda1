/** What is wrong with one row, fit to show: what was expected, and the kind of what was found, never the data itself. */
export interface RowError {
  /** First line of the row, counted from 1, the header included. */
  readonly line: number;
  /** As the file names it, with the way into nested values (`readings[3].kwh`); null when the whole row is meant. */
  readonly column: string | null;
  readonly reason: string;
  /** For example `text of 12 characters`. */
  readonly value?: string;
}

export interface SourceRow {
  readonly kind: 'row';
  readonly line: number;
  /** Column and value, in the file's order. CSV holds text only. */
  readonly entries: readonly (readonly [column: string, value: unknown])[];
}

/** A stretch of the file that is no row at all. */
export interface BrokenRow {
  readonly kind: 'broken';
  readonly error: RowError;
}

/** The port to wherever rows come from. Opening it has proved that there are rows to be read. */
export interface RowSource {
  readonly name: string;
  /** 0 when it cannot be known (a pipe). */
  readonly sizeBytes: number;
  bytesRead(): number;
  /** In the file's order, once. */
  readonly rows: AsyncIterable<SourceRow | BrokenRow>;
  /** Safe to call more than once. */
  close(): Promise<void>;
}
