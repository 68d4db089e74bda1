// Enters: events from many requests at once. Leaves: the same in the database, those that wait for each other in one statement.
// Never: an answer before the commit, an event kept back for a timer, or one whose bad neighbour it pays for.
import type { Event } from '../../track/event.ts';
import type { Intake } from '../../track/intake.ts';
import type { Database } from './connect.ts';
import { recordEvents } from './record-events.ts';

interface Waiting {
  readonly events: readonly Event[];
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/** Events in one statement; more would keep the first of them waiting for the last. */
const most = 1000;

/**
 * A commit costs as much for one event as for hundreds. What comes in while one is under way goes with the next: alone,
 * an event waits for nothing, and the more there are, the larger the statements.
 */
export function openIntake(db: Database): Intake {
  const waiting: Waiting[] = [];
  let isKeeping = false;

  async function keepAll(): Promise<void> {
    if (isKeeping) return;
    isKeeping = true;
    while (waiting.length > 0) await keep(db, takeFront(waiting));
    isKeeping = false;
  }

  return {
    take: (events) =>
      new Promise((done, fail) => {
        waiting.push({ events, done, fail });
        // After what else this turn brings.
        setImmediate(() => void keepAll());
      }),
  };
}

function takeFront(waiting: Waiting[]): Waiting[] {
  let count = 0;
  let room = 0;
  for (const { events } of waiting) {
    count += events.length;
    if (room > 0 && count > most) break;
    room++;
  }
  return waiting.splice(0, room);
}

/** foreign_key_violation: a snapshot went, with its person, between the look for it and the note. */
const gone = '23503';

/** Never rejects. */
async function keep(db: Database, together: readonly Waiting[], isAgain = false): Promise<void> {
  try {
    await recordEvents(
      db,
      together.flatMap((it) => it.events),
    );
    for (const it of together) it.done();
  } catch (error) {
    // The second look finds nobody, and drops what was done like all that comes later.
    if (together.length === 1 && !isAgain && Object(error).code === gone) await keep(db, together, true);
    else if (together.length === 1) together[0]?.fail(error);
    // One of them may be what the database refuses: each for itself.
    else for (const it of together) await keep(db, [it]);
  }
}
