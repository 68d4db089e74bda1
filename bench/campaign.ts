import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { upsertProfiles } from '../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../src/campaign/campaign.ts';
import { readConfig } from '../src/config.ts';
import { startRun } from '../src/run/start-run.ts';
import { openWire, type Wire } from '../src/shell/wire.ts';
import sample from '../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { median } from './per-second.ts';
import { backends, processorMs } from './processor-ms.ts';
import { openCountingSink } from './sinks/open-counting-sink.ts';

export const title =
  'A campaign of 100,000 people (--people N for another size), two workers, into a sink: memory and cost per person, start against end.';

const workers = 2;
const sampleMs = 1000;

interface Sample {
  /** Messages taken by the sink until then. */
  readonly sent: number;
  readonly atMs: number;
  /** Processor time of the workers and the database's backends, so that other work on the machine does not count. */
  readonly cpuMs: number;
  /** Bytes, of each worker. */
  readonly resident: readonly number[];
}

export async function measure(): Promise<Record<string, number>> {
  const people = peopleOf(process.argv);
  const folder = await mkdtemp(join(tmpdir(), 'dearly-bench-'));
  await chmod(folder, 0o755);
  const sink = await openCountingSink();
  const own = { DEARLY_DATA_DIR: join(folder, 'data'), SMTP_URL: `smtp://127.0.0.1:${sink.port}` };
  const wire = await openWire(readConfig({ ...process.env, ...own }));
  const started: ChildProcess[] = [];
  try {
    await importPeople(wire, people);
    const campaign = campaignSchema.parse({ name: 'bench', pack: 'statement', sender: 'nordlicht' });
    const occurrence = randomUUID();
    const freezeAt = performance.now();
    const { run } = await startRun({ kind: 'campaign', name: 'bench', occurrence, campaign }, wire);
    const freezeSeconds = (performance.now() - freezeAt) / 1000;
    for (let index = 0; index < workers; index++) {
      const flags = ['src/shell/cli/main.ts', 'worker', '--videos', '0'];
      started.push(
        spawn(process.execPath, flags, {
          env: { ...process.env, ...own },
          stdio: ['ignore', 'ignore', 'inherit'],
        }),
      );
    }
    const samples: Sample[] = [];
    for (let sent = 0; sent < people; ) {
      await wait(sampleMs);
      if (started.some(({ exitCode }) => exitCode !== null)) throw new Error('a worker has ended');
      sent = await sink.count();
      const resident = await Promise.all(started.map(({ pid }) => residentBytes(pid)));
      const cpuMs = await processorMs([...started.map(({ pid }) => pid ?? 0), ...(await backends(wire.db))]);
      samples.push({ sent, atMs: performance.now(), cpuMs, resident });
    }
    tellTenths(samples, people);
    const { byState } = await wire.ledger.tally(run.id);
    return {
      people,
      accepted: byState.accepted ?? 0,
      freezeSeconds: round(freezeSeconds),
      ...figures(samples, people),
    };
  } finally {
    await Promise.all(
      started.map(async (worker) => {
        if (worker.exitCode !== null) return;
        const ended = once(worker, 'exit');
        worker.kill('SIGTERM');
        await ended;
      }),
    );
    await wire.close();
    await sink.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function figures(samples: readonly Sample[], people: number): Record<string, number> {
  // The first tenth begins when both have warmed up: programs compile, caches and pools fill, and V8's heap grows to what
  // it likes for this much coming and going.
  const warm = samples.filter(({ sent }) => sent >= people * 0.2);
  const first = cpuPerPerson(warm, people * 0.2, people * 0.3);
  const last = cpuPerPerson(warm, people * 0.9, people);
  const [start, end] = [warm[0], warm.at(-1)];
  if (start === undefined || end === undefined) throw new Error('there are too few samples');
  const tenth = Math.max(1, Math.floor(warm.length / 10));
  const memory = (some: readonly Sample[], worker: number) =>
    median(some.map(({ resident }) => resident[worker] ?? 0));
  const growth = Array.from(
    { length: workers },
    (_, worker) => memory(warm.slice(-tenth), worker) / memory(warm.slice(0, tenth), worker),
  );
  return {
    peoplePerSecond: Math.round(((end.sent - start.sent) * 1000) / (end.atMs - start.atMs)),
    cpuMsPerPersonFirstTenth: round(first),
    cpuMsPerPersonLastTenth: round(last),
    costRatio: round(last / first),
    residentStartMb: Math.round(Math.max(...start.resident) / 1e6),
    residentEndMb: Math.round(Math.max(...end.resident) / 1e6),
    memoryRatio: round(Math.max(...growth)),
  };
}

/** On stderr: what a ratio alone would hide. */
function tellTenths(samples: readonly Sample[], people: number): void {
  for (let tenth = 0; tenth < 10; tenth++) {
    const some = samples.filter(({ sent }) => Math.min(9, Math.floor((sent * 10) / people)) === tenth);
    const each = Array.from({ length: workers }, (_, worker) =>
      Math.round(median(some.map(({ resident }) => resident[worker] ?? 0)) / 1e6),
    );
    process.stderr.write(`tenth ${tenth + 1}: ${each.join(' and ')} MB\n`);
  }
}

/** Of processor time, between two counts. */
function cpuPerPerson(samples: readonly Sample[], from: number, to: number): number {
  const some = samples.filter(({ sent }) => sent >= from && sent <= to);
  const [start, end] = [some[0], some.at(-1)];
  if (start === undefined || end === undefined || end.sent === start.sent)
    throw new Error('too few people to measure: name more with --people');
  return (end.cpuMs - start.cpuMs) / (end.sent - start.sent);
}

async function importPeople(wire: Wire, people: number): Promise<void> {
  const { facts } = sample;
  for (let from = 0; from < people; from += 2000) {
    const some = Array.from({ length: Math.min(2000, people - from) }, (_, index) => ({
      externalId: `B${from + index}`,
      email: `person.${from + index}@d${(from + index) % 50}.example`,
      firstName: `Person ${from + index}`,
      facts,
    }));
    await upsertProfiles(wire.db, some);
  }
}

/** Linux says it in /proc. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}

function peopleOf(args: readonly string[]): number {
  const at = args.indexOf('--people');
  const people = at < 0 ? 100_000 : Number(args[at + 1]);
  if (!Number.isInteger(people) || people < 1000)
    throw new Error('--people takes a whole number from 1000 on');
  return people;
}

const round = (figure: number) => Math.round(figure * 1000) / 1000;
