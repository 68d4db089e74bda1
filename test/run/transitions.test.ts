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
