import { afterAll, expect, test } from 'vitest';
import { createGuardedFetch } from '../../../src/adapters/fetch/guarded-fetch.ts';
import { soundNoteKey } from '../../../src/render/sound/sound-script.ts';
import { removeArtefacts } from '../../../src/run/remove-artefacts.ts';
import { clipKey } from '../../../src/run/video/find-clip.ts';
import { film, level, openStudio, tone, wave } from '../../support/sound.ts';
import { certificate, openTlsServer } from '../../support/tls-server.ts';

const sounds: Readonly<Record<string, Uint8Array>> = {
  '/anna.wav': wave(tone(0.5, 900, 0.6)),
  '/anna.gif': Buffer.from('GIF89a and more'),
};
const server = await openTlsServer((request, reply) => {
  const bytes = sounds[request.url ?? ''];
  reply.writeHead(bytes ? 200 : 404).end(bytes);
});
afterAll(() => server.close());

const at = (path: string) => `https://pictures.example:${server.port}${path}`;
const fetchAsset = createGuardedFetch({
  ca: certificate,
  ports: [server.port],
  resolve: async () => ['127.0.0.1'],
  isAllowed: () => true,
});
const greeted = (clip: string) => film([{ durationInFrames: 60, narration: [{ say: 'Anna', clip }] }]);

test('a recording that a profile names is fetched once, heard, and gone with its person', async () => {
  const studio = await openStudio({}, null, fetchAsset);
  try {
    const storyboard = greeted(at('/anna.wav'));
    const heard = await studio.hear((await studio.sounds.get(storyboard)) as Uint8Array);
    expect(level(heard, 0.3, 0.6)).toBeGreaterThan(0.01);
    const asked = server.connections();
    // Mixed again by another process that has the recording alone.
    const { key } = (await studio.sounds.hear(storyboard)) ?? { key: '' };
    await studio.store.remove(key);
    await studio.another().get(storyboard);
    expect(server.connections()).toBe(asked);
    const clip = clipKey(at('/anna.wav')) ?? '';
    expect(await studio.store.head(clip)).not.toBeNull();
    await removeArtefacts(studio.store, [soundNoteKey(storyboard)]);
    expect(await studio.store.head(clip)).toBeNull();
    expect(await studio.store.head(key)).toBeNull();
  } finally {
    await studio.close();
  }
});

test('what is no sound, is not there or comes in the clear is refused with its scene', async () => {
  const studio = await openStudio({}, null, fetchAsset);
  try {
    await expect(studio.sounds.get(greeted(at('/anna.gif')))).rejects.toMatchObject({
      code: 'asset-refused',
      message: expect.stringContaining('scene "scene-1"'),
    });
    await expect(studio.sounds.get(greeted(at('/nobody.wav')))).rejects.toMatchObject({
      code: 'asset-unavailable',
    });
    await expect(studio.sounds.get(greeted(at('/anna.wav').replace('https', 'http')))).rejects.toMatchObject({
      code: 'asset-refused',
    });
  } finally {
    await studio.close();
  }
});
