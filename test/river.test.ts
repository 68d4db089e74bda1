// The main job on real parts, as the recipient sees it: mail from an SMTP server, page over HTTP, video by pixels.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeVideo } from '../src/adapters/ffmpeg/decode-video.ts';
import { extractFrame } from '../src/adapters/ffmpeg/extract-frame.ts';
import { type AcceptedMessage, acceptedMessages } from '../src/adapters/postgres/accepted-messages.ts';
import { upsertProfiles } from '../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../src/campaign/campaign.ts';
import { readConfig } from '../src/config.ts';
import type { Links } from '../src/merge/links.ts';
import { renderOne } from '../src/run/render-one.ts';
import { startRun } from '../src/run/start-run.ts';
import { workRun } from '../src/run/work-run.ts';
import { takeJobs } from '../src/shell/cli/run-jobs.ts';
import { type RunningServer, startServer } from '../src/shell/start-server.ts';
import { openWire, type Wire } from '../src/shell/wire.ts';
import { makeLinks } from '../src/track/make-links.ts';
import type { StatementView } from '../templates/statement/contract.ts';
import ada from '../templates/statement/samples/ada-credit.json' with { type: 'json' };
import chiara from '../templates/statement/samples/chiara-credit.json' with { type: 'json' };
import { testDatabase } from './support/database.ts';
import { jobOf } from './support/job-of.ts';
import { readPdf } from './support/read-pdf.ts';
import { digitsOf, openReader } from './support/read-picture.ts';
import { openSink, type Sink } from './support/smtp-sink.ts';

// Below the checkout, so that packs find `dearly/author` and zod; kept, so that the browser is unpacked once.
const dataDir = resolve('.dearly/tests');
const person = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
const people = [ada, chiara];

let made: Awaited<ReturnType<typeof testDatabase>>;
const authoredFolders: string[] = [];
let authored: string;
let storage: string;
let sink: Sink;
let wire: Wire;
let server: RunningServer;
let accepted: AcceptedMessage[];
const stop = new AbortController();

async function open(authored: string): Promise<Wire> {
  const config = readConfig({
    DATABASE_URL: made.url,
    DEARLY_DATA_DIR: dataDir,
    DEARLY_STORAGE_URL: pathToFileURL(storage).href,
    DEARLY_SECRET: 'a secret of thirty-two characters',
    SMTP_URL: sink.url,
  });
  const folders = {
    packs: join(authored, 'templates'),
    compositions: join(authored, 'compositions'),
    senders: [resolve('examples/senders')],
  };
  return await openWire(config, { folders });
}

/** Packs and compositions to edit; removed at the end. */
async function author(): Promise<string> {
  const folder = await mkdtemp(join(dataDir, 'authored-'));
  authoredFolders.push(folder);
  for (const name of ['templates', 'compositions']) await cp(name, join(folder, name), { recursive: true });
  return folder;
}

beforeAll(async () => {
  await mkdir(dataDir, { recursive: true });
  authored = await author();
  storage = await mkdtemp(join(tmpdir(), 'dearly-river-'));
  made = await testDatabase();
  sink = await openSink();
  wire = await open(authored);
  server = await startServer(wire, { host: '127.0.0.1', port: 0, logLevel: 'silent' });
  await upsertProfiles(wire.db, people);
  const campaign = campaignSchema.parse({
    name: 'statement',
    pack: 'statement',
    composition: 'statement',
    sender: 'nordlicht',
    attachments: ['usage', 'poster', 'statement'],
  });
  const { run } = await startRun({ kind: 'campaign', name: 'statement', occurrence: '1', campaign }, wire);
  await workRun(run.id, wire, { concurrency: 2 });
  accepted = await acceptedMessages(wire.db, run.id);
}, 180_000);

afterAll(async () => {
  stop.abort();
  await server?.close();
  await wire?.close();
  await sink?.close();
  await made?.drop();
  for (const folder of authoredFolders) await rm(folder, { recursive: true, force: true });
  await rm(storage, { recursive: true, force: true });
});

