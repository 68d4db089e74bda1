import { sql } from 'kysely';
import { connections, type Fault } from '../fault.ts';
import type { Stage } from '../stage.ts';

/** Until the run is over; what rests need not be waited for. */
async function overInTime(stage: Stage, runId: string): Promise<void> {
  let passedAt = 0;
  await stage.until('every row has ended', async () => {
    if (performance.now() - passedAt > 500) {
      await stage.passTime();
      passedAt = performance.now();
    }
    return (await stage.wire.ledger.find(runId)).endedAt !== null;
  });
}

const isPaused = (stage: Stage, runId: string) => async () => {
  const { state } = await stage.wire.ledger.find(runId);
  const { byState } = await stage.wire.ledger.tally(runId);
  return state === 'paused' && (byState.handoff ?? 0) === 0;
};

/** What was refused for good for a reason that has gone since is tried again, and only that. */
async function retryFailed(stage: Stage, runId: string, most: number): Promise<string[]> {
  const failed = await stage.wire.ledger.retryFailed(runId);
  await overInTime(stage, runId);
  return failed > 0 && failed <= most ? [] : [`${failed} rows failed, expected 1 to ${most}`];
}

const late = (onUnknown: 'hold' | 'resend'): Fault => ({
  name: onUnknown === 'hold' ? 'late-250' : 'late-250-resend',
  what: 'a 250 that comes after the time-out, for a message that was taken; a run is one of them',
  runs: 25,
  people: 2000,
  stage: { worker: { silenceTimeoutMs: 1500 } },
  async play(stage) {
    const { runs, people, sink, crew } = stage;
    const every = Math.floor(people.length / runs);
    sink.play({ delay: { every, ms: 4000 } });
    const { id } = await stage.start({ on_unknown: onUnknown });
    (await crew.hire('last')).work();
    await overInTime(stage, id);
    stage.tell(runs);
    // What is sent again can be answered late again.
    return onUnknown === 'hold' ? { runs, unknown: runs } : { runs, duplicates: Math.ceil(runs * 1.2) };
  },
});

const turnedAway: Fault = {
  name: 'turned-away',
  what: '421 at the door, then connections closed without a greeting; a run is one such spell of two seconds',
  runs: 6,
  people: 2000,
  async play(stage) {
    const { runs, people, sink, crew } = stage;
    const { id } = await stage.start();
    (await crew.hire('last')).work();
    for (let spell = 0; spell < runs; spell++) {
      await stage.sent(Math.floor((people.length * (spell + 0.5)) / (runs + 1)));
      sink.play({ greeting: spell % 2 === 0 ? 'refuse' : 'close' });
      sink.hangUp();
      const endsAt = performance.now() + 2000;
      await stage.until('the spell is over', () => performance.now() > endsAt);
      sink.play({});
      stage.tell(spell + 1);
    }
    await overInTime(stage, id);
    // Who was in the middle of a message when the line went dead is in doubt.
    return { runs, unknown: runs * connections };
  },
};

const greylisted: Fault = {
  name: '450-twice',
  what: '450 twice for each recipient, then 250; a run is one campaign',
  runs: 1,
  people: 2000,
  async play(stage) {
    stage.sink.play({ rules: [{ at: 'rcpt', code: 450, text: '4.2.0 greylisted', times: 2 }] });
    const { id } = await stage.start();
    (await stage.crew.hire('last')).work();
    await overInTime(stage, id);
    return { runs: 1 };
  },
};

