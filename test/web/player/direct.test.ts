import { describe, expect, test } from 'vitest';
import type { Interaction } from '../../../src/template/composition.ts';
import { type Chapter, chaptersOf } from '../../../src/web/site/player/chapters.ts';
import {
  type Directed,
  type Direction,
  direct,
  type Film,
  type Moment,
  opening,
  shownAt,
} from '../../../src/web/site/player/direct.ts';

const shown = { from: 20, until: 100 };
const answered = new Set<string>();
const film: Film = {
  chapters: chaptersOf({
    composition: 'test',
    version: 'test',
    fps: 30,
    lang: 'en',
    posterFrame: 0,
    scenes: [
      scene('one', { kind: 'choice', form: 'goal', label: 'Which?', ...shown, until: 90 }),
      scene('two', { kind: 'branch', scene: 'four', label: 'Why?', ...shown }),
      scene('three', { kind: 'reveal', label: 'More', title: 'More', text: 'Words', ...shown }),
      scene('four', { kind: 'form', form: 'meter', label: 'Tell', ...shown, until: 60 }),
      scene('five', { kind: 'rating', form: 'clear', label: 'Clear?', ...shown }),
    ],
  }),
  offers: (it) => !('form' in it) || !answered.has(it.form),
};

function scene(id: string, ...interactions: Interaction[]) {
  return { id, durationInFrames: 100, props: {}, chapter: id, caption: id, interactions };
}

/** All moments one after the other; what the last one asks of the player. */
function follow(state: Direction, ...moments: Moment[]): Directed {
  return moments.reduce<Directed>((was, moment) => direct(was.state, moment, film), { state });
}

const frame = (frame: number): Moment => ({ type: 'frame', frame });
const seek = (frame: number): Moment => ({ type: 'seek', frame });
const open = (scene: number, plays = true): Moment => ({ type: 'open', spot: { scene, nth: 0 }, plays });
const at = (frame: number): Direction => ({ ...opening, frame });

describe('questions', () => {
  test('are waited for at their last frame, though frames are skipped', () => {
    const asked = follow(at(87), frame(93));
    expect(asked).toMatchObject({ seek: 89, play: false });
    expect(asked.state).toMatchObject({ frame: 89, open: { spot: { scene: 0, nth: 0 }, plays: true } });
    expect(follow(asked.state, frame(94)), 'a frame that was on its way').toEqual({ state: asked.state });
  });

  test('are asked once: put aside, the film goes on and does not come back to them', () => {
    const aside = follow(at(87), frame(90), { type: 'close' });
    expect(aside).toMatchObject({ play: true, state: { open: null } });
    const again = follow(aside.state, seek(80), frame(95));
    expect(again.play).toBeUndefined();
    expect(again.state.open).toBeNull();
  });

  test('answered elsewhere, or lacking on the page, are not asked', () => {
    answered.add('goal');
    expect(follow(at(87), frame(95)).state.open).toBeNull();
    expect(shownAt(50, film)).toEqual([]);
    answered.clear();
    expect(shownAt(50, film)).toHaveLength(1);
  });

  test('are not asked of those who jump over them', () => {
    expect(follow(at(10), seek(95), frame(96)).state.open).toBeNull();
    expect(follow(at(0), frame(99)).state.open, 'a step too long for playing').toBeNull();
  });

  test('a choice goes on by itself once it is answered; a form shows its thanks first', () => {
    const choice = follow(at(87), frame(90), { type: 'answered', form: 'goal' });
    expect(choice).toMatchObject({ play: true, state: { open: null } });
    const form = follow(at(357), frame(360), { type: 'answered', form: 'meter' });
    expect(form.state.open).toMatchObject({ spot: { scene: 3, nth: 0 } });
    expect(follow(form.state, { type: 'close' })).toMatchObject({ play: true });
  });

  test('at the very end are asked as well', () => {
    const asked = follow(at(497), frame(499), { type: 'ended' });
    expect(asked.state.open).toMatchObject({ spot: { scene: 4, nth: 0 } });
    expect(follow(asked.state, { type: 'close' }).play, 'and the film does not begin anew').toBeUndefined();
    expect(follow(at(498), { type: 'ended' }).state.open).not.toBeNull();
  });

  test('opened by hand while the film stood still leave it standing', () => {
    const opened = follow(at(30), open(0, false));
    expect(opened.play).toBe(false);
    expect(follow(opened.state, { type: 'close' }).play).toBeUndefined();
  });
});

describe('a branch', () => {
  test('leads through its scene and back to the frame it was taken at', () => {
    const away = follow(at(140), open(1));
    expect(away).toMatchObject({ seek: 300, play: true });
    const back = follow(away.state, { type: 'close' }, frame(301), seek(370), frame(402));
    expect(back).toMatchObject({ seek: 140, play: true, state: { frame: 140, ways: [] } });
  });

  test('comes back early when asked, and stands still where the film stood still', () => {
    const away = follow(at(140), open(1, false), frame(310));
    expect(follow(away.state, { type: 'back' })).toMatchObject({ seek: 140, play: false });
  });

  test('asks what its scene asks, on the way', () => {
    const asked = follow(at(140), open(1), frame(330), frame(362));
    expect(asked.state).toMatchObject({ frame: 359, open: { spot: { scene: 3, nth: 0 } } });
    expect(follow(asked.state, { type: 'close' }, frame(380), frame(400))).toMatchObject({ seek: 140 });
  });

  test('is left for good by whoever goes elsewhere', () => {
    const gone = follow(at(140), open(1), seek(210));
    expect(gone.state.ways).toEqual([]);
    expect(follow(gone.state, { type: 'back' })).toEqual({ state: gone.state });
    expect(follow(at(140), open(1), seek(350)).state.ways, 'but not within its scene').toHaveLength(1);
  });
});

test('a reveal waits until it is closed; a link is the browser`s matter', () => {
  const opened = follow(at(250), open(2));
  expect(opened).toMatchObject({ play: false, state: { frame: 250 } });
  expect(follow(opened.state, { type: 'close' })).toMatchObject({ play: true, state: { open: null } });
});

test('stays within the film, whatever is sought', () => {
  expect(follow(opening, seek(-40)).seek).toBe(0);
  expect(follow(opening, seek(9999)).seek).toBe(499);
  const nothing: Film = { ...film, chapters: [] as Chapter[] };
  expect(direct(opening, open(7), nothing)).toEqual({ state: opening });
});
