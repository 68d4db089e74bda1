import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStageBrowser } from '../../../src/adapters/chromium/fast-lane/open-stage-browser.ts';
import type { StageFile } from '../../../src/adapters/chromium/fast-lane/stage-server.ts';
import { testBrowser } from '../../support/test-browser.ts';
import { type Ear, openEar } from '../../support/ways-out/listeners.ts';
import { openOrdinaryBrowser } from '../../support/ways-out/ordinary-browser.ts';
import { type Way, ways } from '../../support/ways-out/ways.ts';

/** A policy that allows all that a policy can allow. */
const openPolicy = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'";
/** Pages side by side, and how long each attempt has: the control shows that it is enough. */
const atOnce = 40;
const patienceMs = 2000;

const files: Readonly<Record<string, StageFile>> = {
  'index.html': file(
    '<!doctype html><html><head><title>x</title></head><body><p id="x">x</p></body></html>',
    'text/html',
  ),
  'worker.js': file(
    'fetch(decodeURIComponent(location.search.slice(1)), { mode: "no-cors" })',
    'text/javascript',
  ),
};
const read = async (path: string) => files[path] ?? null;

let dataDir: string;
let browserPath: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dearly-ways-out-'));
  browserPath = await testBrowser();
});
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

interface Tried {
  readonly way: Way;
  readonly port: number;
  /** `tried`, or what the page said. */
  readonly outcome: string;
  readonly heard: readonly string[];
}

/** Tries every way, each from a page of its own towards an ear of its own. */
async function tryAll(openPage: () => Promise<Page>): Promise<Tried[]> {
  const left = [...ways];
  const tried: Tried[] = [];
  const work = async () => {
    for (let way = left.shift(); way; way = left.shift()) tried.push(await tryOne(way, openPage));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tried;
}

async function tryOne(way: Way, openPage: () => Promise<Page>): Promise<Tried> {
  const ear: Ear = await openEar();
  try {
    const page = await openPage();
    const { port } = ear;
    const host = `${way.host}:${port}`;
    const attempt = page.evaluate(way.go, { host, port, http: `http://${host}/` }, way.text);
    // A page that left, or stands still, has tried as well.
    const outcome = await orLate(
      attempt.then(
        () => 'tried',
        (error: Error) => error.message,
      ),
    );
    const until = performance.now() + patienceMs;
    while (ear.heard.length === 0 && performance.now() < until) await pause(50);
    await orLate(page.close());
    return { way, port, outcome, heard: [...ear.heard] };
  } finally {
    await ear.close();
  }
}

function orLate<T>(work: Promise<T>): Promise<T | 'late'> {
  return Promise.race([work, pause(patienceMs, 'late' as const, { ref: false })]);
}

/** What the browser does not know cannot be a way out of it, and proves nothing. */
const isUnknown = ({ outcome }: Tried) => /is not (defined|a function|a constructor)/.test(outcome);
const arrived = (tried: readonly Tried[]) =>
  tried.filter((it) => it.heard.length > 0).map((it) => `${it.way.name}: ${it.heard.join(', ')}`);

test.each([
  ['behind the stage’s policy', {}],
  ['with every policy open: the walls of the network alone', { policy: openPolicy }],
])(
  'no way out of the stage, %s',
  async (_, options) => {
    const stage = await openStageBrowser({ browserPath, dataDir, read, ...options });
    try {
      const tried = await tryAll(() => stage.openPage());
      expect(arrived(tried)).toEqual([]);
      const known = tried.filter((it) => !isUnknown(it));
      expect(known.length).toBeGreaterThanOrEqual(90);
      // The stage's server stands where the way out would be: what it turned away was really tried.
      const turnedAway = known.filter(({ port }) => stage.refused.some((it) => it.includes(`:${port}`)));
      if ('policy' in options) expect(turnedAway.length).toBeGreaterThanOrEqual(60);
    } finally {
      await stage.close();
    }
  },
  300_000,
);

test('the ears do hear: from an ordinary browser the same ways arrive', async () => {
  const ordinary = await openOrdinaryBrowser(browserPath, read);
  try {
    const tried = await tryAll(() => ordinary.openPage());
    expect(arrived(tried).length).toBeGreaterThanOrEqual(75);
  } finally {
    await ordinary.close();
  }
}, 300_000);

function file(text: string, type: string): StageFile {
  return { bytes: Buffer.from(text), type };
}
