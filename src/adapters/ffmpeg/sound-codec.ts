// Enters: sound files. Leaves: samples, and AAC in MP4. Never: a file left behind, or one read that was not handed over.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DearlyError } from '../../errors.ts';
import type { SoundCodec } from '../../render/sound/codec.ts';
import { sampleRate } from '../../render/sound/pcm.ts';
import { pipeFfmpeg } from './pipe-ffmpeg.ts';
import { fromWave, toWave } from './wave.ts';

/** Playlists and the like could name other files: sound alone is read, from this file alone. */
const onlySound = ['-protocol_whitelist', 'file', '-format_whitelist', 'wav,mp3,mov,ogg,flac,aac'];
const bare = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];

/** @param workDir where files stand while ffmpeg works on them; it has to be there */
export function ffmpegSoundCodec(workDir: string): SoundCodec {
  async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(workDir, 'sound-'));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    async decode(file, { atMostSeconds, tempo = 1, signal }) {
      return await inFolder(async (folder) => {
        // From a file, not a pipe: an M4A may have its index at the end.
        const path = join(folder, 'in');
        await writeFile(path, file);
        const filter = tempo === 1 ? [] : ['-af', `atempo=${tempo.toFixed(4)}`];
        const shape = ['-ac', '2', '-ar', String(sampleRate), '-c:a', 'pcm_s16le', '-f', 'wav', 'pipe:1'];
        const limit = ['-t', atMostSeconds.toFixed(3)];
        try {
          return fromWave(
            await pipeFfmpeg([...onlySound, '-i', path, '-map', '0:a:0', ...filter, ...limit, ...shape], {
              signal,
            }),
          );
        } catch (cause) {
          if (!(cause instanceof DearlyError)) throw cause;
          // What ffmpeg says names our temporary file, which tells nobody anything.
          const reason = cause.message.replaceAll(path, 'the file');
          throw new DearlyError('sound-invalid', `A sound cannot be decoded: ${reason}`, { cause });
        }
      });
    },

    async encode(pcm, signal) {
      return await inFolder(async (folder) => {
        const out = join(folder, 'out.m4a');
        const aac = ['-c:a', 'libfdk_aac', '-b:a', '128k', '-cutoff', '18000'];
        const args = [
          '-f',
          'wav',
          '-i',
          'pipe:0',
          ...aac,
          ...bare,
          '-movflags',
          '+faststart',
          '-f',
          'mp4',
          out,
        ];
        await pipeFfmpeg(args, { input: toWave(pcm), signal });
        return await readFile(out);
      });
    },
  };
}
