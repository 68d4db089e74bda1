// Enters: a storyboard and its sound. Leaves: the seconds that @remotion/renderer's renderMedia takes for the whole film as one MP4.
// Never: bundling, the start of the browser or fetching of pictures in these seconds; nor anything kept from an earlier film.
import { rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { renderMedia, selectComposition } from '@remotion/renderer';
import { freePort } from '../../src/adapters/chromium/free-port.ts';
import { openStage, type StageOptions } from '../../src/adapters/chromium/open-stage.ts';
import { ffmpeg } from '../../src/adapters/ffmpeg/ffmpeg.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { encoder } from '../../src/render/encoder.ts';
import type { Format } from '../../src/template/composition.ts';

export interface RenderMediaOptions {
  readonly format: Format;
  /** Path of the MP4 to write. */
  readonly out: string;
  /** Pages that draw side by side. */
  readonly concurrency: number;
  /** The whole film's sound in any container ffmpeg reads. It is encoded to AAC and muxed as a last step, on the clock. */
  readonly sound: Uint8Array | null;
}

export interface RenderMediaResult {
  readonly seconds: number;
  readonly frames: number;
  readonly sizeBytes: number;
  readonly path: string;
}

export interface RenderMedia {
  render(storyboard: Storyboard, options: RenderMediaOptions): Promise<RenderMediaResult>;
  close(): Promise<void>;
}

/**
 * Bundle and browser stand when this returns, with one composition asked for. Frames are drawn and encoded at once, by
 * the settings of our own reference lane. Sound comes by ffmpeg and not by Remotion's <Audio>, which would look for it in
 * every frame: the yardstick is the faster for it.
 */
export async function openRenderMedia(options: StageOptions): Promise<RenderMedia> {
  const { stage, close } = await openStage(options);
  const shared = {
    ...stage,
    id: 'storyboard',
    logLevel: 'error',
    chromeMode: 'headless-shell',
    timeoutInMilliseconds: 60_000,
  } as const;
  await selectComposition({ ...shared, port: await freePort() });

  async function draw(storyboard: Storyboard, { format, out, concurrency }: RenderMediaOptions) {
    const inputProps = { storyboard, format };
    const composition = await selectComposition({ ...shared, inputProps, port: await freePort() });
    await renderMedia({
      ...shared,
      ...encoder,
      inputProps,
      composition,
      concurrency,
      outputLocation: out,
      overwrite: true,
      port: await freePort(),
    });
    return composition.durationInFrames;
  }

  return {
    async render(storyboard, render) {
      const { sound } = render;
      const out = resolve(render.out);
      const heard = `${out}.sound.m4a`;
      const silent = sound === null ? out : `${out}.silent.mp4`;
      if (sound !== null) await writeFile(heard, sound);
      try {
        const start = performance.now();
        const frames = await draw(storyboard, { ...render, out: silent });
        if (sound !== null) await mux(silent, heard, out);
        const seconds = (performance.now() - start) / 1000;
        return { seconds, frames, sizeBytes: (await stat(out)).size, path: out };
      } finally {
        if (sound !== null) await Promise.all([silent, heard].map((path) => rm(path, { force: true })));
      }
    },
    close,
  };
}

async function mux(silent: string, sound: string, out: string): Promise<void> {
  await ffmpeg('ffmpeg', [
    ...['-v', 'error', '-y', '-i', silent, '-i', sound, '-map', '0:v:0', '-map', '1:a:0'],
    ...['-c:v', 'copy', '-c:a', 'aac', '-b:a', '128k', '-shortest', '-movflags', '+faststart', out],
  ]);
}
