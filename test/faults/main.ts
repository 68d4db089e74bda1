// `npm run test:faults`: every way to fail that docs/adr/0096 names, on real workers, a real PostgreSQL and a scripted mail
// server. The last line is `N passed, N failed`; with --json it is one JSON object.
import { parseArgs } from 'node:util';
import { openBoard, tableOf } from './board.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { openHouse } from './house.ts';
import { play, type Verdict } from './play.ts';

/** Two cores: one waits for a lease or a worker while the other works. */
const atOnce = 2;

const usage = `Usage: npm run test:faults -- [--only NAME] [--runs N] [--people N] [--json]

  --only NAME   one fault, or all whose names begin so
  --runs N      how often each comes to it (kills, pauses, … as listed below)
  --people N    in the campaign

${faults.map(({ name, what }) => `  ${name.padEnd(26)}${what}`).join('\n')}
`;

interface Asked {
  readonly chosen: readonly Fault[];
  readonly runs: number | undefined;
  readonly people: number | undefined;
  readonly json: boolean;
}

/** Null where it makes no sense. */
function read(): Asked | null {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        runs: { type: 'string' },
        people: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const { only, json } = values;
    const chosen = faults.filter(({ name }) => only === undefined || name === only);
    const [runs, people] = [countOf(values.runs), countOf(values.people)];
    return {
      chosen: chosen.length > 0 ? chosen : faults.filter(({ name }) => name.startsWith(only ?? '')),
      runs,
      people,
      json,
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n`);
    return null;
  }
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${text}: expected a whole number from 1 on`);
  return Number(text);
}

async function playAll({ chosen, runs, people }: Asked, signal: AbortSignal): Promise<Verdict[]> {
  const house = await openHouse();
  const board = openBoard(chosen.map(({ name }) => name));
  const waiting = [...chosen];
  const verdicts = new Map<string, Verdict>();
  const lane = async () => {
    for (let fault = waiting.shift(); fault !== undefined && !signal.aborted; fault = waiting.shift()) {
      const { name } = fault;
      board.begin(name);
      const onProgress = (share: number) => board.move(name, share);
      const verdict = await play(fault, house, { runs, people, signal, onProgress });
      verdicts.set(name, verdict);
      board.end(verdict);
    }
  };
  try {
    const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
    const broken = lanes.find((it) => it.status === 'rejected');
    if (broken && !signal.aborted) throw broken.reason;
    return chosen.flatMap(({ name }) => verdicts.get(name) ?? []);
  } finally {
    board.close();
    await house.close();
  }
}

const asked = read();
if (asked === null || asked.chosen.length === 0) {
  process.stderr.write(usage);
  process.exit(2);
}
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!stop.signal.aborted)
      process.stderr.write('\nStopping: workers, mail servers and databases first.\n');
    stop.abort();
  });
const verdicts = await playAll(asked, stop.signal);
const lines = verdicts.map(({ line }) => line);
const failed = lines.filter(({ verdict }) => verdict === 'failed').length;
const out = asked.json ? process.stderr : process.stdout;
out.write(`\n${tableOf(lines)}\n\n${lines.length - failed} passed, ${failed} failed\n`);
if (asked.json) process.stdout.write(`${JSON.stringify({ rows: lines })}\n`);
process.exitCode = stop.signal.aborted ? 130 : failed > 0 ? 1 : 0;
