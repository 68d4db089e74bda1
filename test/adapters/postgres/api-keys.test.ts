import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey, listKeys, revokeKey, verifyKey } from '../../../src/adapters/postgres/api-keys.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});
const denied = { code: 'key-denied' };

describe('API keys', () => {
  it('open what their scopes name, and nothing else', async () => {
    const { id, key } = await createKey(db, { name: 'crm', scopes: ['profiles', 'events'] });
    expect(await verifyKey(db, key, 'profiles')).toMatchObject({
      id,
      name: 'crm',
      scopes: ['profiles', 'events'],
    });
    await expect(verifyKey(db, key, 'campaigns')).rejects.toMatchObject({ kind: 'denied' });
    const all = await createKey(db, { name: 'all', scopes: ['*'] });
    expect((await verifyKey(db, all.key, 'campaigns')).id).toBe(all.id);
  });

  it('are told from forgeries', async () => {
    const { id, key } = await createKey(db, { name: 'a', scopes: ['*'] });
    const other = await createKey(db, { name: 'b', scopes: ['*'] });
    const swapped = `dearly_${id}_${other.key.slice(-43)}`;
    for (const wrong of [
      undefined,
      '',
      'dearly',
      `${key}x`,
      key.slice(0, -1),
      key.toUpperCase(),
      swapped,
      `dearly_${'0'.repeat(16)}_${'A'.repeat(43)}`,
    ]) {
      await expect(verifyKey(db, wrong, 'renders')).rejects.toMatchObject(denied);
    }
  });

  it('end when they are revoked', async () => {
    const { id, key } = await createKey(db, { name: 'old', scopes: ['*'] });
    await revokeKey(db, id);
    await revokeKey(db, id);
    await expect(verifyKey(db, key, 'renders')).rejects.toMatchObject(denied);
    await expect(revokeKey(db, 'nothing')).rejects.toMatchObject({ code: 'key-missing' });
    expect((await listKeys(db)).find((it) => it.id === id)?.revokedAt).toBeInstanceOf(Date);
  });

  it('leave no secret in the database', async () => {
    const { id, key } = await createKey(db, { name: 'secret', scopes: ['*'] });
    await verifyKey(db, key, 'renders');
    const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.hash).toHaveLength(32);
    expect(row.last_used_at).toBeInstanceOf(Date);
    expect(JSON.stringify(row)).not.toContain(key.slice(-43));
  });
});
