import { sql } from 'kysely';
import { unsubscribe } from '../../../src/adapters/postgres/unsubscribe.ts';
import { connections, type Fault } from '../fault.ts';
import type { Stage } from '../stage.ts';

const workers = 2;
const inFlight = workers * connections;

async function work(stage: Stage): Promise<void> {
  for (let count = 1; count <= workers; count++)
    (await stage.crew.hire(count === workers ? 'last' : undefined)).work();
}

/** Messages that the sink took in between; what was in flight may be among them. */
async function sentBetween(stage: Stage, from: number, until: number): Promise<number> {
  return (await stage.sink.log()).filter(({ at }) => at > from && at < until).length;
}

const pauses: Fault = {
  name: 'pause-resume',
  what: 'paused and resumed in the middle, two workers at it; a run is one pause',
  runs: 20,
  people: 2000,
  async play(stage) {
    const { runs, people, wire } = stage;
    const perSecond = 120;
    const { id } = await stage.start({ throttle: { per_second: perSecond } });
    await work(stage);
    const spans: [number, number][] = [];
    for (let turn = 0; turn < runs; turn++) {
      await stage.sent(Math.floor((people.length * (turn + 0.5)) / (runs + 1)));
      await wire.ledger.pause(id, 'operator');
      const pausedAt = Date.now();
      await stage.until('nothing is on its way', async () => {
        const { byState } = await wire.ledger.tally(id);
        return (byState.handoff ?? 0) + (byState.claimed ?? 0) === 0;
      });
      spans.push([pausedAt, Date.now()]);
      await wire.ledger.resume(id);
      stage.tell(turn + 1);
    }
    await stage.over(id);
    const late = await Promise.all(spans.map(([from, until]) => sentBetween(stage, from, until)));
    return {
      runs,
      perSecond,
      objections: late.flatMap((count, turn) =>
        count > inFlight ? [`${count} were sent in pause ${turn + 1}, at most ${inFlight} may be`] : [],
      ),
    };
  },
};

const cancel: Fault = {
  name: 'cancel-at-half',
  what: 'cancelled when half is sent, two workers at it; a run is one campaign',
  runs: 1,
  people: 2000,
  async play(stage) {
    const { people, wire } = stage;
    // So slow that there is something left to cancel, however few they are.
    const { id } = await stage.start({ throttle: { per_second: Math.ceil(people.length / 5) } });
    await work(stage);
    await stage.sent(Math.floor(people.length / 2));
    await wire.ledger.cancel(id);
    const cancelledAt = Date.now();
    await stage.over(id);
    const late = await sentBetween(stage, cancelledAt, Number.POSITIVE_INFINITY);
    const { byState } = await wire.ledger.tally(id);
    return {
      runs: 1,
      objections: [
        ...(late > inFlight ? [`${late} were sent after the cancel, at most ${inFlight} may be`] : []),
        ...((byState.cancelled ?? 0) > 0 ? [] : ['nobody was cancelled']),
      ],
    };
  },
};

const drain: Fault = {
  name: 'sigterm',
  what: 'SIGTERM under load, and another worker goes on; a run is one worker that drains',
  runs: 10,
  people: 2000,
  async play(stage) {
    const { runs, people, crew } = stage;
    const { id } = await stage.start();
    const objections: string[] = [];
    let worker = await crew.hire();
    worker.work();
    for (let turn = 0; turn < runs; turn++) {
      await stage.sent(Math.floor((people.length * (turn + 0.5)) / (runs + 1)));
      worker.signal('SIGTERM');
      const { code, signal } = await worker.ended;
      if (code !== 0) objections.push(`worker ${turn + 1} ended with ${code ?? signal}`);
      worker = await crew.hire();
      worker.work();
      stage.tell(turn + 1);
    }
    await stage.over(id);
    return { runs, objections };
  },
};

const unsubscribed: Fault = {
  name: 'unsubscribe',
  what: 'people unsubscribe while they are written to, two workers at it; a run is one person',
  runs: 200,
  people: 2000,
  async play(stage) {
    const { runs, people, wire } = stage;
    const perSecond = 120;
    const { id } = await stage.start({ throttle: { per_second: perSecond } });
    await work(stage);
    const said = new Map<string, number>();
    for (let turn = 0; turn < runs; turn++) {
      // Whoever says no leaves fewer messages to wait for.
      await stage.sent(Math.floor((0.8 * people.length * turn) / (runs + 1)));
      // A prime step: all over the audience, nobody twice.
      const externalId = `P${(turn * 7919) % people.length}`;
      const profile = await wire.profiles.find(externalId);
      if (profile === null) throw new Error(`${externalId} is gone`);
      await unsubscribe(
        wire.db,
        { profileId: profile.id, purpose: 'service' },
        { at: new Date(), secret: wire.secret },
      );
      said.set(profile.id, Date.now());
      stage.tell(turn + 1);
    }
    await stage.over(id);
    const { rows } = await sql<{ profile_id: string; at: Date }>`
      select profile_id, max(at) as at from ledger join ledger_history on ledger_id = ledger.id
      where ledger_history.state = 'handoff' group by profile_id`.execute(wire.db);
    const late = rows.filter((row) => row.at.getTime() > (said.get(row.profile_id) ?? Infinity)).length;
    const { skipped } = await wire.ledger.tally(id);
    const stopped = Object.values(skipped).reduce((sum, count) => sum + count, 0);
    return {
      runs,
      perSecond,
      objections: [
        ...(late > 0 ? [`${late} were written to after they had said no`] : []),
        ...(stopped > 0 ? [] : ['everybody had theirs before they said no: nothing was proven']),
      ],
    };
  },
};

export const steering: readonly Fault[] = [pauses, cancel, drain, unsubscribed];
