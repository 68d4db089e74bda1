// Enters: a database server. Leaves: what one fault plays on: people, a mail server, workers, and a wire of its own to look with.
// Never: anything that another fault could touch, or a process, port or folder left behind.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { upsertProfiles } from '../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../src/campaign/campaign.ts';
import { readConfig } from '../../src/config.ts';
import { isDatabaseAway } from '../../src/run/keep-trying.ts';
import type { Run } from '../../src/run/ledger.ts';
import { startRun } from '../../src/run/start-run.ts';
import { openWire, type Wire } from '../../src/shell/wire.ts';
import sample from '../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { type Crew, openCrew } from './crew.ts';
import type { House } from './house.ts';
import type { Row } from './judge.ts';
import { openSink, type Sink } from './sink/open-sink.ts';
import type { WorkerOptions } from './worker/orders.ts';
import { startWorker, type Worker } from './worker/start-worker.ts';

export interface Stage {
  readonly runs: number;
  readonly people: readonly string[];
  readonly wire: Wire;
  readonly sink: Sink;
  readonly crew: Crew;
  readonly databaseUrl: string;
  readonly workerOptions: WorkerOptions;
  readonly campaign: (more?: object) => object;
  /** Opens the occurrence and freezes its audience; nobody works on it yet. */
  start(more?: object): Promise<Run>;
  /** One more worker under another address of the mail server. */
  stranger(smtpUrl: string): Promise<Worker>;
  /** Until it is so, looked at again and again; the fault's patience is its end. */
  until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Until the sink has taken so many. */
  sent(count: number): Promise<void>;
  /** Until every row of the run has ended, and it says so. */
  over(runId: string): Promise<void>;
  /** Every row of every run. */
  rows(): Promise<Row[]>;
  /** What rests is due now, as if its time had come. */
  passTime(): Promise<void>;
  tell(done: number): void;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly runs: number;
  readonly people: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly tell: (done: number) => void;
  readonly domainOf?: (index: number) => string;
  readonly worker?: Partial<WorkerOptions>;
  /** Facts of each person, beside those of the sample. */
  readonly factsOf?: (index: number) => Record<string, string | number>;
}

const workerDefaults: WorkerOptions = {
  concurrency: 5,
  leaseMs: 5000,
  tickMs: 250,
  chunk: 40,
  silenceTimeoutMs: 10_000,
};

export async function openStage(
  house: Pick<House, 'database' | 'folder'>,
  name: string,
  options: StageOptions,
): Promise<Stage> {
  const { runs, signal, tell } = options;
  const workerOptions = { ...workerDefaults, ...options.worker };
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end().catch(() => {});
  };
  try {
    const folder = join(house.folder, name);
    await mkdir(folder, { recursive: true });
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const database = await house.database();
    closers.push(() => database.drop());
    const sink = await openSink(join(folder, 'sink.log'), () => {});
    closers.push(() => sink.close());
    const env = {
      DATABASE_URL: database.url,
      DEARLY_DATA_DIR: join(folder, 'data'),
      DEARLY_SECRET: 'a secret that all workers have in common',
      SMTP_URL: sink.url,
      DEARLY_WEBHOOKS_LOCAL: 'true',
      // Hundreds of workers start on the same code.
      NODE_COMPILE_CACHE: join(house.folder, 'code'),
    };
    const wire = await openWire(readConfig(env));
    closers.push(() => wire.close());
    const crew = openCrew(() => startWorker(env, workerOptions));
    closers.push(() => crew.close());
    const { domainOf = () => 'example.com', factsOf = () => ({}) } = options;
    const patches = Array.from({ length: options.people }, (_, index) => ({
      externalId: `P${index}`,
      email: `p${index}@${domainOf(index)}`,
      firstName: `Name${index}`,
      facts: { ...sample.facts, ...factsOf(index) },
    }));
    for (let at = 0; at < patches.length; at += 2000)
      await upsertProfiles(wire.db, patches.slice(at, at + 2000));

    const endsAt = performance.now() + options.patienceMs;
    async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
      // The database may be what is played with: a question that it does not answer is asked again.
      const ask = async () => {
        try {
          return await isSo();
        } catch (error) {
          if (isDatabaseAway(error)) return false;
          throw error;
        }
      };
      while (!(await ask())) {
        signal.throwIfAborted();
        if (performance.now() > endsAt) throw new Error(`in vain: ${what}`);
        await wait(25);
      }
    }
    const campaign = (more: object = {}) => ({
      name: 'statement',
      pack: 'statement',
      sender: 'nordlicht',
      ...more,
    });
    return {
      runs,
      people: patches.map(({ email }) => email),
      wire,
      sink,
      crew,
      databaseUrl: database.url,
      workerOptions,
      campaign,
      async start(more) {
        const said = campaignSchema.parse(campaign(more));
        const occurrence = { kind: 'campaign', name: said.name, occurrence: '2026', campaign: said } as const;
        return (await startRun(occurrence, wire)).run;
      },
      async stranger(smtpUrl) {
        const worker = await startWorker({ ...env, SMTP_URL: smtpUrl }, workerOptions);
        closers.push(async () => {
          if (worker.isAlive) worker.signal('SIGKILL');
          await worker.ended;
        });
        return worker;
      },
      until,
      sent: (count) => until(`${count} messages sent`, () => sink.count >= count),
      over: (runId) =>
        until('every row has ended', async () => (await wire.ledger.find(runId)).endedAt !== null),
      async rows() {
        const { rows } = await sql<Row>`
          select ledger.id, profiles.email as address, state from ledger join profiles on profiles.id = profile_id`.execute(
          wire.db,
        );
        return rows;
      },
      async passTime() {
        await sql`update ledger set next_at = now() where state = 'deferred' and next_at > now()`.execute(
          wire.db,
        );
      },
      tell,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
