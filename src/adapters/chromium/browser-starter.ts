import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess, isRunning, type ProcessIdentity } from '../process-identity.ts';
import { openRecord, recordBrowser, removeRecord } from './browser-records.ts';

export interface BrowserStarter {
  /** A program that starts the browser, to be handed to a driver that keeps its process and profile to itself. */
  readonly path: string;
  /** The browser runs: from now on `reapBrowsers` knows it by number and start. */
  started(): Promise<void>;
  isRunning(): Promise<boolean>;
  /** The browser has ended, or never came to be. */
  remove(): Promise<void>;
}

/** What a scene might ask for beyond the machine finds no address; what asks past the resolver is switched off. */
const confining = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--dns-prefetch-disable',
  '--disable-quic',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-component-update',
  '--no-pings',
];

/** Stands between a driver and the browser: a script that notes its number, which it keeps as it becomes the browser. */
export async function prepareStarter(browserPath: string, dataDir: string): Promise<BrowserStarter> {
  const record = await openRecord(dataDir);
  let browser: ProcessIdentity | undefined;
  const path = join(record.dir, 'start');
  const pidFile = join(record.dir, 'pid');
  // Of a switch that is there twice the last one counts. The driver's own folder, unused, would outlive a kill.
  const flags = [`--user-data-dir=${record.profileDir}`, ...confining];
  const script = `#!/bin/sh
echo $$ > ${quote(pidFile)}
for it; do case $it in --user-data-dir=*) rmdir "\${it#*=}" ;; esac; done 2> /dev/null
exec ${quote(browserPath)} "$@" ${flags.map(quote).join(' ')}
`;
  await writeFile(path, script, { mode: 0o755 });
  return {
    path,
    async started() {
      const pid = Number(await readFile(pidFile, 'utf8'));
      browser = await identifyProcess(pid);
      await recordBrowser(record, pid);
    },
    isRunning: async () => browser !== undefined && (await isRunning(browser)),
    remove: () => removeRecord(record),
  };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
