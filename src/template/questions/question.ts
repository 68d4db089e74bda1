// Enters: what `questions/<lang>.json` says. Leaves: QuestionList, what the chat of a pack can answer in one language.
// Never: a figure of its own; an answer is a template over the view, as every other text of the pack.
import { z } from 'zod';
import type { Fill } from '../fill.ts';

/** Where an answer leads on to: a target of the contract, or a form of the page. */
const leadSchema = z.union([
  z.strictObject({ target: z.string().min(1), label: z.string().min(1) }),
  z.strictObject({ form: z.string().min(1), label: z.string().min(1) }),
]);
export type Lead = z.output<typeof leadSchema>;

const entrySchema = z.strictObject({
  /** Kebab-case, unique in its file, the same in every language. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected kebab-case'),
  /** Several ways to ask it, the one that is shown first. */
  ask: z.array(z.string().trim().min(1).max(200)).min(2, 'expected at least two ways to ask it').max(30),
  /** Handlebars over the view; plain text. */
  answer: z.string().trim().min(1).max(2000),
  /** What would stand in `{{#if …}}`: the entry is for those alone for whom it holds. */
  when: z
    .string()
    .regex(/^[^{}]+$/, 'expected what would stand in {{#if …}}')
    .optional(),
  leads: leadSchema.optional(),
  /** Shown before anything is asked, and to those whose browser runs no script. */
  frequent: z.boolean().optional(),
});
export type QuestionEntry = z.output<typeof entrySchema>;

const chatWordKeys = [
  'title',
  'intro',
  'frequent',
  'label',
  'placeholder',
  'send',
  'sending',
  'you',
  'person',
  'unknown',
  'nearest',
  'handOver',
  'handingOver',
  'withPerson',
  'waiting',
  'down',
  'callBack',
  'failed',
  'tooFast',
  'retry',
  'log',
] as const;
/** What the chat itself says, besides answers. */
export type ChatWords = Readonly<Record<(typeof chatWordKeys)[number], string>>;

export const questionFileSchema = z.strictObject({
  /** Instead of the house's own words. */
  words: z.partialRecord(z.enum(chatWordKeys), z.string().trim().min(1)).default({}),
  /** The form that is offered where nobody can be reached. */
  callBack: z.string().optional(),
  questions: z.array(entrySchema).min(1).max(200),
});
export type QuestionFile = z.output<typeof questionFileSchema>;

export interface Question {
  readonly id: string;
  readonly ask: readonly string[];
  readonly answer: Fill;
  /** Empty for those whom it does not concern. */
  readonly applies: Fill | null;
  readonly leads: Lead | null;
  readonly isFrequent: boolean;
}

export interface QuestionList {
  readonly lang: string;
  readonly words: ChatWords;
  /** Name of a form. */
  readonly callBack: string | null;
  readonly questions: readonly Question[];
}
