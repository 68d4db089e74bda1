import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenPreview, openPreview } from './open-preview.ts';

let preview: OpenPreview;
beforeAll(async () => {
  preview = await openPreview();
  await preview.edit('../compositions/statement/composition.ts', (text) =>
    text
      .replace('import { ', 'import { asset, ')
      .replace(/reads: (\([^)]*\)) => \(\{/, `reads: $1 => ({ photo: asset('https://127.0.0.1/ada.jpg'),`),
  );
});
afterAll(() => preview?.close());

test('the studio asks for a foreign picture as the house does: never from the page, never near home', async () => {
  const query = 'pack=statement&sample=ada-credit';
  const read = async () => (await fetch(`${preview.url}/frame/page?${query}`)).text();
  // Whatever was being built when the composition changed may still be shown once.
  await expect.poll(read).toContain('id="dearly-page"');
  const page = await read();
  expect(page).not.toContain('ada.jpg');
  const data = JSON.parse(/id="dearly-page"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  const address = data.storyboard.scenes[0].props.photo.asset;
  expect(address).toMatch(/^http:\/\/[^/]+\/picture\/asset-[0-9a-f]{64}\.webp\?/);
  const picture = await fetch(address);
  expect(picture.headers.get('content-type')).toContain('image/svg+xml');
  expect(await picture.text()).toContain('it is no public address');
});
