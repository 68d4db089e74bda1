import type { Fault, Played } from '../fault.ts';
import { connections } from '../fault.ts';
import type { SinkPoint } from '../sink/script.ts';
import type { Stage } from '../stage.ts';
import type { KillPoint } from '../worker/orders.ts';

type Point = KillPoint | SinkPoint;
type Policy = 'hold' | 'resend';

const rowPoints = {
  'after-claim': 'rows are claimed, nothing is handed over',
  'after-rcpt': 'the server has the recipient, and waits for DATA',
  'in-data': 'the server has the message in part',
  'after-dot': 'the server has it all, and has not said 250; every other time it keeps it',
  'before-settle': 'the server has said 250, the ledger does not know',
  'after-settle': 'the ledger knows, the job goes on',
} satisfies Partial<Record<Point, string>>;

const names: Readonly<Record<keyof typeof rowPoints, string>> = {
  'after-claim': 'kill-after-claim',
  'after-rcpt': 'kill-after-rcpt',
  'in-data': 'kill-in-data',
  'after-dot': 'kill-after-dot',
  'before-settle': 'kill-after-250',
  'after-settle': 'kill-after-commit',
};

const isSinkPoint = (point: Point): point is SinkPoint =>
  point === 'after-rcpt' || point === 'in-data' || point === 'after-dot';

/** One campaign; worker after worker is killed at the same point, spread over its people, and the last one ends it. */
async function killAt(stage: Stage, point: keyof typeof rowPoints, onUnknown: Policy): Promise<Played> {
  const { crew, sink, people, runs, workerOptions } = stage;
  const { id } = await stage.start({ on_unknown: onUnknown });
  let kills = 0;
  let isOver = false;
  const over = stage.over(id).then(() => {
    isOver = true;
  });
  over.catch(() => {});
  for (; kills < runs && !isOver; kills++) {
    const worker = await crew.hire();
    const left = people.length - sink.count - kills * connections;
    const rows = Math.max(1, Math.floor((0.8 * left) / (runs - kills + 1)));
    const hits = point === 'after-claim' ? Math.max(1, Math.round(rows / workerOptions.chunk)) : rows;
    if (isSinkPoint(point)) {
      sink.watch(point, hits, kills % 2 === 0, () => worker.signal('SIGKILL'));
      worker.work();
    } else worker.work({ point, hits });
    await Promise.race([worker.ended, over]);
    if (worker.isAlive) break;
    stage.tell(kills + 1);
  }
  if (!isOver) (await crew.hire('last')).work();
  await over;
  const doubts = kills * connections;
  return { runs: kills, ...(onUnknown === 'hold' ? { unknown: doubts } : { duplicates: doubts }) };
}

export const rowKills: readonly Fault[] = (['hold', 'resend'] as const).flatMap((policy) =>
  Object.entries(rowPoints)
    // Before the handoff, and once all is written down, nothing can be in doubt: there the policy has no say.
    .filter(([point]) => policy === 'hold' || !['after-claim', 'after-settle'].includes(point))
    .map(([key, what]): Fault => {
      const point = key as keyof typeof rowPoints;
      return {
        name: policy === 'hold' ? names[point] : `${names[point]}-resend`,
        what: `kill -9 where ${what}; a run is one kill`,
        runs: 25,
        people: 2000,
        play: (stage) => killAt(stage, point, policy),
      };
    }),
);
