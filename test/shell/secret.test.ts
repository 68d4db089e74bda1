import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Config, readConfig } from '../../src/config.ts';
import { followSecrets, readSecrets, replaceKeptSecret } from '../../src/shell/secret.ts';

let config: Config;
beforeAll(async () => {
  config = readConfig({ DEARLY_DATA_DIR: await mkdtemp(join(tmpdir(), 'dearly-secret-')) });
});
afterAll(() => rm(config.dataDir, { recursive: true }));

test('whoever runs takes in a whole secret, and never half of one', { timeout: 60_000 }, async () => {
  const [first] = await readSecrets(config);
  const [one, other] = [followSecrets(config, [first]), followSecrets(config, [first])];
  try {
    await writeFile(join(config.dataDir, 'secret'), first.subarray(0, 20));
    await expect(readSecrets(config)).rejects.toMatchObject({ code: 'config-invalid' });
    await writeFile(join(config.dataDir, 'secret'), first);
    // One that ends takes nothing from the other.
    one.stop();
    await replaceKeptSecret(config.dataDir);
    const [second] = await readSecrets(config);
    await expect.poll(() => other.secrets, { timeout: 30_000 }).toEqual([first, second]);
  } finally {
    one.stop();
    other.stop();
  }
});

test('an empty secret signs nothing', async () => {
  await writeFile(join(config.dataDir, 'secret'), '');
  await expect(readSecrets(config)).rejects.toMatchObject({ code: 'config-invalid' });
});
