// `npm run bench -- NAME`: every claim about speed, measured here against its yardstick in the same run.

import { readdir } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';

interface Bench {
  /** One line for people: what is measured against what. */
  readonly title: string;
  /** Figures by name; ratios are what counts, absolute ones drift with the machine. */
  measure(): Promise<Record<string, number>>;
}

const folder = new URL('./', import.meta.url);
/** What several benches need. */
const parts = ['main.ts', 'per-second.ts', 'process-tree.ts', 'processor-ms.ts'];
const names = (await readdir(folder))
  .filter((it) => it.endsWith('.ts') && !parts.includes(it))
  .map((it) => it.slice(0, -3));
const [name, ...flags] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Usage: npm run bench -- ${names.sort().join('|')} [--json]\n`);
  process.exit(2);
}

const bench: Bench = await import(new URL(`${name}.ts`, folder).href);
process.stderr.write(
  `${bench.title}\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${loadavg()[0]?.toFixed(1)}\n`,
);
const figures = await bench.measure();
if (flags.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
else
  for (const [key, value] of Object.entries(figures))
    process.stdout.write(`${key.padEnd(24)} ${value.toLocaleString('en')}\n`);
