import { createHash } from 'node:crypto';
import { askVersion } from '../find-browser.ts';
import { stageHash } from '../source-hash.ts';
import { drawingFlags } from './browser-flags.ts';
import type { EncoderSetup } from './protocol.ts';

interface Options {
  readonly browserPath: () => Promise<string>;
  readonly compositionsDir: string;
}

/** `fast-<16 hex digits>` of encoder set-up, browser, stage and tools: what shapes every scene beside its own source. */
export async function drawnByFast(
  { browserPath, compositionsDir }: Options,
  encoder: EncoderSetup,
): Promise<string> {
  const browser = await askVersion(await browserPath());
  const stage = await stageHash(compositionsDir, ['fast']);
  const content = JSON.stringify({ encoder, browser, stage, flags: drawingFlags });
  return `fast-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}
