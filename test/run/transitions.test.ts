import { describe, expect, test } from 'vitest';
import { happenings, isEnded, next, sources, states, target } from '../../src/run/transitions.ts';

describe('transitions', () => {
  test('a message is handed over only from a claim, and accepted only after a handoff', () => {
    expect(sources('hand-off')).toEqual(['claimed']);
    expect(sources('accept')).toEqual(['handoff', 'unknown']);
  });

  test('nothing that may be out is ever planned again but by a decision to resend', () => {
    for (const state of ['handoff', 'unknown', 'accepted'] as const) {
      for (const happening of happenings.filter((it) => it !== 'resend')) {
        expect(['planned', 'claimed'], `${state} --${happening}`).not.toContain(next(state, happening));
      }
    }
    expect(next('handoff', 'resend')).toBeNull();
    expect(next('accepted', 'resend')).toBeNull();
  });

  test('what comes back in a cancelled run can end, and nothing else ends a row that is on its way', () => {
    for (const happening of ['release', 'postpone', 'stumble', 'defer'] as const) {
      for (const state of sources(happening)) expect(next(state, 'drop'), happening).toBe('cancelled');
    }
    expect(next('handoff', 'cancel')).toBeNull();
    expect(next('claimed', 'cancel')).toBeNull();
  });

  test('a fault of ours never says of a message on its way that it failed', () => {
    for (const happening of ['break', 'stumble', 'skip', 'postpone', 'release'] as const)
      expect(sources(happening)).toEqual(['claimed']);
  });

  test('an answer that comes late clears up a doubt, but puts nothing off', () => {
    expect((['accept', 'bounce', 'fail', 'defer'] as const).map((it) => next('unknown', it))).toEqual([
      'accepted',
      'bounced',
      'failed',
      null,
    ]);
  });

  test('an operator takes up again what failed or is in doubt, and nothing else', () => {
    expect([sources('retry'), sources('resend'), sources('assume')]).toEqual([
      ['failed'],
      ['unknown'],
      ['unknown'],
    ]);
  });

  test('from every state the row can still end', () => {
    for (const start of states) {
      const seen = new Set([start]);
      for (const state of seen) for (const it of happenings) seen.add(next(state, it) ?? state);
      expect([...seen].some(isEnded), start).toBe(true);
    }
  });

  test('every happening leads to one state', () => {
    for (const happening of happenings) expect(states).toContain(target(happening));
  });
});
