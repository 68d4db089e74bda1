// Enters: Config and the folders that authors write in. Leaves: Workshop, what draws and builds for the studio.
// Never: the database, unless somebody asks for a stored person; or anything that the running house keeps.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSite } from '../../adapters/chromium/build-site.ts';
import { findBrowser } from '../../adapters/chromium/find-browser.ts';
import { createPrinter } from '../../adapters/chromium/print/create-printer.ts';
import { createReferenceLane } from '../../adapters/chromium/reference-lane.ts';
import { guardedFetch } from '../../adapters/fetch/guarded-fetch.ts';
import { folderStore } from '../../adapters/storage/folder-store.ts';
import type { Config } from '../../config.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { stillKey } from '../../render/artefact-key.ts';
import type { Lane } from '../../render/lane.ts';
import type { PrintDocument, Printer } from '../../render/printer.ts';
import { drawStill } from '../../run/video/draw-still.ts';
import { makeAssets } from '../../run/video/fetch-assets.ts';
import type { Asset } from '../../template/asset.ts';
import type { Format } from '../../template/composition.ts';
import type { SiteAssets } from '../http/parts.ts';

export interface Workshop {
  /** The page's browser code by the scenes as they stand. @throws DearlyError `composition-invalid` */
  site(): Promise<SiteAssets>;
  /** JPEG; drawn once for the same content. @throws DearlyError `browser-unavailable`, `render-failed` */
  poster(storyboard: Storyboard, format: Format): Promise<Uint8Array>;
  /** WebP. @throws DearlyError `asset-refused`, `asset-unavailable` */
  asset(asset: Asset): Promise<Uint8Array | null>;
  /** PDF. @throws DearlyError `render-failed`, `browser-unavailable` */
  print(document: PrintDocument): Promise<Uint8Array>;
  /** Files have changed. */
  renew(): void;
  close(): Promise<void>;
}

const posterLimit = 60;

export function openWorkshop(config: Config, compositionsDir: string): Workshop {
  // Builds come and go with every save; those that recipients' pages load stand elsewhere.
  const dataDir = join(config.dataDir, 'preview');
  const assetsDir = join(dataDir, 'assets');
  const assets = makeAssets({ store: folderStore(assetsDir), fetchAsset: guardedFetch });
  const posters = new Map<string, Promise<Uint8Array>>();
  const browserPath = async () => (await findBrowser(config)).path;
  let lane: Lane | null = null;
  let printer: Printer | null = null;
  let site: Promise<SiteAssets> | null = null;
  let drawnFrom = '';

  async function build(): Promise<SiteAssets> {
    const built = await buildSite({ dataDir, compositionsDir });
    if (built.dir !== drawnFrom) {
      drawnFrom = built.dir;
      const old = lane;
      lane = null;
      await old?.close();
      await removeOthers(join(dataDir, 'web'), built.dir);
    }
    return built;
  }

  /** One after the other: each draws in the same browser, and two would only wait for each other. */
  let last: Promise<unknown> = Promise.resolve();
  function draw(storyboard: Storyboard, format: Format): Promise<Uint8Array> {
    const drawing = last.then(async () => {
      lane ??= createReferenceLane({
        browserPath,
        dataDir,
        compositionsDir,
        assets: assets.read,
      });
      return await drawStill('poster.jpg', await assets.settle(storyboard), { format }, lane);
    });
    last = drawing.catch(() => {});
    return drawing;
  }

  return {
    site() {
      site ??= build();
      const building = site;
      building.catch(() => {
        if (site === building) site = null;
      });
      return building;
    },
    async poster(storyboard, format) {
      const key = stillKey(storyboard, format, 'poster.jpg');
      const known = posters.get(key);
      if (known !== undefined) return await known;
      const drawing = draw(storyboard, format);
      posters.set(key, drawing);
      drawing.catch(() => posters.delete(key));
      const [oldest] = posters.keys();
      if (posters.size > posterLimit && oldest !== undefined) posters.delete(oldest);
      return await drawing;
    },
    async asset(asset) {
      const { sha256 } = await assets.get(asset);
      return (await assets.read(sha256))?.bytes ?? null;
    },
    async print(document) {
      printer ??= createPrinter({ browserPath, dataDir, pages: 1 });
      return await printer.print(document);
    },
    renew() {
      site = null;
    },
    async close() {
      await site?.catch(() => {});
      await last;
      await lane?.close();
      await printer?.close();
      // They may show a stored person, and nobody could erase them here.
      await rm(assetsDir, { recursive: true, force: true });
    },
  };
}

async function removeOthers(folder: string, kept: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (path !== kept) await rm(path, { recursive: true, force: true });
  }
}
