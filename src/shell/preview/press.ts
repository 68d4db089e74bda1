// Enters: questions about packs. Leaves: answers by the files as they stand now. Never: a module of a pack in this thread.
import { Worker } from 'node:worker_threads';
import type { Answers, Complaint, PressFolders, Question, Told } from './protocol.ts';

/** Why a pack cannot answer: whoever asked shows it. */
export class Refusal extends Error {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complaint.message);
    this.complaint = complaint;
  }
}

export interface Press {
  /** @throws Refusal */
  ask<Q extends Question>(question: Q, ask: Answers[Q]['ask']): Promise<Answers[Q]['answer']>;
  /** Files have changed: what is asked from now on is answered by them. Open questions go along. */
  renew(): void;
  close(): Promise<void>;
}

interface Open {
  readonly post: (worker: Worker) => void;
  readonly settle: (told: Told) => void;
}

/** A pack whose code never ends must not hold the studio up. */
const patienceMs = 60_000;

export function openPress(folders: PressFolders): Press {
  const open = new Map<number, Open>();
  let lastId = 0;
  let isClosed = false;
  // The house's own modules take longer to load than a pack: the next thread has them ready before it is needed.
  let spare: Worker | null = null;
  let worker = start();

  function start(): Worker {
    const started = new Worker(beside('press-worker'), { workerData: folders, execArgv: [] });
    started.on('message', (told: Told) => settle(told));
    started.on('error', (error: Error) => started === worker && !isClosed && fail(error));
    started.on('exit', (code) => {
      if (started === spare) spare = null;
      if (started === worker && !isClosed && code !== 0)
        fail(new Error(`A pack's code ended the process (${code}).`));
    });
    return started;
  }

  function settle(told: Told): void {
    open.get(told.id)?.settle(told);
    open.delete(told.id);
    if (open.size === 0 && !isClosed) spare ??= start();
  }

  function fail(error: Error): void {
    const complaint = { code: 'bug', message: error.message, details: [] };
    for (const id of [...open.keys()]) settle({ id, complaint });
    void worker.terminate();
    worker = start();
  }

  return {
    async ask<Q extends Question>(question: Q, ask: Answers[Q]['ask']) {
      const id = ++lastId;
      const told = await new Promise<Told>((resolve) => {
        const timer = setTimeout(() => fail(new Error('A pack’s code does not come to an end.')), patienceMs);
        const post = (to: Worker) => to.postMessage({ id, question, ask });
        const done = (it: Told) => {
          clearTimeout(timer);
          resolve(it);
        };
        open.set(id, { post, settle: done });
        post(worker);
      });
      if ('complaint' in told) throw new Refusal(told.complaint);
      // The worker answers each question by its own type; messages between threads carry none.
      return told.answer as Answers[Q]['answer'];
    },
    renew() {
      const old = worker;
      worker = spare ?? start();
      spare = null;
      void old.terminate();
      for (const { post } of open.values()) post(worker);
    },
    async close() {
      isClosed = true;
      await Promise.all([worker.terminate(), spare?.terminate()]);
      for (const id of [...open.keys()])
        settle({ id, complaint: { code: 'closed', message: 'The studio is closing.', details: [] } });
    },
  };
}

/** `.ts` here, `.js` in the installed package. */
function beside(name: string): URL {
  return new URL(import.meta.url.replace(/[^/]+(?=\.[jt]s([?#].*)?$)/, name));
}
