// `npm run pictures`: one person's email, video and page as they are now, side by side in docs/overview.webp.
// Enters: the statement's German sample. Leaves: a picture small enough for a README. Never: a mock-up.
import { readFile, stat } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import sharp, { type OverlayOptions } from 'sharp';
import { findBrowser } from '../src/adapters/chromium/find-browser.ts';
import { upsertProfiles } from '../src/adapters/postgres/upsert-profiles.ts';
import { readConfig } from '../src/config.ts';
import { jobsOf } from '../src/render/segment-key.ts';
import { snapshotOf } from '../src/run/one.ts';
import { renderOne } from '../src/run/render-one.ts';
import { startServer } from '../src/shell/start-server.ts';
import { openWire } from '../src/shell/wire.ts';
import { theme } from '../templates/theme.ts';

const out = 'docs/overview.webp';
const sample: Parameters<typeof upsertProfiles>[1][number] = JSON.parse(
  await readFile('templates/statement/samples/ada-credit.json', 'utf8'),
);
const config = readConfig({ DEARLY_DATA_DIR: '.dearly/pictures' });
const wire = await openWire(config);
const server = await startServer(wire, { host: '127.0.0.1', port: 0, logLevel: 'silent' });
const { path } = await findBrowser(config);
const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
try {
  await upsertProfiles(wire.db, [sample]);
  const channels = ['email', 'site', 'poster'] as const;
  const { email, links } = await renderOne(
    { profileId: sample.externalId, pack: 'statement', channels, occurrence: 'pictures' },
    wire,
  );
  const mail = await shoot(browser, { width: 640, height: 1160 }, async (page) =>
    page.setContent(email?.html ?? ''),
  );
  const site = await shoot(browser, { width: 1240, height: 900 }, async (page) => {
    await page.goto(links.site);
    // From where the figures begin: what stands above them is the email's beginning, too.
    await page.locator('main .sum').evaluate((it) => scrollTo({ top: it.getBoundingClientRect().top }));
  });
  const phone = await shoot(
    browser,
    { width: 390, height: 880 },
    async (page) => page.goto(links.site),
    'dark',
  );
  await compose([
    { picture: mail, left: 60, top: 60, width: 500, height: 940 },
    { picture: await frameOf('usage'), left: 620, top: 60, width: 720, height: 405 },
    { picture: site, left: 620, top: 505, width: 720, height: 495 },
    { picture: phone, left: 1400, top: 191, width: 300, height: 677 },
  ]);
  process.stderr.write(`${out}: ${Math.round((await stat(out)).size / 1024)} KB\n`);
} finally {
  await browser.close();
  await server.close();
  await wire.close();
}

/** The scene as it stands when its motion has settled. */
async function frameOf(id: string): Promise<Uint8Array> {
  const profile = await wire.profiles.find(sample.externalId);
  if (profile === null) throw new Error('the sample was not kept');
  const campaign = { pack: 'statement', composition: 'statement', sender: 'nordlicht' };
  const { storyboard } = await snapshotOf(profile, { variant: 'a', tracking: false }, campaign, wire);
  if (storyboard === null) throw new Error('the statement has no storyboard');
  const settled = await wire.draw.assets.settle(storyboard);
  const job = jobsOf(settled, '16:9').find(({ scene }) => scene.id === id);
  if (job === undefined) throw new Error(`there is no scene ${id}`);
  return await (await wire.draw.laneFor(settled)).still(job, job.scene.durationInFrames - 20);
}

type Page = Awaited<ReturnType<Browser['newPage']>>;

async function shoot(
  from: Browser,
  viewport: { width: number; height: number },
  open: (page: Page) => Promise<unknown>,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Buffer> {
  const page = await from.newPage({ viewport, colorScheme, deviceScaleFactor: 2 });
  await open(page);
  await page.waitForLoadState('networkidle');
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

interface Card {
  readonly picture: Uint8Array;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Each picture on a rounded card with a soft shadow, on the theme's ground. */
async function compose(cards: readonly Card[]): Promise<void> {
  const canvas = { width: 1760, height: 1060 };
  const layers: OverlayOptions[] = [];
  for (const { picture, left, top, width, height } of cards) {
    const mask = Buffer.from(
      `<svg width="${width}" height="${height}"><rect width="100%" height="100%" rx="18"/></svg>`,
    );
    const card = await sharp(picture)
      .resize({ width, height, position: 'top' })
      .composite([{ input: mask, blend: 'dest-in' }])
      .png()
      .toBuffer();
    const shadow = Buffer.from(
      `<svg width="${width + 80}" height="${height + 80}"><rect x="40" y="40" width="${width}" height="${height}" rx="18" fill="#0b1530" fill-opacity=".28"/></svg>`,
    );
    layers.push({ input: await sharp(shadow).blur(16).png().toBuffer(), left: left - 40, top: top - 28 });
    layers.push({ input: card, left, top });
  }
  const background = theme.colors.light.line;
  const whole = sharp({ create: { ...canvas, channels: 3, background } }).composite(layers);
  await sharp(await whole.png().toBuffer())
    .webp({ quality: 82 })
    .toFile(out);
}
