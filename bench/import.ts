import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { openRows } from '../src/adapters/files/open-rows.ts';
import { upsertProfiles } from '../src/adapters/postgres/upsert-profiles.ts';
import { readConfig } from '../src/config.ts';
import { factShape } from '../src/profile/fact-shape.ts';
import type { RowError } from '../src/profile/row-source.ts';
import { importFiles } from '../src/run/import-files.ts';
import { contractsOf } from '../src/shell/cli/import.ts';
import { openWire, type Wire } from '../src/shell/wire.ts';
import { median } from './per-second.ts';

export const title =
  'New customers from a CSV into PostgreSQL, each row held to the packs’ contracts; against csv-parse and one insert for each row, unchecked.';

const rounds = 3;
const rows = 40_000;
/** The yardstick's rate does not depend on how many. */
const slowRows = 4000;

/** `again…`: the same file once more, when nothing of it is new. */
export async function measure(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'dearly-bench-'));
  // PostgreSQL's own user has to get in where this is root.
  await chmod(folder, 0o755);
  const wire = await openWire(readConfig({ ...process.env, DEARLY_DATA_DIR: join(folder, 'data') }));
  try {
    const shape = factShape(await contractsOf(wire));
    const figures = { ours: [] as number[], again: [] as number[], naive: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const naive = await rate(slowRows, slowly(wire, await writeCsv(folder, slowRows)));
      const file = await writeCsv(folder, rows);
      const ours = await rate(rows, imported(wire, file, shape));
      const again = await rate(rows, imported(wire, file, shape));
      // The first round warms up.
      if (round === 0) continue;
      figures.naive.push(naive);
      figures.ours.push(ours);
      figures.again.push(again);
    }
    const perSecond = median(figures.ours);
    const naivePerSecond = median(figures.naive);
    return {
      perSecond: Math.round(perSecond),
      naivePerSecond: Math.round(naivePerSecond),
      ratio: Math.round((perSecond / naivePerSecond) * 10) / 10,
      againPerSecond: Math.round(median(figures.again)),
    };
  } finally {
    await wire.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows a second; the work has to say that it took all of them. */
async function rate(count: number, work: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const taken = await work();
  if (taken !== count) throw new Error(`of ${count} rows ${taken} were taken`);
  return (count * 1000) / (performance.now() - startedAt);
}

const imported = (wire: Wire, file: string, shape: ReturnType<typeof factShape>) => async () => {
  const source = await openRows(file);
  try {
    const rules = { shape, at: new Date().toISOString() };
    const keep = (patches: Parameters<typeof upsertProfiles>[1]) => upsertProfiles(wire.db, patches);
    const { goodRows } = await importFiles([source], rules, { keep, onError: refuse });
    return goodRows;
  } finally {
    await source.close();
  }
};

const refuse = (_: string, { line, column, reason }: RowError) => {
  throw new Error(`line ${line}, ${column}: ${reason}`);
};

const slowly = (wire: Wire, file: string) => async () => {
  let taken = 0;
  await wire.db.transaction().execute(async (tx) => {
    for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) {
      const { external_id, email, first_name, last_name, locale, time_zone, ...facts } = row;
      const person = { external_id, email, first_name, last_name, locale, time_zone };
      await tx
        .insertInto('profiles')
        .values({ ...person, consents: '{}', facts: JSON.stringify(facts) })
        .onConflict((on) => on.column('external_id').doUpdateSet(person))
        .execute();
      taken++;
    }
  });
  return taken;
};

/** People nobody has seen before. */
async function writeCsv(folder: string, count: number): Promise<string> {
  const batch = randomUUID().slice(0, 8);
  const file = join(folder, `${batch}.csv`);
  const head =
    'external_id,email,first_name,last_name,locale,time_zone,tariff,currency,price_per_kwh,base_fee';
  const lines = Array.from(
    { length: count },
    (_, index) =>
      `${batch}-${index},p${index}@${batch}.example,Zoë,"O’Neill, ${index}",de-DE,Europe/Berlin,Nordlicht Fix,EUR,0.3${index % 100},1250`,
  );
  await writeFile(file, `${head}\n${lines.join('\n')}\n`);
  return file;
}
