// Enters: Config and the folders that authors write in. Leaves: Workshop, what draws and builds for the studio.
// Never: the database, unless somebody asks for a stored person; or anything that the running house keeps.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSite } from '../../adapters/chromium/build-site.ts';
import { findBrowser } from '../../adapters/chromium/find-browser.ts';
import { createReferenceLane } from '../../adapters/chromium/reference-lane.ts';
import type { Config } from '../../config.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { stillKey } from '../../render/artefact-key.ts';
import type { Lane } from '../../render/lane.ts';
import { drawStill } from '../../run/draw-still.ts';
import type { SiteAssets } from '../http/parts.ts';

export interface Workshop {
  /** The page's browser code by the scenes as they stand. @throws DearlyError `composition-invalid` */
  site(): Promise<SiteAssets>;
  /** JPEG; drawn once for the same content. @throws DearlyError `browser-unavailable`, `render-failed` */
  poster(storyboard: Storyboard): Promise<Uint8Array>;
  /** Files have changed. */
  renew(): void;
  close(): Promise<void>;
}

const posterLimit = 60;

export function openWorkshop(config: Config, compositionsDir: string): Workshop {
  // Builds come and go with every save; those that recipients' pages load stand elsewhere.
  const dataDir = join(config.dataDir, 'preview');
  const posters = new Map<string, Promise<Uint8Array>>();
  let lane: Lane | null = null;
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
  function draw(storyboard: Storyboard): Promise<Uint8Array> {
    const drawing = last.then(async () => {
      lane ??= createReferenceLane({
        browserPath: async () => (await findBrowser(config)).path,
        dataDir,
        compositionsDir,
      });
      return await drawStill('poster.jpg', storyboard, { format: '16:9' }, lane);
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
    async poster(storyboard) {
      const key = stillKey(storyboard, '16:9', 'poster.jpg');
      const known = posters.get(key);
      if (known !== undefined) return await known;
      const drawing = draw(storyboard);
      posters.set(key, drawing);
      drawing.catch(() => posters.delete(key));
      const [oldest] = posters.keys();
      if (posters.size > posterLimit && oldest !== undefined) posters.delete(oldest);
      return await drawing;
    },
    renew() {
      site = null;
    },
    async close() {
      await site?.catch(() => {});
      await last;
      await lane?.close();
    },
  };
}

async function removeOthers(folder: string, kept: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (path !== kept) await rm(path, { recursive: true, force: true });
  }
}
