// Enters: what a recipient sent from the page's form, and the snapshot behind the page. Leaves: Answer: facts to learn,
// data of the event. Never: I/O, or a word of the snapshot changed; answers lie on top of it.
import { z } from 'zod';
import type { Snapshot } from '../merge/snapshot.ts';
import type { Facts, Json } from '../profile/profile.ts';

/** Control characters other than line breaks have no place in a comment. */
const comment = z
  .string()
  .trim()
  .max(1000, 'expected at most 1000 characters')
  .transform((text) =>
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n]/gu, '')
      .toWellFormed(),
  );

/** "Was this clear?", the statement's little form. */
export const submissionSchema = z.object({
  clear: z.enum(['yes', 'partly', 'no']),
  comment: comment.optional(),
});
export type Submission = z.output<typeof submissionSchema>;

export interface Answer {
  /** Learned about the profile, merged at the top level: `facts.feedback.clear` in a segment's rule. */
  readonly facts: Facts;
  /** For counting. What somebody wrote stays with the profile, where it can be shown and erased. */
  readonly event: Readonly<Record<string, Json>>;
}

export function answer(submission: Submission, snapshot: Pick<Snapshot, 'pack'>, at: Date): Answer {
  const { clear, comment } = submission;
  const feedback = { clear, comment: comment || null, pack: snapshot.pack.name, at: at.toISOString() };
  return { facts: { feedback }, event: { clear, hasComment: Boolean(comment) } };
}
