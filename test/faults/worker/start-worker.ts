import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromWorker, Kill, ToWorker, WorkerOptions } from './orders.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Worker {
  /** Takes jobs from now on. */
  work(kill?: Kill): void;
  /** Resolves with the run's id; never, where it is killed meanwhile. */
  start(campaign: unknown, occurrence: string): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  /** Never rejects. */
  readonly ended: Promise<Ended>;
  readonly isAlive: boolean;
  /** The end of what it said on stderr. */
  readonly said: string;
}

/** Resolves once it is warm: loaded, and connected. */
export async function startWorker(
  env: Readonly<Record<string, string>>,
  options: WorkerOptions,
): Promise<Worker> {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [JSON.stringify(options)], {
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  // What is told to one that was just killed is nobody's loss.
  child.on('error', () => {});
  const ended = new Promise<Ended>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const ready = Promise.withResolvers<void>();
  const started = Promise.withResolvers<string>();
  child.on('message', (message: FromWorker) => {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'started') started.resolve(message.runId);
  });
  void ended.then(() => ready.reject(new Error(`a worker does not start: ${said}`)));
  const worker: Worker = {
    work: (kill) => child.send({ kind: 'work', kill: kill ?? null } satisfies ToWorker),
    start(campaign, occurrence) {
      child.send({ kind: 'start', campaign, occurrence } satisfies ToWorker);
      return started.promise;
    },
    signal: (signal) => void child.kill(signal),
    ended,
    get isAlive() {
      return child.exitCode === null && child.signalCode === null;
    },
    get said() {
      return said;
    },
  };
  try {
    await ready.promise;
    return worker;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
