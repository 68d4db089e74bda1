import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../../src/adapters/storage/open-store.ts';
import { s3Store } from '../../../src/adapters/storage/s3-store.ts';
import { artefactStoreContract } from '../../contract/artefact-store.ts';
import { type S3Server, startS3Server } from '../../support/s3-server.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server.close());

artefactStoreContract('in S3', async () =>
  s3Store(
    { bucket: 'artefacts', prefix: 'deep/er' },
    { endpoint: server.url, region: 'eu-central-1', credentials },
  ),
);

it('keeps everything under its prefix', () => {
  expect([...server.objects.keys()].every((key) => key.startsWith('/artefacts/deep/er/'))).toBe(true);
});

it('finds endpoint and credentials where every AWS tool does', async () => {
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  try {
    const store = openStore('s3://artefacts/by-env/', '/nowhere');
    await store.put('a.png', Buffer.from('x'), 'image/png');
    expect(server.objects.get('/artefacts/by-env/a.png')?.type).toBe('image/png');
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

it('tells a missing bucket from a missing artefact', async () => {
  const options = { endpoint: server.url, region: 'eu-central-1', credentials, maxAttempts: 1 };
  const store = s3Store({ bucket: 'elsewhere', prefix: '' }, options);
  await expect(store.read('a.png')).rejects.toMatchObject({ code: 'storage-failed' });
});

it('refuses other addresses', () => {
  for (const url of ['ftp://x/y', 'file://host/path', 's3:///prefix', 'nonsense']) {
    expect(() => openStore(url, '/nowhere')).toThrow('DEARLY_STORAGE_URL');
  }
});
