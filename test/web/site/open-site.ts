import { readFile } from 'node:fs/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { Links } from '../../../src/merge/links.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import type { Profile, ProfilePatch } from '../../../src/profile/profile.ts';
import { makeLinks } from '../../../src/track/make-links.ts';
import { type House, openHouse } from '../../shell/http/open-house.ts';
import { testBrowser } from '../../support/test-browser.ts';
import { buildOnceForAll } from './build-once-for-all.ts';

export interface Personal {
  readonly person: Profile;
  readonly snapshot: Snapshot;
  /** Absolute: `links.site` is the page. */
  readonly links: Links;
}

export interface VisitOptions extends BrowserContextOptions {
  /** Complaints that belong to the case: a 422 is an error to the console, too. */
  readonly expects?: RegExp;
  /** Before the page is asked for: routes, init scripts, throttling. */
  readonly before?: (page: Page) => Promise<unknown>;
}

export interface OpenSite {
  readonly house: House;
  /** Where the server listens, without a trailing slash. */
  readonly url: string;
  readonly browser: Browser;
  /** A new person of one of the pack's samples, and what their message would link to. Films are the pack's own; `welcome` has none. */
  personal(options?: {
    readonly pack?: string;
    readonly sample?: string;
    readonly patch?: Partial<ProfilePatch>;
    readonly expiresInMs?: number;
  }): Promise<Personal>;
  /**
   * Opens an address (a `Personal` stands for its page) in a browser of its own and hands it over. Fails on whatever the
   * console complained of (CSP included), an error nobody caught, or a request to any other origin.
   */
  visit(at: Personal | string, options: VisitOptions, look: (page: Page) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

const samples = { statement: 'ada-credit', offer: 'ada-fix', welcome: 'ada' } as Record<string, string>;

/** The real server with the real site, listening on loopback, and a browser in front of it. */
export async function openSite(options: { readonly speech?: string } = {}): Promise<OpenSite> {
  const house = await openHouse({ ...options, site: await buildOnceForAll() });
  const url = await house.app.listen({ host: '127.0.0.1', port: 0 });
  house.wire.listensAt(url);
  const night = { width: 1200, height: 675, channels: 3, background: '#0E1B33' } as const;
  // What `openHouse` hands out as the poster.
  await house.wire.store.put(
    'poster/test.jpg',
    await sharp({ create: night }).jpeg().toBuffer(),
    'image/jpeg',
  );
  const browser = await chromium.launch({ executablePath: await testBrowser() });
  return {
    house,
    url,
    browser,
    async personal({ pack = 'statement', sample = samples[pack], patch = {}, expiresInMs } = {}) {
      const file = `templates/${pack}/samples/${sample}.json`;
      const { externalId: _, ...data } = JSON.parse(await readFile(file, 'utf8')) as ProfilePatch;
      const person = await house.person({ ...data, ...patch });
      const { snapshot } = await house.links(person, {
        pack,
        ...(pack !== 'welcome' && { composition: pack }),
        ...(expiresInMs !== undefined && { expiresInMs }),
      });
      return { person, snapshot, links: makeLinks(house.wire.secret, snapshot, house.wire.origins()) };
    },
    async visit(at, { expects, before, ...options }, look) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const complaints: string[] = [];
      const complain = (text: string) => expects?.test(text) || complaints.push(text);
      page.on('console', (it) => ['error', 'warning'].includes(it.type()) && complain(it.text()));
      page.on('pageerror', (it) => complain(String(it)));
      page.on('request', (it) => {
        if (!/^(data|blob):/.test(it.url()) && !it.url().startsWith(`${url}/`)) complain(it.url());
      });
      try {
        await before?.(page);
        await page.goto(typeof at === 'string' ? at : at.links.site, { waitUntil: 'domcontentloaded' });
        await look(page);
        expect(complaints).toEqual([]);
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await house.close();
    },
  };
}
