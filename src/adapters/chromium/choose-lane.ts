// Enters: a storyboard. Leaves: the one lane that draws all of it. Never: two lanes for one film.
import { DearlyError } from '../../errors.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import type { Lane } from '../../render/lane.ts';
import type { Probe } from './fast-lane/probe-fast-lane.ts';

export interface LaneChoice {
  /** `auto`: the fast lane wherever it works and can draw all scenes. */
  readonly videoLane: 'auto' | 'fast' | 'reference';
  readonly fast: Lane;
  readonly reference: Lane;
  /** Asked once, when the first film is to be drawn. */
  readonly probe: () => Promise<Probe>;
}

export interface Lanes {
  /** @throws DearlyError `config-invalid` when the fast lane is wanted for footage; `browser-unavailable` where it does not work */
  laneFor(storyboard: Storyboard): Promise<Lane>;
  close(): Promise<void>;
}

export function createLanes({ videoLane, fast, reference, probe }: LaneChoice): Lanes {
  let probing: Promise<Probe> | null = null;
  const works = () => {
    probing ??= probe();
    return probing;
  };

  return {
    async laneFor({ composition, scenes }) {
      if (videoLane === 'reference') return reference;
      const footage = scenes.find(({ paint }) => paint === 'footage');
      if (footage) {
        if (videoLane === 'auto') return reference;
        const what = `scene "${footage.id}" of "${composition}" shows footage, which the reference lane alone draws`;
        throw new DearlyError('config-invalid', `DEARLY_VIDEO_LANE is fast, but ${what}.`);
      }
      const found = await works();
      if (found.ok) return fast;
      if (videoLane === 'auto') return reference;
      throw new DearlyError('browser-unavailable', `The fast lane does not work here: ${found.reason}.`);
    },
    async close() {
      await Promise.all([fast.close(), reference.close()]);
    },
  };
}
