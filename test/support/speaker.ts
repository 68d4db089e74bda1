// A speech engine: says what comes on its standard input as a tone, and notes it.
import { appendFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { toWave } from '../../src/adapters/ffmpeg/wave.ts';
import { sampleRate, silence } from '../../src/render/sound/pcm.ts';

const [notes = ''] = process.argv.slice(2);
const words = await text(process.stdin);
appendFileSync(notes, `${JSON.stringify(words)}\n`);
if (words.includes('Nobody')) process.exit(1);
const pcm = silence(1.8 * sampleRate);
for (const [at] of pcm.left.entries()) {
  const value = 0.3 * Math.sin((at / sampleRate) * 2 * Math.PI * 440);
  pcm.left[at] = value;
  pcm.right[at] = value;
}
process.stdout.write(toWave(pcm));
