import { DearlyError } from '../../../errors.ts';
import { buildStage } from './build-stage.ts';
import { fastEncoder } from './fast-encoder.ts';
import { openStageBrowser } from './open-stage-browser.ts';
import { createStagePage } from './stage-page.ts';

export type Probe = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface ProbeOptions {
  readonly browserPath: () => Promise<string>;
  readonly dataDir: string;
  readonly compositionsDir: string;
}

/** Whether this machine's browser draws HTML into a canvas and encodes H.264; starts it to see. Never rejects. */
export async function probeFastLane(options: ProbeOptions): Promise<Probe> {
  try {
    // One after the other: without a browser no build goes on behind the answer.
    const browserPath = await options.browserPath();
    const read = await buildStage(options);
    const browser = await openStageBrowser({ browserPath, dataDir: options.dataDir, read });
    try {
      const page = await createStagePage(await browser.openPage());
      const reason = await page.lacks(fastEncoder);
      return reason === null ? { ok: true } : { ok: false, reason };
    } finally {
      await browser.close();
    }
  } catch (cause) {
    const details = cause instanceof DearlyError ? cause.details : [];
    const said = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, reason: [said, ...details].join(' ').split('\n', 1)[0] ?? said };
  }
}
