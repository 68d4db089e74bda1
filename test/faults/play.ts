// Enters: a fault. Leaves: a line of the table. Never: an exception of the fault's own: it is what the line says.
import type { Fault, Played } from './fault.ts';
import { type House, openHouse } from './house.ts';
import { busiestSecond, type Judgement, judge } from './judge.ts';
import { openStage, type Stage } from './stage.ts';
import type { WorkerOptions } from './worker/orders.ts';

export interface Line {
  readonly fault: string;
  readonly runs: number;
  readonly missing: number;
  readonly duplicates: number;
  readonly unknown: number;
  readonly verdict: 'passed' | 'failed';
}

export interface Verdict {
  readonly line: Line;
  /** Why it failed. */
  readonly objections: readonly string[];
  /** The most messages in any second, and the limit; null where there was none. */
  readonly pace: { readonly busiest: number; readonly perSecond: number } | null;
  readonly seconds: number;
}

export interface PlayOptions {
  readonly runs?: number | undefined;
  readonly people?: number | undefined;
  readonly signal: AbortSignal;
  /** Shorter than usual, say. */
  readonly worker?: Partial<WorkerOptions>;
  /** @param share 0 to 1 */
  readonly onProgress?: (share: number) => void;
}

/** Of each fault, on a machine that has other things to do. */
const patienceMs = 900_000;

/** Where one run is a whole campaign, several runs are several of them. @throws the signal's reason */
export async function play(
  fault: Fault,
  house: Pick<House, 'database' | 'folder'>,
  options: PlayOptions,
): Promise<Verdict> {
  const { runs = fault.runs } = options;
  if (fault.runs > 1) return await playOnce(fault, house, { ...options, runs });
  const verdicts: Verdict[] = [];
  const onProgress = (share: number) => options.onProgress?.((verdicts.length + share) / runs);
  while (verdicts.length < runs)
    verdicts.push(await playOnce(fault, house, { ...options, runs: 1, onProgress }));
  return verdicts.reduce(together);
}

function together(one: Verdict, other: Verdict): Verdict {
  const sum = (field: 'runs' | 'missing' | 'duplicates' | 'unknown') => one.line[field] + other.line[field];
  const hasFailed = one.line.verdict === 'failed' || other.line.verdict === 'failed';
  return {
    line: {
      fault: one.line.fault,
      runs: sum('runs'),
      missing: sum('missing'),
      duplicates: sum('duplicates'),
      unknown: sum('unknown'),
      verdict: hasFailed ? 'failed' : 'passed',
    },
    objections: [...one.objections, ...other.objections],
    pace: (one.pace?.busiest ?? 0) > (other.pace?.busiest ?? 0) ? one.pace : other.pace,
    seconds: one.seconds + other.seconds,
  };
}

async function playOnce(
  fault: Fault,
  house: Pick<House, 'database' | 'folder'>,
  options: PlayOptions & { readonly runs: number },
): Promise<Verdict> {
  const startedAt = performance.now();
  const { runs, signal } = options;
  let own: House | null = null;
  try {
    own = fault.ownServer ? await openHouse() : null;
    const people = fault.people === 'runs' ? runs : (options.people ?? fault.people);
    const stage = await openStage(own ?? house, fault.name, {
      ...fault.stage,
      worker: { ...fault.stage?.worker, ...options.worker },
      runs,
      people,
      patienceMs,
      signal,
      tell: (done) => options.onProgress?.(done / runs),
    });
    try {
      const forbidden = () => Promise.reject(new Error('the server of all others is not to be restarted'));
      const played = await fault
        .play(stage, own?.restart ?? forbidden)
        .catch((error: unknown) => thrown(error, stage));
      signal.throwIfAborted();
      const log = await stage.sink.log();
      const judgement = judge(stage.people, log, await stage.rows());
      const pace =
        played.perSecond === undefined ? null : { busiest: busiestSecond(log), perSecond: played.perSecond };
      const objections = [...objectionsTo(judgement, people, runs, played), ...overLimit(pace)];
      const line: Line = {
        fault: fault.name,
        runs: played.runs,
        missing: judgement.missing.length,
        duplicates: judgement.duplicates,
        unknown: judgement.unknown,
        verdict: objections.length === 0 ? 'passed' : 'failed',
      };
      return { line, objections, pace, seconds: (performance.now() - startedAt) / 1000 };
    } finally {
      await stage.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    // There was nothing to judge: it says so, and the others are played all the same.
    const none = { runs: 0, missing: 0, duplicates: 0, unknown: 0, verdict: 'failed' } as const;
    return {
      line: { fault: fault.name, ...none },
      objections: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      pace: null,
      seconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    await own?.close();
  }
}

function objectionsTo(it: Judgement, people: number, runs: number, played: Played): string[] {
  const { unknown = 0, duplicates = 0, objections = [] } = played;
  const check = (isWrong: boolean, objection: string) => (isWrong ? [objection] : []);
  return [
    ...objections,
    ...check(it.ended !== people, `${it.ended} rows have ended, of ${people} people`),
    ...check(it.missing.length > 0, `missing: ${it.missing.slice(0, 5).join(', ')}`),
    ...check(it.denied.length > 0, `sent although the row denies it: ${it.denied.slice(0, 5).join(', ')}`),
    ...check(it.renamed.length > 0, `under several Message-IDs: ${it.renamed.slice(0, 5).join(', ')}`),
    ...check(it.unknown > unknown, `${it.unknown} in doubt, at most ${unknown} may be`),
    ...check(it.duplicates > duplicates, `${it.duplicates} sent again, at most ${duplicates} may be`),
    ...check(played.runs < runs, `it came to ${played.runs} runs, not ${runs}`),
  ];
}

function overLimit(pace: Verdict['pace']): string[] {
  if (pace === null || pace.busiest <= pace.perSecond * 1.1) return [];
  return [`${pace.busiest} messages in one second, the limit is ${pace.perSecond}`];
}

/** It did not come to its end: the people are judged all the same. */
function thrown(error: unknown, stage: Stage): Played {
  const why = error instanceof Error ? error.message : String(error);
  const said = stage.crew.workers.flatMap((worker) => (worker.said === '' ? [] : [worker.said.trim()]));
  return { runs: 0, objections: [why, ...said.slice(-2)] };
}
