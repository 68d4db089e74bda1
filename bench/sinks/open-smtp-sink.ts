import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Taken } from './smtp-sink.ts';

export interface SmtpSink {
  readonly port: number;
  take(): Promise<Taken>;
  close(): Promise<void>;
}

export async function openSmtpSink(): Promise<SmtpSink> {
  const child = fork(fileURLToPath(new URL('./smtp-sink.ts', import.meta.url)));
  const [{ port }] = (await once(child, 'message')) as [AddressInfo];
  return {
    port,
    async take() {
      const taken = once(child, 'message');
      child.send('report');
      return ((await taken) as [Taken])[0];
    },
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
