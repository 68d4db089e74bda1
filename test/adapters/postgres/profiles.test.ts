import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { findProfile, findProfileByEither } from '../../../src/adapters/postgres/find-profile.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import type { Consents, ProfilePatch } from '../../../src/profile/profile.ts';
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

const find = async (externalId: string) => {
  const profile = await findProfile(db, { externalId });
  if (!profile) throw new Error(`no ${externalId}`);
  return profile;
};

describe('profiles', () => {
  it('keep what is known where a patch says nothing', async () => {
    await upsertProfiles(db, [
      {
        externalId: 'p1',
        email: 'a@b.example',
        firstName: 'Zoë',
        locale: 'it-IT',
        facts: { a: 1, b: { c: 1 } },
      },
    ]);
    expect(await upsertProfiles(db, [{ externalId: 'p1', lastName: 'Ö', facts: { b: { d: 2 } } }])).toEqual({
      added: 0,
      changed: 1,
      unchanged: 0,
    });
    expect(await find('p1')).toMatchObject({
      email: 'a@b.example',
      firstName: 'Zoë',
      lastName: 'Ö',
      locale: 'it-IT',
      timeZone: 'Europe/Berlin',
      facts: { a: 1, b: { d: 2 } },
    });
    await upsertProfiles(db, [{ externalId: 'p1', email: null }]);
    expect((await find('p1')).email).toBeNull();
  });

  it('are not written when nothing is new', async () => {
    const patch = {
      externalId: 'p2',
      firstName: 'A',
      facts: { a: 1 },
      consents: { tracking: consent(true, 1) },
    };
    expect(await upsertProfiles(db, [patch])).toEqual({ added: 1, changed: 0, unchanged: 0 });
    const again = { ...patch, consents: { tracking: consent(true, 2) } };
    expect(await upsertProfiles(db, [again])).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect((await find('p2')).consents.tracking?.at).toBe(consent(true, 1).at);
  });

  it('join patches about one person, the later one believed', async () => {
    const patches: ProfilePatch[] = [
      { externalId: 'p3', firstName: 'A', facts: { a: 1, b: 1 } },
      { externalId: 'p3', firstName: 'B', facts: { b: 2 } },
    ];
    expect(await upsertProfiles(db, patches)).toEqual({ added: 1, changed: 0, unchanged: 0 });
    expect(await find('p3')).toMatchObject({ firstName: 'B', facts: { a: 1, b: 2 } });
  });

  it.each<[string, Consents['marketing'], Consents['marketing'], boolean]>([
    [
      'an import turns nothing on that was unsubscribed',
      consent(false, 1, 'unsubscribe'),
      consent(true, 9),
      false,
    ],
    ['an import turns on what an import turned off', consent(false, 1), consent(true, 9), true],
    ['an import turns off what was on', consent(true, 1, 'api'), consent(false, 9), false],
    ['an older word is not believed', consent(false, 9, 'api'), consent(true, 1, 'api'), false],
    ['the person may agree again', consent(false, 1, 'unsubscribe'), consent(true, 9, 'confirm'), true],
  ])('hear consents: %s', async (name, known, said, granted) => {
    await upsertProfiles(db, [{ externalId: name, consents: { marketing: known } }]);
    await upsertProfiles(db, [{ externalId: name, consents: { marketing: said } }]);
    expect((await find(name)).consents.marketing?.granted).toBe(granted);
  });

  it('remember that it was an unsubscription, even where consent was refused before', async () => {
    for (const said of [consent(false, 1), consent(false, 2, 'unsubscribe'), consent(true, 9)]) {
      await upsertProfiles(db, [{ externalId: 'p4', consents: { marketing: said } }]);
    }
    expect((await find('p4')).consents.marketing).toEqual(consent(false, 2, 'unsubscribe'));
  });

  it('lose nothing when several importers write the same people at once', async () => {
    const people = Array.from({ length: 300 }, (_, index) => `crowd-${index}`);
    await Promise.all(
      Array.from({ length: 6 }, (_, writer) => {
        const order = writer % 2 ? people : people.toReversed();
        return upsertProfiles(
          db,
          order.map((externalId) => ({ externalId, facts: { [`by${writer}`]: writer } })),
        );
      }),
    );
    for (const id of ['crowd-0', 'crowd-299']) expect(Object.keys((await find(id)).facts)).toHaveLength(6);
  });

  it('are found by either id', async () => {
    const { id } = await find('p1');
    expect((await findProfileByEither(db, id))?.externalId).toBe('p1');
    expect((await findProfileByEither(db, 'p1'))?.id).toBe(id);
    expect(await findProfileByEither(db, "' or true --")).toBeNull();
  });
});

function consent(granted: boolean, day: number, source = 'import') {
  return { granted, at: `2026-01-0${day}T00:00:00.000Z`, source };
}
