import { expect, test } from 'vitest';
import { openFilmClock } from '../../../src/web/site/player/film-clock.ts';

test('frames that are told late do not move the film`s time, jumps do', () => {
  const clock = openFilmClock();
  const late = [0, 0, 0.09, 0, 0.2, 0.03, 0];
  for (const [nth, by] of late.entries()) {
    const told = nth / 30;
    expect(clock.at(told, 1, 100 + told + by), `frame ${nth}`).toBeCloseTo(told + by, 2);
  }
  expect(clock.at(9, 1, 100.3)).toBeCloseTo(9);
  expect(clock.at(9.2, 2, 100.4), 'another speed').toBeCloseTo(9.2);
  expect(clock.at(9.2, 2, 100.5)).toBeCloseTo(9.4, 2);
  clock.stop();
  expect(clock.at(9.3, 2, 100.6), 'after a pause').toBeCloseTo(9.3);
});
