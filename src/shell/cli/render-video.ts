import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { formats } from '../../template/composition.ts';
import type { Wire } from '../wire.ts';
import { exits, perform } from './perform.ts';
import { startProgress } from './progress.ts';
import { inBytes } from './render-file.ts';
import {
  addFilmOptions,
  type Film,
  type FilmOptions,
  filmOf,
  formatOption,
  namesOnePerson,
} from './render-person.ts';
import { checkOut, writeOut } from './write-out.ts';

export function renderVideoCommand(): Command {
  const command = new Command('video').description("draw one person's film, here and now, into an MP4 file");
  return addFilmOptions(command, 'film.mp4')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- render video --profile NL-100001 --out film.mp4
  $ npm run dearly -- render video --profile NL-100001 --format 9:16 --out phone.mp4 --json
  $ npm run dearly -- render video --data templates/statement/samples/ada-credit.json --out ada.mp4

Neither \`serve\` nor a worker need run. Scenes that were drawn before, for anybody, are not drawn again.`,
    )
    .action((profile: string | undefined, options: FilmOptions) =>
      perform(async ({ openWire, signal }) => {
        const who = { ...options, ...(profile !== undefined && { profile }) };
        if (!namesOnePerson(who)) return exits.usage;
        const { out } = options;
        await checkOut(out, ['.mp4', '.m4v']);
        const startedAt = performance.now();
        const wire = await openWire();
        const film = await filmOf(who, wire);
        const drawn = await draw(film, wire, signal);
        const { sizeBytes } = await writeOut(out, drawn.content, signal);
        const { snapshot, storyboard, format } = film;
        const { width, height } = formats[format];
        const { frames, drawnFrames } = drawn;
        const durationSeconds = Math.round((frames / storyboard.fps) * 1000) / 1000;
        const seconds = Math.round(performance.now() - startedAt) / 1000;
        const made = { format, width, height, durationSeconds, frames, drawnFrames, sizeBytes, seconds };
        if (options.json)
          process.stdout.write(`${JSON.stringify({ id: snapshot.id, file: out, ...made })}\n`);
        else {
          const parts = [`${width}×${height}`, `${durationSeconds.toFixed(1)} s`, inBytes(sizeBytes)];
          process.stdout.write(`${out}: ${format}, ${parts.join(', ')}\n`);
        }
        return exits.done;
      }),
    );
}

interface Drawn {
  readonly content: Uint8Array | Readable;
  readonly frames: number;
  /** Not kept from an earlier film. */
  readonly drawnFrames: number;
}

async function draw({ snapshot, storyboard, format }: Film, wire: Wire, signal: AbortSignal): Promise<Drawn> {
  const frames = storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
  const state = await wire.videos.peek(snapshot, format);
  if (state.state === 'ready') return { content: await wire.store.read(state.key), frames, drawnFrames: 0 };
  const progress = startProgress('Drawing the film', 'frames');
  try {
    const onProgress = (share: number) => progress.update(Math.round(share * frames), frames);
    const drawn = await wire.videos.draw(storyboard, { format, signal, onProgress });
    const { bytes, drawnFrames, warnings } = drawn;
    const kept = frames - drawnFrames;
    progress.end(`${frames} frames${kept > 0 ? `, ${kept} of them kept from before` : ''}`);
    for (const { message } of warnings) process.stderr.write(`${message}\n`);
    return { content: bytes, frames, drawnFrames };
  } catch (error) {
    progress.fail();
    throw error;
  }
}