const bounced: Fault = {
  name: '550-at-rcpt',
  what: '550 for every tenth recipient, who is suppressed; a run is one campaign',
  runs: 1,
  people: 2000,
  async play(stage) {
    const { wire, people } = stage;
    stage.sink.play({ rules: [{ at: 'rcpt', code: 550, text: '5.1.1 no such user', every: 10 }] });
    const { id } = await stage.start();
    (await stage.crew.hire('last')).work();
    await stage.over(id);
    const { byState } = await wire.ledger.tally(id);
    const { rows } = await sql`select from suppressions where reason = 'hard-bounce'`.execute(wire.db);
    const expected = Math.ceil(people.length / 10);
    const figures = [byState.bounced ?? 0, rows.length];
    return {
      runs: 1,
      objections: figures.every((it) => it === expected)
        ? []
        : [`bounced and suppressed: ${figures.join(', ')}, expected ${expected} each`],
    };
  },
};

const refused: Fault = {
  name: '554-after-data',
  what: '554 for the message itself: the campaign pauses, is resumed, and the failed are tried again; a run is one pause',
  runs: 5,
  people: 2000,
  async play(stage) {
    const { runs, people, sink, crew, wire } = stage;
    const { id } = await stage.start();
    (await crew.hire('last')).work();
    for (let pause = 0; pause < runs; pause++) {
      await stage.sent(Math.floor((people.length * (pause + 0.5)) / (runs + 1)));
      sink.play({ rules: [{ at: 'dot', code: 554, text: '5.6.0 we do not like it' }] });
      await stage.until('the campaign has paused', isPaused(stage, id));
      sink.play({});
      await wire.ledger.resume(id);
      stage.tell(pause + 1);
    }
    await overInTime(stage, id);
    return { runs, objections: await retryFailed(stage, id, runs * connections) };
  },
};

const wrongPassword: Fault = {
  name: '535-login',
  what: 'a login that is refused: the campaign pauses, and goes on with the right password; a run is one worker without it',
  runs: 3,
  people: 2000,
  async play(stage) {
    const { runs, people, sink, wire } = stage;
    const url = (password: string) => sink.url.replace('://', `://dearly:${password}@`);
    sink.play({ password: 'right' });
    const { id } = await stage.start();
    for (let turn = 0; turn < runs; turn++) {
      const wrong = await stage.stranger(url('wrong'));
      wrong.work();
      await stage.until('the campaign has paused', isPaused(stage, id));
      wrong.signal('SIGTERM');
      await wrong.ended;
      const right = await stage.stranger(url('right'));
      right.work();
      await wire.ledger.resume(id);
      await stage.sent(Math.floor((people.length * (turn + 1)) / (runs + 1)));
      stage.tell(turn + 1);
      if (turn + 1 === runs) break;
      right.signal('SIGTERM');
      await right.ended;
    }
    await overInTime(stage, id);
    return { runs, objections: await retryFailed(stage, id, runs * connections) };
  },
};

const slowDomain: Fault = {
  name: 'domain-always-421',
  what: '421 for every recipient at one domain: the others get theirs, and a cancel ends the rest; a run is one campaign',
  runs: 1,
  people: 2000,
  stage: { domainOf: (index) => (index % 4 === 0 ? 'slow.example' : `example${index % 3}.com`) },
  async play(stage) {
    const { people, sink, wire } = stage;
    const slow = people.filter((it) => it.endsWith('@slow.example')).length;
    sink.play({
      rules: [{ at: 'rcpt', code: 421, text: '4.7.0 too much from you', domain: 'slow.example' }],
    });
    const { id } = await stage.start();
    (await stage.crew.hire('last')).work();
    await stage.sent(people.length - slow);
    const { state } = await wire.ledger.find(id);
    await wire.ledger.cancel(id);
    await stage.over(id);
    const { byState } = await wire.ledger.tally(id);
    return {
      runs: 1,
      objections: [
        ...(state === 'running' ? [] : [`the run was ${state} while one domain waited`]),
        ...(byState.cancelled === slow ? [] : [`${byState.cancelled} waited for it, expected ${slow}`]),
      ],
    };
  },
};

export const mailServer: readonly Fault[] = [
  late('hold'),
  late('resend'),
  turnedAway,
  greylisted,
  bounced,
  refused,
  wrongPassword,
  slowDomain,
];