interface Received {
  readonly view: StatementView;
  readonly links: Links;
  readonly message: AcceptedMessage;
  readonly firstName: string;
  readonly email: string;
}

function received(person: (typeof people)[number]): Received {
  const message = accepted.find(({ externalId }) => externalId === person.externalId);
  if (message === undefined) throw new Error(`${person.externalId} got no message`);
  const view = message.snapshot.view as unknown as StatementView;
  const links = makeLinks(wire.secret, message.snapshot, wire.origins());
  return { view, links, message, firstName: person.firstName, email: person.email };
}

async function pageOf(links: Links): Promise<string> {
  const response = await fetch(links.site, { headers: person });
  expect(response.status).toBe(200);
  return await response.text();
}

/** Entities and kinds of spaces aside. */
function plain(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|&#160;|[\u00a0\u202f]/g, ' ')
    .replace(/&#x27;|&#39;/g, "'");
}

describe('one snapshot behind email, page, document and video', () => {
  test('two people: their own name, and the same amount in all of them', async () => {
    const reader = await openReader();
    try {
      for (const { view, links, message, firstName, email } of people.map(received)) {
        const amount = plain(view.cost.total);
        const raw = sink.messages.find(({ to }) => to === email)?.raw ?? '';
        const mail = await simpleParser(raw);
        for (const part of [mail.html || '', mail.text ?? '']) {
          expect(plain(part)).toContain(amount);
          expect(plain(part)).toContain(firstName);
        }
        const [usage, poster, statement] = mail.attachments;
        expect(usage).toMatchObject({ contentType: 'text/csv', filename: expect.stringMatching(/\.csv$/) });
        expect(usage?.content.toString()).toContain(view.usage.months[0]?.kwh);
        expect(poster).toMatchObject({ contentType: 'image/jpeg', filename: `${view.video.title}.jpg` });
        expect(poster?.content.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));

        expect(statement).toMatchObject({
          contentType: 'application/pdf',
          filename: expect.stringMatching(/\.pdf$/),
        });
        // Whoever comes within two seconds of the message is taken for a scanner, for whom nothing is made.
        let linked = Buffer.alloc(0);
        const ask = async () => {
          const response = await fetch(links.pdf, { headers: person });
          // Read to its end: a server does not close while an answer is on its way.
          linked = Buffer.from(await response.arrayBuffer());
          return response.status;
        };
        await expect.poll(ask).toBe(200);
        for (const pdf of [statement?.content ?? Buffer.alloc(0), linked]) {
          const { text, isMarked, alts } = await readPdf(pdf);
          expect(isMarked).toBe(true);
          expect(plain(text)).toContain(amount);
          expect(text).toContain(firstName);
          expect(alts).toContain(view.video.posterAlt);
        }

        const page = plain(await pageOf(links));
        expect(page).toContain(amount);
        expect(page).toContain(firstName);

        const { storyboard } = message.snapshot;
        if (storyboard === null) throw new Error('there is no storyboard');
        // Where the headline stands in 1280 × 720.
        expect(await readAtEndOf('greeting', { top: 270, height: 160 })).toContain(firstName);
        expect(digitsOf(await readAtEndOf('cost', { top: 170, height: 230 }))).toBe(digitsOf(amount));

        /** Encodes the scene as MP4, decodes one of its settled frames, and reads what its pixels say. */
        async function readAtEndOf(id: string, line: { top: number; height: number }): Promise<string> {
          if (storyboard === null) throw new Error('there is no storyboard');
          const job = jobOf(storyboard, id);
          const lane = await wire.draw.laneFor(storyboard);
          const out = join(storage, `${message.externalId}-${id}.mp4`);
          await writeFile(out, await lane.segment(job));
          const settledMs = ((job.scene.durationInFrames - 20) / job.fps) * 1000;
          return await reader.readLine(await extractFrame(out, settledMs), line);
        }
      }
      const [one, two] = people.map(received);
      expect(one?.view.cost.total).not.toBe(two?.view.cost.total);
    } finally {
      await reader.close();
    }
  }, 240_000);

  test('changed readings and an edited pack change nothing behind a sent link', async () => {
    const { view, links } = received(ada);
    const before = await pageOf(links);

    const readings = ada.facts.readings.map(({ month, kwh }) => ({ month, kwh: kwh * 3 + 7 }));
    await upsertProfiles(wire.db, [{ externalId: ada.externalId, facts: { readings } }]);
    const site = join(authored, 'templates/statement/site.hbs');
    await writeFile(site, (await readFile(site, 'utf8')).replaceAll('{{cost.total}}', '{{cost.previous}}'));

    // A process started after the edit: it knows the new pack only, and the old one from what was kept.
    const later = await open(authored);
    const laterServer = await startServer(later, { host: '127.0.0.1', port: 0, logLevel: 'silent' });
    try {
      const after = await pageOf(makeLinks(later.secret, received(ada).message.snapshot, later.origins()));
      expect(figures(after)).toEqual(figures(before));
      expect(plain(after)).toContain(plain(view.cost.total));

      // The edit and the readings are real: who is rendered now gets other amounts and the other page.
      const fresh = await renderOne(
        { profileId: ada.externalId, pack: 'statement', channels: ['site'], occurrence: 'again' },
        later,
      );
      const now = await (await fetch(fresh.links.site, { headers: person })).text();
      expect(plain(now)).not.toContain(plain(view.cost.total));
    } finally {
      await laterServer.close();
      await later.close();
    }
  }, 60_000);
});

