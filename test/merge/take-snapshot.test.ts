import { expect, it } from 'vitest';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import { composition, pack, profileOf, snapshotOf } from './shown.ts';

const how = {
  id: 'x',
  pack,
  composition,
  sender: 'nordlicht',
  variant: 'a',
  tracking: false,
  now: new Date('2025-11-04T23:30:00Z'),
};

it('names every fact that is missing or wrong', () => {
  const { tariff: _, ...facts } = profileOf().facts;
  const profile = profileOf({ facts: { ...facts, currency: 'DM' } });
  expect(() => takeSnapshot({ ...how, profile })).toThrowError(
    expect.objectContaining({
      code: 'data-incomplete',
      message: expect.stringMatching(/tariff.*currency/),
      details: [expect.stringMatching(/^tariff: /), expect.stringMatching(/^currency: /)],
    }),
  );
});

it('dates by the calendar of the person, not of the server', () => {
  expect(snapshotOf(profileOf({ timeZone: 'Europe/Berlin' })).view.issuedOn).toBe(
    '5.\u00a0November\u00a02025',
  );
  expect(snapshotOf(profileOf({ timeZone: 'America/New_York' })).view.issuedOn).toBe(
    '4.\u00a0November\u00a02025',
  );
});

it('gives each scene what it reads, and the poster its frame', () => {
  const { storyboard } = snapshotOf();
  if (storyboard === null) throw new Error('no storyboard');
  expect(storyboard.scenes.map((it) => it.id)).toEqual(composition.definition.scenes.map((it) => it.id));
  expect(storyboard).toMatchObject({ composition: 'statement', version: composition.version, lang: 'de' });
  expect(storyboard.posterFrame).toBeLessThan(
    storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0),
  );
  expect(JSON.stringify(storyboard.scenes.find((it) => it.id === 'greeting')?.props)).toContain('Ada');
});

it('can be kept as JSON and read back the same', () => {
  const snapshot = snapshotOf();
  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
});

it('lets no broken letter, control sign or reordering mark through', () => {
  const snapshot = snapshotOf(profileOf({ firstName: 'A\ud800d\u0000a\r\n', lastName: '\u202eevil\u2066' }));
  expect(snapshot.view.person).toMatchObject({ firstName: 'A\ufffdd a', name: 'A\ufffdd a evil' });
  expect(JSON.stringify(snapshot)).not.toMatch(/\\ud800|\\u0000|\u202e|\u2066/);
});

it('takes none from a version that is only kept to be read', () => {
  const old = { ...pack, contract: null };
  expect(() => takeSnapshot({ ...how, pack: old, profile: profileOf() })).toThrowError(
    expect.objectContaining({ code: 'pack-missing' }),
  );
});
