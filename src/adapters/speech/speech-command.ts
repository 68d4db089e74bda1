// Enters: words. Leaves: a WAV file made by a program on this machine. Never: a shell, or words among its arguments.
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DearlyError } from '../../errors.ts';
import type { Speech } from '../../render/sound/speech.ts';
import { assertWave, speechLimitBytes, speechTimeoutMs } from './speech-fault.ts';

export interface CommandOptions {
  /** Program and arguments, parted by spaces; `{lang}` and `{voice}` are filled in. It reads UTF-8 on stdin and writes WAV to stdout. */
  readonly command: string;
  readonly voice: string | undefined;
  readonly timeoutMs?: number;
  readonly limitBytes?: number;
}

/** What these programs need to read stdin and write stdout, where the command names no arguments. */
const usual: Readonly<Record<string, string>> = {
  'espeak-ng': '--stdin --stdout -b 1 -v {voice}',
  espeak: '--stdin --stdout -b 1 -v {voice}',
};

export function speechCommand({
  command,
  voice,
  timeoutMs = speechTimeoutMs,
  limitBytes = speechLimitBytes,
}: CommandOptions): Speech {
  const [program = '', ...own] = command.trim().split(/\s+/);
  const args = own.length > 0 ? own : (usual[basename(program)]?.split(' ') ?? []);
  return {
    id: `command ${program} ${args.join(' ')} ${voice ?? ''}`.trim(),
    async speak(text, lang, signal) {
      signal.throwIfAborted();
      const language = /^[A-Za-z0-9-]+$/.test(lang) ? lang : 'en';
      const filled = args.map((it) =>
        it.replaceAll('{lang}', language).replaceAll('{voice}', voice ?? language),
      );
      const tooLate = AbortSignal.timeout(timeoutMs);
      const tooLong = new AbortController();
      const task = spawn(program, filled, { stdio: 'pipe', shell: false });
      const ended = new Promise<number | null>((resolve, reject) => {
        task.once('error', reject);
        task.once('close', resolve);
      });
      const kill = () => task.kill('SIGKILL');
      const any = AbortSignal.any([signal, tooLate, tooLong.signal]);
      any.addEventListener('abort', kill, { once: true });
      let size = 0;
      task.stdout.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > limitBytes) tooLong.abort();
      });
      // It may end before it has read all; its exit code says so.
      task.stdin.on('error', () => {});
      task.stderr.resume();
      // espeak reads what stands in double brackets as sounds, not as words.
      task.stdin.end(text.replaceAll('[[', '[ ['));
      try {
        const [bytes, code] = await Promise.all([buffer(task.stdout), ended]);
        signal.throwIfAborted();
        if (tooLong.signal.aborted)
          throw new DearlyError('speech-refused', `"${program}" wrote more than ${limitBytes} bytes.`);
        if (tooLate.aborted)
          throw new DearlyError('speech-unavailable', `"${program}" took longer than ${timeoutMs} ms.`);
        if (code !== 0) throw new DearlyError('speech-refused', `"${program}" ended with ${code}.`);
        assertWave(bytes, `"${program}"`);
        return bytes;
      } catch (cause) {
        signal.throwIfAborted();
        if (cause instanceof DearlyError) throw cause;
        throw new DearlyError('speech-unavailable', `"${program}" cannot be started.`, { cause });
      } finally {
        any.removeEventListener('abort', kill);
      }
    },
  };
}
