import { expect, test } from 'vitest';
import { answer, submissionSchema } from '../../src/answer/answer.ts';

const at = new Date('2025-11-03T08:00:00Z');
const snapshot = { pack: { name: 'statement', version: '0123456789abcdef' } };

test('what somebody says becomes a fact; what is counted has no words in it', () => {
  const submission = submissionSchema.parse({ clear: 'partly', comment: ' Why so much\r\nin March?\u0000 ' });
  expect(answer(submission, snapshot, at)).toEqual({
    facts: {
      feedback: {
        clear: 'partly',
        comment: 'Why so much\nin March?',
        pack: 'statement',
        at: at.toISOString(),
      },
    },
    event: { clear: 'partly', hasComment: true },
  });
});

test('an empty comment is none', () => {
  const { facts, event } = answer(submissionSchema.parse({ clear: 'yes', comment: '  ' }), snapshot, at);
  expect(facts.feedback).toMatchObject({ comment: null });
  expect(event).toEqual({ clear: 'yes', hasComment: false });
});

test.for([{}, { clear: 'maybe' }, { clear: ['yes', 'no'] }, { clear: 'yes', comment: 'x'.repeat(1001) }])(
  'refused: %j',
  (body) => {
    expect(submissionSchema.safeParse(body).success).toBe(false);
  },
);
