import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface CountingSink {
  readonly port: number;
  /** Messages taken so far. */
  count(): Promise<number>;
  close(): Promise<void>;
}

/** @param slowDomain always answered with 421 */
export async function openCountingSink(slowDomain?: string): Promise<CountingSink> {
  const child = fork(fileURLToPath(new URL('./counting-sink.ts', import.meta.url)), {
    env: { ...process.env, ...(slowDomain && { SLOW_DOMAIN: slowDomain }) },
  });
  const [{ port }] = (await once(child, 'message')) as [AddressInfo];
  return {
    port,
    async count() {
      const told = once(child, 'message');
      child.send('count');
      return ((await told) as [{ count: number }])[0].count;
    },
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
