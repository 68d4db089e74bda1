// Enters: what a verb does. Leaves: the process, with the exit code that says how it went.
// Never: a stack trace for a fault that somebody can mend, or a wire left open.
import process from 'node:process';
import { type Config, readConfig } from '../../config.ts';
import { DearlyError } from '../../errors.ts';
import type { Wire, WireOptions } from '../wire.ts';

export const exits = {
  done: 0,
  failed: 1,
  usage: 2,
  invalidInput: 3,
  partlyDone: 4,
  interrupted: 130,
} as const;
export type Exit = (typeof exits)[keyof typeof exits];

export interface Context {
  readonly config: Config;
  /** Aborted by Ctrl-C, SIGTERM or a terminal that closes: end what is under way, give back the rest. */
  readonly signal: AbortSignal;
  /** Closed when the verb ends, however it ends. */
  openWire(options?: WireOptions): Promise<Wire>;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes Ctrl-C on to a process that the terminal has told already: within this time it is the same one. */
const sameSignalMs = 1000;

/** Runs one verb to its end. A second Ctrl-C ends at once. */
export async function perform(verb: (context: Context) => Promise<Exit>): Promise<void> {
  const abort = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (!abort.signal.aborted) firstAt = performance.now();
    else if (performance.now() - firstAt > sameSignalMs) process.exit(exits.interrupted);
    abort.abort();
  };
  for (const name of signals) process.on(name, onSignal);
  const wires: Wire[] = [];
  try {
    const config = readConfig();
    process.exitCode = await verb({
      config,
      signal: abort.signal,
      async openWire(options) {
        // Loaded when needed: help and usage errors must not wait for a browser driver and a mail composer.
        const { openWire } = await import('../wire.ts');
        const wire = await openWire(config, options);
        wires.push(wire);
        return wire;
      },
    });
  } catch (error) {
    process.exitCode = abort.signal.aborted ? exits.interrupted : exitOf(error);
    if (!abort.signal.aborted) process.stderr.write(explain(error));
  } finally {
    for (const wire of wires) await wire.close();
    for (const name of signals) process.off(name, onSignal);
  }
}

export function exitOf(error: unknown): Exit {
  if (!(error instanceof DearlyError)) return exits.failed;
  return error.kind === 'input' || error.kind === 'missing' ? exits.invalidInput : exits.failed;
}

export function explain(error: unknown): string {
  if (!(error instanceof DearlyError)) {
    return `dearly: this is a bug of ours, please report it\n${error instanceof Error ? error.stack : String(error)}\n`;
  }
  const details = error.details.map((line) => `  ${line}\n`).join('');
  return `dearly: ${error.message} [${error.code}]\n${details}`;
}
