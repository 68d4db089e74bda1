import { sql } from 'kysely';
import pg from 'pg';
import type { Fault, Played } from '../fault.ts';
import type { Stage } from '../stage.ts';

/** Before its rows are written, and once they are, with nothing committed: each of these tables is read or written there alone. */
const freezeStops = ['ledger', 'webhook_endpoints'] as const;

/**
 * Whoever starts the campaign is held inside the transaction by a lock on a table, and killed there; nothing may be left of it.
 * At the end two start it at once, and it is one.
 */
async function killInFreeze(stage: Stage): Promise<Played> {
  const { crew, wire } = stage;
  const objections: string[] = [];
  for (let kills = 0; kills < stage.runs; kills++) {
    const table = freezeStops[kills % 2] ?? 'ledger';
    const starter = await crew.hire();
    const client = new pg.Client({ connectionString: stage.databaseUrl });
    await client.connect();
    try {
      await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      void starter.start(stage.campaign(), '2026');
      await stage.until(`the freeze waits for ${table}`, async () => {
        const { rowCount } = await client.query(
          'SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::regclass',
          [table],
        );
        return rowCount === 1;
      });
      starter.signal('SIGKILL');
      await starter.ended;
    } finally {
      await client.end();
    }
    const { rows } = await sql`select from runs`.execute(wire.db);
    if (rows.length > 0) objections.push(`kill ${kills + 1} inside the freeze left a run behind`);
    stage.tell(kills + 1);
  }
  const other = await crew.hire('last');
  const [run, otherId] = await Promise.all([stage.start(), other.start(stage.campaign(), '2026')]);
  if (run.id !== otherId) objections.push('two starts at once made two runs');
  other.work();
  await stage.over(run.id);
  return { runs: stage.runs, objections };
}

/** As many campaigns as runs, each for its share of the people; the last word of each is a kill's. */
async function killAtCompleted(stage: Stage): Promise<Played> {
  const { crew, people, runs } = stage;
  const started: string[] = [];
  const objections: string[] = [];
  const limit = (at: number) => Math.floor((people.length * at) / runs);
  for (let kills = 0; kills < runs; kills++) {
    const number = (op: string, value: number) => ({ field: 'facts.number', op, value });
    const audience = { all: [number('gte', limit(kills)), number('lt', limit(kills + 1))] };
    const { id } = await stage.start({ name: `statement-${kills}`, audience });
    started.push(id);
    const worker = await crew.hire();
    worker.work({ point: kills % 2 === 0 ? 'before-complete' : 'after-complete', hits: 1, runId: id });
    await worker.ended;
    const hasEnded = (await stage.wire.ledger.find(id)).endedAt !== null;
    if (hasEnded !== (kills % 2 === 1)) objections.push(`kill ${kills + 1} came at another point`);
    stage.tell(kills + 1);
  }
  (await crew.hire('last')).work();
  for (const id of started) await stage.over(id);
  return { runs, objections };
}

export const begin: Fault = {
  name: 'kill-in-freeze',
  what: 'kill -9 while the audience is frozen, before its rows are written and before they are committed; a run is one start',
  runs: 25,
  people: 2000,
  play: killInFreeze,
};

export const end: Fault = {
  name: 'kill-at-completed',
  what: 'kill -9 right before and right after the run is marked as completed; a run is one campaign, for its share of the people',
  runs: 25,
  people: 2000,
  stage: { factsOf: (index) => ({ number: index }) },
  play: killAtCompleted,
};
