// Enters: a fault. Leaves: a line of the table. Never: an exception of the fault's own: it is what the line says.
import type { Fault, Played } from './fault.ts';
import { type House, openHouse } from './house.ts';
import { busiestSecond, type Judgement, judge } from './judge.ts';
import { openStage, type Stage } from './stage.ts';

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
  readonly seconds: number;
}

export interface PlayOptions {
  readonly runs?: number | undefined;
  readonly people?: number | undefined;
  readonly signal: AbortSignal;
  /** @param share 0 to 1 */
  readonly onProgress?: (share: number) => void;
}

const patienceMs = 300_000;

export async function play(
  fault: Fault,
  house: Pick<House, 'database' | 'folder'>,
  options: PlayOptions,
): Promise<Verdict> {
  const startedAt = performance.now();
  const own = fault.ownServer ? await openHouse() : null;
  try {
    const runs = options.runs ?? fault.runs;
    const people = options.people ?? fault.people;
    const total = fault.of === 'messages' ? people : runs;
    const stage = await openStage(own ?? house, fault.name, {
      runs,
      people,
      patienceMs,
      signal: options.signal,
      tell: (done) => options.onProgress?.(done / total),
      ...fault.stage,
    });
    try {
      const played = await fault
        .play(
          stage,
          own?.restart ?? (() => Promise.reject(new Error('nobody may restart the server of all'))),
        )
        .catch((error: unknown) => thrown(error, stage));
      options.signal.throwIfAborted();
      const log = await stage.sink.log();
      const judgement = judge(stage.people, log, await stage.rows());
      const objections = [
        ...objectionsTo(judgement, stage.people.length, runs, played),
        ...overLimit(busiestSecond(log), played.perSecond),
      ];
      const line: Line = {
        fault: fault.name,
        runs: played.runs,
        missing: judgement.missing.length,
        duplicates: judgement.duplicates,
        unknown: judgement.unknown,
        verdict: objections.length === 0 ? 'passed' : 'failed',
      };
      return { line, objections, seconds: (performance.now() - startedAt) / 1000 };
    } finally {
      await stage.close();
    }
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

function overLimit(busiest: number, perSecond: number | undefined): string[] {
  if (perSecond === undefined || busiest <= perSecond * 1.1) return [];
  return [`${busiest} messages in one second, the limit is ${perSecond}`];
}

/** It did not come to its end: the people are judged all the same. */
function thrown(error: unknown, stage: Stage): Played {
  const why = error instanceof Error ? error.message : String(error);
  const said = stage.crew.workers.flatMap((worker) => (worker.said === '' ? [] : [worker.said.trim()]));
  return { runs: 0, objections: [why, ...said.slice(-2)] };
}
