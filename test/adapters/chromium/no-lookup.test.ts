import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStageBrowser } from '../../../src/adapters/chromium/fast-lane/open-stage-browser.ts';
import { testBrowser } from '../../support/test-browser.ts';
import { openOrdinaryBrowser } from '../../support/ways-out/ordinary-browser.ts';

/** What no listener of ours could hear, a name asked of the system or a DNS server, the browser writes down itself. */
let dataDir: string;
let browserPath: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-no-lookup-'));
  browserPath = await testBrowser();
});
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

interface Happening {
  readonly name: string;
  readonly address: string;
}

/** The same browser, keeping Chromium's network log. */
async function logging(name: string) {
  const [program, log] = [join(dataDir, name), join(dataDir, `${name}.json`)];
  await writeFile(program, `#!/bin/sh\nexec "${browserPath}" --log-net-log="${log}" "$@"\n`);
  await chmod(program, 0o755);
  const read = async (): Promise<Happening[]> => {
    const { constants, events } = JSON.parse(await readFile(log, 'utf8'));
    const names = new Map(Object.entries(constants.logEventTypes).map(([it, id]) => [id, it]));
    return events.map((it: { type: number; params?: { address?: string } }) => ({
      name: names.get(it.type),
      address: it.params?.address ?? '',
    }));
  };
  return { program, read };
}

/** Names in all places where a page can put one. Nobody has these: `.invalid` is kept free (RFC 6761). */
async function nameNames(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const name of ['one.invalid', 'two.example.invalid']) {
      new Image().src = `http://${name}/`;
      void fetch(`https://${name}/`).catch(() => {});
      new WebSocket(`ws://${name}/`);
      void new WebTransport(`https://transport.${name}/`).ready.catch(() => {});
      for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'stylesheet']) {
        const link = document.createElement('link');
        Object.assign(link, { rel, href: `https://${rel}.${name}/` });
        document.head.append(link);
      }
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:stun.${name}` }] });
      peer.createDataChannel('x');
      void peer.setLocalDescription();
    }
  });
  // Long enough for the control to have asked; for what does not happen there is no event to wait for.
  await pause(3000);
  // Ended in good order the log is whole.
  await page.browser().close();
}

const page = { bytes: Buffer.from('<!doctype html><body>x'), type: 'text/html' };
const readPage = async (path: string) => (path === 'index.html' ? page : null);
const asks = /^(HOST_RESOLVER_SYSTEM_TASK|HOST_RESOLVER_DNS_TASK|DNS_TRANSACTION|UDP_BYTES_SENT)$/;

test('the stage’s browser asks nobody for a name, sends no datagram, and connects to the stage alone', async () => {
  const { program, read } = await logging('stage');
  const stage = await openStageBrowser({
    browserPath: program,
    dataDir,
    policy: "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'",
    read: readPage,
  });
  try {
    await nameNames(await stage.openPage());
    const log = await read();
    expect(log.filter(({ name }) => asks.test(name)).map((it) => it.name)).toEqual([]);
    const reached = log.filter((it) => it.name === 'TCP_CONNECT_ATTEMPT' && it.address !== '');
    expect(new Set(reached.map((it) => it.address))).toEqual(new Set([new URL(stage.url).host]));
    expect(stage.refused.join(' ')).toContain('one.invalid');
  } finally {
    await stage.close();
  }
}, 120_000);

test('an ordinary browser’s log does tell of names it asked for', async () => {
  const { program, read } = await logging('ordinary');
  const browser = await openOrdinaryBrowser(program, readPage);
  try {
    await nameNames(await browser.openPage());
    const asked = (await read()).filter(({ name }) => asks.test(name));
    expect(asked.length).toBeGreaterThan(3);
  } finally {
    await browser.close();
  }
}, 120_000);
