import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { exportProfile } from '../../../src/adapters/postgres/export-profile.ts';
import { postgresFilmIndex } from '../../../src/adapters/postgres/film-index.ts';
import { findProfile } from '../../../src/adapters/postgres/find-profile.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { hashAddress } from '../../../src/profile/address-hash.ts';
import { stillKeys, videoKey } from '../../../src/render/artefact-key.ts';
import { soundNoteKey } from '../../../src/render/sound/sound-script.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

const secret = Buffer.alloc(32, 7);
const refused = { granted: false, at: '2026-01-01T00:00:00.000Z', source: 'unsubscribe' };
const storyboard = {
  composition: 'statement',
  version: '1',
  fps: 30,
  lang: 'de',
  posterFrame: 0,
  scenes: [{ id: 'hello', durationInFrames: 30, props: { name: 'Xanthippe' }, chapter: '', caption: '' }],
};
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

describe('a person', () => {
  it('can be exported whole, and erased without a trace but the counts and the refusal', async () => {
    await upsertProfiles(db, [
      {
        externalId: 'p5',
        email: 'Xanthippe@Kunde.example',
        firstName: 'Xanthippe',
        consents: { marketing: refused },
      },
    ]);
    const id = (await findProfile(db, { externalId: 'p5' }))?.id ?? '';
    const sent = await sendTo(id, 'accepted', '250 queued for xanthippe@kunde.example');
    await sendTo(id, 'planned', null);

    const address_hash = hashAddress(secret, 'xanthippe@kunde.example');
    const bounced = { address_hash, purpose: '*', reason: 'bounce' };
    await db.insertInto('suppressions').values(bounced).execute();
    const whole = await exportProfile(db, id, { secret });
    expect(whole?.suppressions).toMatchObject([{ purpose: '*', reason: 'bounce' }]);
    expect(whole?.profile.externalId).toBe('p5');
    expect(whole?.snapshots).toHaveLength(2);
    expect(whole?.ledger.map((it) => it.state).sort()).toEqual(['accepted', 'planned']);
    expect(whole?.ledger[0]?.history[0]?.detail).toContain('xanthippe@kunde.example');
    expect(whole?.events).toMatchObject([
      { kind: 'answer', data: { text: 'Xanthippe here' } },
      { kind: 'answer' },
    ]);

    const segments = postgresFilmIndex(db);
    await segments.use('video/of-somebody-else.mp4', ['segment/shared.mp4']);
    await segments.use(videoKey(storyboard, '9:16'), ['segment/shared.mp4', 'segment/hers.mp4']);

    const erased = await eraseProfile(db, id, { secret });
    expect(erased.artefactKeys).not.toContain('segment/shared.mp4');
    expect(erased).toEqual({
      found: true,
      snapshots: 2,
      ledgerRows: 2,
      events: 2,
      suppressed: ['marketing'],
      artefactKeys: expect.arrayContaining([
        `video-${sent.snapshot}.mp4`,
        videoKey(storyboard, '16:9'),
        ...stillKeys(storyboard, '16:9'),
        ...stillKeys(storyboard, '9:16'),
        soundNoteKey(storyboard),
        'segment/hers.mp4',
      ]),
    });
    expect(await exportProfile(db, id, { secret })).toBeNull();
    expect((await eraseProfile(db, id, { secret })).found).toBe(false);

    const rows = await db.selectFrom('ledger').selectAll().orderBy('state').execute();
    expect(rows.map((it) => [it.state, it.reason, it.profile_id, it.snapshot_id, it.message_id])).toEqual([
      ['accepted', null, null, null, null],
      ['skipped', 'erased', null, null, null],
    ]);
    for (const table of [
      'ledger',
      'ledger_history',
      'events',
      'snapshots',
      'suppressions',
      'profiles',
    ] as const) {
      const text = JSON.stringify(await db.selectFrom(table).selectAll().execute());
      expect(text.toLowerCase()).not.toContain('xanthippe');
    }
    const hash = hashAddress(secret, 'xanthippe@kunde.example');
    const kept = await db.selectFrom('suppressions').selectAll().where('address_hash', '=', hash).execute();
    expect(kept.map((it) => it.purpose).sort()).toEqual(['*', 'marketing']);
  });
});

async function sendTo(profileId: string, state: string, detail: string | null) {
  const snapshot = randomUUID();
  const run = await db
    .insertInto('runs')
    .values({ kind: 'campaign', name: 'statement', occurrence: snapshot, campaign: '{}', state: 'running' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const now = new Date();
  await db
    .insertInto('snapshots')
    .values({
      id: snapshot,
      profile_id: profileId,
      pack_name: 'statement',
      pack_version: '1',
      body: JSON.stringify({ id: snapshot, name: 'Xanthippe', storyboard }),
      made_at: now,
      expires_at: now,
    })
    .execute();
  const row = await db
    .insertInto('ledger')
    .values({
      run_id: run.id,
      profile_id: profileId,
      state,
      reason: detail,
      snapshot_id: snapshot,
      message_id: '<xanthippe@x>',
      ended_at: state === 'accepted' ? now : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('ledger_history').values({ ledger_id: row.id, attempt: 1, state, detail }).execute();
  await db
    .insertInto('events')
    .values({
      key: randomUUID(),
      snapshot_id: snapshot,
      run_id: run.id,
      kind: 'answer',
      machine: false,
      at: now,
      data: JSON.stringify({ text: 'Xanthippe here' }),
    })
    .execute();
  await db
    .insertInto('video_jobs')
    .values({ key: `video-${snapshot}.mp4`, snapshot_id: snapshot, state: 'done', error: null })
    .execute();
  return { snapshot };
}
