import type { Chore } from '../tick.ts';
import { type ChatTools, leaseMs, passOn } from './pass-on.ts';

const atOnce = 8;

/** For the workers' tick: what could not be handed over at once is tried again, for three days. */
export function chatChore(tools: ChatTools): Chore {
  return {
    name: 'chat',
    everyMs: 2000,
    async run(signal) {
      while (!signal.aborted) {
        const claimed = await tools.chats.claim(atOnce, leaseMs);
        // One after the other: what somebody wrote first arrives first.
        for (const passing of claimed) await passOn(passing, tools);
        if (claimed.length < atOnce) return;
      }
    },
  };
}
