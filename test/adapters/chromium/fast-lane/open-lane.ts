import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createFastLane,
  type FastLaneOptions,
} from '../../../../src/adapters/chromium/fast-lane/fast-lane.ts';
import type { Lane, SceneJob } from '../../../../src/render/lane.ts';
import type { SceneProps } from '../../../../src/template/composition.ts';
import { testBrowser } from '../../../support/test-browser.ts';

export const oddCompositions = fileURLToPath(new URL('compositions', import.meta.url));
export const shippedCompositions = fileURLToPath(new URL('../../../../compositions', import.meta.url));

export interface TestLane {
  readonly lane: Lane;
  readonly dataDir: string;
  /** Ends the lane and removes its folder. */
  end(): Promise<void>;
}

/** A lane of its own in a folder of its own. */
export async function openLane(options: Partial<FastLaneOptions> = {}): Promise<TestLane> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dearly-fast-'));
  const lane = createFastLane({
    browserPath: testBrowser,
    dataDir,
    compositionsDir: oddCompositions,
    ...options,
  });
  return {
    lane,
    dataDir,
    async end() {
      await lane.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One of the scenes that misbehave, 30 frames unless said otherwise. */
export function oddJob(id: string, props: SceneProps = {}, more: Partial<SceneJob['scene']> = {}): SceneJob {
  const scene = { id, durationInFrames: 30, props, ...more };
  return { composition: 'odd', version: 'test', fps: 30, lang: 'en', format: '16:9', scene };
}

/** What shows in the middle of `count` equal fields side by side, as red, green, blue. */
export const fields = ['#f5f3ed', '#0f2137', '#d93a2b', '#5ee2bc', '#808080'] as const;
