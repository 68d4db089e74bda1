import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Taken } from '../judge.ts';
import type { FromSink, Script, SinkPoint, ToSink } from './script.ts';

export interface Sink {
  readonly url: string;
  /** Messages taken so far, as last heard. */
  readonly count: number;
  play(script: Script): void;
  hangUp(): void;
  /** Calls `then` once the n-th message from now on has come to the point; its conversation is held there. */
  watch(point: SinkPoint, hits: number, isTaken: boolean, then: () => void): void;
  /** By the file on disk, not by what was told. */
  log(): Promise<Taken[]>;
  close(): Promise<void>;
}

/** @param onTaken called some 50 times a second while mail comes in */
export async function openSink(logFile: string, onTaken: () => void): Promise<Sink> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./sink.ts', import.meta.url)), [logFile], {
    execArgv: [],
  });
  let count = 0;
  let onHeld = () => {};
  const listening = Promise.withResolvers<number>();
  child.once('exit', () => listening.reject(new Error('the sink does not start')));
  child.on('message', (message: FromSink) => {
    if (message.kind === 'listening') listening.resolve(message.port);
    else if (message.kind === 'held') onHeld();
    else {
      count = message.count;
      onTaken();
    }
  });
  const tell = (message: ToSink) => child.send(message);
  const port = await listening.promise;
  return {
    url: `smtp://127.0.0.1:${port}`,
    get count() {
      return count;
    },
    play: (script) => tell({ kind: 'script', script }),
    hangUp: () => tell({ kind: 'hang-up' }),
    watch(point, hits, isTaken, then) {
      onHeld = then;
      tell({ kind: 'watch', point, hits, isTaken });
    },
    async log() {
      const text = await readFile(logFile, 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Taken => JSON.parse(line));
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
