import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { upsertProfiles } from '../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../src/campaign/campaign.ts';
import { readConfig } from '../src/config.ts';
import { workRun } from '../src/run/work-run.ts';
import { openWire, type Wire } from '../src/shell/wire.ts';
import sample from '../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { median } from './per-second.ts';
import { openCountingSink } from './sinks/open-counting-sink.ts';

export const title =
  'Ten domains, a fifth of the people in one that always answers 421: the pace of the others, against their pace without it.';

const others = 1600;
const stopped = 400;
const rounds = 4;
const stoppedDomain = 'full.example';

export async function measure(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'dearly-bench-'));
  await chmod(folder, 0o755);
  const sink = await openCountingSink(stoppedDomain);
  const config = readConfig({
    ...process.env,
    DEARLY_DATA_DIR: join(folder, 'data'),
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
  });
  const wire = await openWire(config);
  try {
    const alone = await importPeople(wire, others, (index) => `d${index % 9}.example`);
    const beside = await importPeople(wire, stopped, () => stoppedDomain);
    const figures = { alone: [] as number[], beside: [] as number[] };
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      // In turns first: whoever comes second would have the larger ledger, always.
      for (const which of round % 2 === 0 ? (['alone', 'beside'] as const) : (['beside', 'alone'] as const)) {
        const figure = await pace(wire, sink, which === 'alone' ? alone : mix(alone, beside));
        if (round > 0) figures[which].push(figure);
      }
    }
    const [perSecondAlone, perSecondBeside] = [median(figures.alone), median(figures.beside)];
    return {
      perSecondAlone: Math.round(perSecondAlone),
      perSecondBeside: Math.round(perSecondBeside),
      ratio: Math.round((perSecondBeside / perSecondAlone) * 100) / 100,
    };
  } finally {
    await wire.close();
    await sink.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of the others, in messages a second, until each of them has one. */
async function pace(wire: Wire, sink: { count(): Promise<number> }, profileIds: string[]): Promise<number> {
  await sql`truncate domain_pauses`.execute(wire.db);
  const campaign = campaignSchema.parse({ name: 'bench', pack: 'statement', sender: 'nordlicht' });
  const { run } = await wire.ledger.open(
    { kind: 'campaign', name: 'bench', occurrence: randomUUID(), campaign },
    { profileIds },
  );
  const before = await sink.count();
  let accepted = 0;
  const stop = new AbortController();
  const startedAt = performance.now();
  let seconds = 0;
  await workRun(run.id, wire, {
    concurrency: 5,
    signal: stop.signal,
    onSettled(settled) {
      if (settled !== 'accepted' || ++accepted < others) return;
      seconds = (performance.now() - startedAt) / 1000;
      stop.abort();
    },
  });
  await wire.ledger.cancel(run.id);
  const came = (await sink.count()) - before;
  if (came !== others) throw new Error(`Of ${others} messages ${came} came.`);
  return others / seconds;
}

async function importPeople(
  wire: Wire,
  count: number,
  domainOf: (index: number) => string,
): Promise<string[]> {
  const { facts } = sample;
  const people = Array.from({ length: count }, (_, index) => {
    const name = `${domainOf(index)}-${index}`;
    return { externalId: name, email: `p${index}@${domainOf(index)}`, firstName: name, facts };
  });
  await upsertProfiles(wire.db, people);
  const rows = await wire.db
    .selectFrom('profiles')
    .select('id')
    .where(
      'external_id',
      'in',
      people.map(({ externalId }) => externalId),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** Spread evenly, as in any audience. */
function mix(many: readonly string[], few: readonly string[]): string[] {
  const every = Math.floor(many.length / few.length);
  return many.flatMap((id, index) => {
    const one = index % every === 0 ? few[index / every] : undefined;
    return one === undefined ? [id] : [one, id];
  });
}
