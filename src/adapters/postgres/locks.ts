// Enters: keys. Leaves: the right to work on one, as a session's advisory lock on one connection of its own.
// Never: a lock that outlives its process: PostgreSQL lets it go when the connection ends.
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { DearlyError } from '../../errors.ts';
import type { Locks } from '../../run/locks.ts';

export interface LocksOptions {
  /** Whoever has waited this long works without the lock. */
  readonly patienceMs?: number;
}

const first = 15;
const longest = 400;

export function postgresLocks(
  databaseUrl: string,
  { patienceMs = 300_000 }: LocksOptions = {},
): Locks & { close(): Promise<void> } {
  let session: Promise<pg.Client> | null = null;
  /** One question at a time on the session. */
  let turn: Promise<void> = Promise.resolve();
  /** A session may take its own lock twice, so within the process they queue here. */
  const queues = new Map<string, Promise<void>>();

  function connect(): Promise<pg.Client> {
    if (session !== null) return session;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'dearly-locks',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    const opened = client.connect().then(() => client);
    const lose = () => {
      if (session === opened) session = null;
    };
    client.on('error', lose);
    client.on('end', lose);
    opened.catch(lose);
    session = opened;
    return opened;
  }

  async function ask(sql: 'pg_try_advisory_lock' | 'pg_advisory_unlock', id: string): Promise<boolean> {
    const before = turn;
    const { promise: asked, resolve: leave } = Promise.withResolvers<void>();
    turn = asked;
    await before;
    const opened = connect();
    try {
      const { rows } = await (await opened).query(`select ${sql}($1::bigint) as done`, [id]);
      return rows[0].done === true;
    } catch (cause) {
      // A server that is silent holds no lock of ours that counts: the next question opens a new session.
      if (session === opened) session = null;
      void opened.then((client) => client.end()).catch(() => {});
      throw new DearlyError('database-unavailable', 'A lock cannot be had: PostgreSQL does not answer.', {
        cause,
      });
    } finally {
      leave();
    }
  }

  /** A session that broke while nobody asked anything is noticed at the next question: that one is asked again. */
  const tryLock = (id: string) =>
    ask('pg_try_advisory_lock', id).catch(() => ask('pg_try_advisory_lock', id));

  async function take(id: string, untilMs: number, signal?: AbortSignal): Promise<boolean> {
    for (let pauseMs = first; ; pauseMs = Math.min(pauseMs * 1.7, longest)) {
      signal?.throwIfAborted();
      if (await tryLock(id)) return true;
      if (performance.now() > untilMs) return false;
      await setTimeout(pauseMs * (0.5 + Math.random()), undefined, { signal });
    }
  }

  return {
    async hold(key, work, signal) {
      const untilMs = performance.now() + patienceMs;
      const { promise: done, resolve: leave } = Promise.withResolvers<void>();
      const before = queues.get(key);
      const queued = (before ?? Promise.resolve()).then(() => done);
      queues.set(key, queued);
      try {
        await turnOf(before, signal);
        const id = lockId(key);
        const isHeld = await take(id, untilMs, signal);
        try {
          return await work();
        } finally {
          if (isHeld) await ask('pg_advisory_unlock', id).catch(() => {});
        }
      } finally {
        leave();
        if (queues.get(key) === queued) queues.delete(key);
      }
    },
    async close() {
      const opened = session;
      session = null;
      await opened?.then((client) => client.end()).catch(() => {});
    },
  };
}

async function turnOf(before: Promise<void> | undefined, signal?: AbortSignal): Promise<void> {
  if (before === undefined) return;
  if (signal === undefined) return await before;
  signal.throwIfAborted();
  const { promise: given, reject } = Promise.withResolvers<never>();
  const give = () => reject(signal.reason);
  signal.addEventListener('abort', give, { once: true });
  try {
    await Promise.race([before, given]);
  } finally {
    signal.removeEventListener('abort', give);
  }
}

/** 64 bits of a hash, as PostgreSQL's bigint. Two keys that meet wait for each other, which costs time alone. */
function lockId(key: string): string {
  return createHash('sha256').update(`dearly ${key}`).digest().readBigInt64BE().toString();
}