/** All numbers that a page shows, in order. */
function figures(html: string): string[] {
  return plain(html.replace(/<(script|style|head)[\s\S]*?<\/\1>/g, '')).match(/\d[\d.,' ]*/g) ?? [];
}

describe('the MP4', () => {
  test('is made once, on a person’s request alone, and then served in ranges', async () => {
    // Six frames a scene are enough to go the whole way; the demo draws the whole film.
    const short = await author();
    const composition = join(short, 'compositions/statement/composition.ts');
    const source = await readFile(composition, 'utf8');
    const shortened = source
      .replace(/durationInFrames: \d+/g, 'durationInFrames: 6')
      .replace(/frame: \d+/, 'frame: 3');
    await writeFile(composition, shortened);
    const later = await open(short);
    const laterServer = await startServer(later, { host: '127.0.0.1', port: 0, logLevel: 'silent' });
    try {
      const request = {
        profileId: chiara.externalId,
        pack: 'statement',
        channels: ['site' as const],
        occurrence: 'v',
      };
      const { video } = (await renderOne(request, later)).links;
      const jobs = async () => await later.db.selectFrom('video_jobs').select(['key', 'state']).execute();

      expect((await fetch(video, { method: 'HEAD', headers: person })).status).toBe(202);
      expect((await fetch(video, { headers: { 'user-agent': 'Googlebot/2.1' } })).status).toBe(202);
      expect((await fetch(video, { headers: { ...person, 'sec-purpose': 'prefetch' } })).status).toBe(202);
      expect(await jobs()).toEqual([]);

      const asked = await Promise.all([1, 2, 3].map(() => fetch(video, { headers: person })));
      expect(asked.map(({ status }) => status)).toEqual([202, 202, 202]);
      expect(asked[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await jobs()).toHaveLength(1);

      await takeJobs(later, { signal: stop.signal, onFault: (what, error) => console.error(what, error) });
      await expect
        .poll(async () => (await jobs())[0]?.state, { timeout: 60_000, interval: 250 })
        .toBe('done');

      const whole = await fetch(video, { headers: person });
      expect(whole.status).toBe(200);
      expect(whole.headers.get('content-type')).toBe('video/mp4');
      const bytes = await whole.bytes();
      const file = join(storage, 'whole.mp4');
      await writeFile(file, bytes);
      expect(await decodeVideo(file)).toMatchObject({ frames: 60, width: 1280, height: 720, messages: [] });

      const part = await fetch(video, { headers: { ...person, range: 'bytes=100-199' } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes 100-199/${bytes.byteLength}`);
      expect(Buffer.from(await part.bytes())).toEqual(Buffer.from(bytes.subarray(100, 200)));
    } finally {
      await laterServer.close();
      await later.close();
    }
  }, 120_000);
});
