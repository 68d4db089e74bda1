import { connections, type Fault } from '../fault.ts';
import type { Stage } from '../stage.ts';
import type { Worker } from '../worker/start-worker.ts';

type Policy = 'hold' | 'resend';

const named = (name: string, policy: Policy) => (policy === 'hold' ? name : `${name}-resend`);
const limits = (doubts: number, policy: Policy) =>
  policy === 'hold' ? { unknown: doubts } : { duplicates: doubts };

async function hired(stage: Stage): Promise<Worker> {
  const worker = await stage.crew.hire();
  worker.work();
  return worker;
}

/** The moments are drawn, one in each stretch of the campaign. */
const randomKills = (policy: Policy): Fault => ({
  name: named('random-kills', policy),
  what: 'kill -9 at any moment, two workers at it, the limit kept; a run is one kill',
  runs: 50,
  people: 10_000,
  async play(stage) {
    const { runs, people, sink } = stage;
    const perSecond = 150;
    const { id } = await stage.start({ on_unknown: policy, throttle: { per_second: perSecond } });
    const workers = [await hired(stage), await hired(stage)];
    const stretch = (people.length * 0.9) / runs;
    for (let kills = 0; kills < runs; kills++) {
      await stage.sent(Math.floor(Math.min(people.length * 0.95, stretch * (kills + Math.random()))));
      const at = Math.floor(Math.random() * workers.length);
      const worker = workers[at];
      if (worker === undefined) throw new Error('there is no worker to kill');
      worker.signal('SIGKILL');
      await worker.ended;
      workers[at] = await hired(stage);
      stage.tell(kills + 1);
    }
    await stage.over(id);
    if (sink.count === 0) throw new Error('nothing was sent');
    return { runs, perSecond, ...limits(runs * connections, policy) };
  },
});

/** Its lease ends while it sleeps; another one takes over its rows, and then it wakes up and believes that they are its own. */
const sleeper = (policy: Policy): Fault => ({
  name: named('stopped-past-lease', policy),
  what: 'SIGSTOP, until its lease is long over, then SIGCONT; another worker goes on; a run is one sleep',
  runs: 4,
  people: 2000,
  async play(stage) {
    const { runs, people, workerOptions } = stage;
    const sleepMs = workerOptions.leaseMs * 1.5;
    const perSecond = Math.ceil(people.length / ((runs * sleepMs * 1.3) / 1000));
    const { id } = await stage.start({ on_unknown: policy, throttle: { per_second: perSecond } });
    const [first, second] = [await hired(stage), await hired(stage)];
    for (let sleeps = 0; sleeps < runs; sleeps++) {
      await stage.sent(Math.floor((people.length * (sleeps + 0.2)) / (runs + 1)));
      const worker = sleeps % 2 === 0 ? first : second;
      worker.signal('SIGSTOP');
      const wakesAt = performance.now() + sleepMs;
      await stage.until('it has slept enough', () => performance.now() > wakesAt);
      worker.signal('SIGCONT');
      stage.tell(sleeps + 1);
    }
    await stage.over(id);
    return { runs, perSecond, ...limits(runs * connections, policy) };
  },
});

export const crowds: readonly Fault[] = [
  randomKills('hold'),
  randomKills('resend'),
  sleeper('hold'),
  sleeper('resend'),
];
