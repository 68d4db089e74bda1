// Enters: what a page, a pixel or a link reports. Leaves: Event, one thing a recipient (or a machine) did.
// Never: who it was. An event knows its snapshot; the person is behind that, and goes when the person is erased.
import { z } from 'zod';
import type { Json } from '../profile/profile.ts';
import { unstorable } from '../profile/storable.ts';

export const eventKinds = [
  'open',
  'click',
  'visit',
  /** Somebody asked for the MP4. */
  'download',
  'video-start',
  /** data: `percent` watched: 25, 50, 75 or 100. */
  'video-progress',
  /** data: `scene`. */
  'video-chapter',
  /** Something done over the picture. data: `kind`, `scene`, `label` or `form` of the interaction. */
  'interaction',
  /** Active reading of the page: visible, with signs of life. data: `seconds` so far: 10, 30, 60, 120 or 300. */
  'read',
  /** The first thing put into a form. data: `form`. */
  'form-start',
  /** A question to the chat. data: `found`: the id of the answer, or null. */
  'chat',
  /** data: `form`, numbers and choices of the answer; what somebody wrote stays with the profile. */
  'answer',
  'unsubscribe',
  /** The switch on the page, kept as proof and counted by nobody. data: `purpose`, `granted`. */
  'consent',
  /** The yes of a double opt-in. data: `purposes`. */
  'confirm',
  /** The CRM's word: a purchase, a signed contract. data: `value`, `currency` (ISO 4217), `detail`, each where it is known. */
  'conversion',
  /** Marked as spam, by a feedback report or a provider's word. */
  'complaint',
] as const;
export type EventKind = (typeof eventKinds)[number];

export interface Event {
  /** UUID given by whoever saw it first; the same one twice counts once. */
  readonly key: string;
  /** Null where `rowId` says what it is about: a held-out person has a row, but no snapshot. */
  readonly snapshotId: string | null;
  /** A row of the ledger; left out, it is the snapshot's. */
  readonly rowId?: string;
  readonly kind: EventKind;
  /** Done by a scanner or a prefetcher, kept apart from people. */
  readonly machine: boolean;
  /** ISO 8601. */
  readonly at: string;
  readonly data: Readonly<Record<string, Json>>;
}

/** What a page may report of itself. Opens, clicks, visits, answers and unsubscribes the server sees with its own eyes. */
const pageKinds = [
  'video-start',
  'video-progress',
  'video-chapter',
  'interaction',
  'read',
  'form-start',
] as const;

const text = z
  .string()
  .max(100)
  .refine((it) => unstorable(it) === null, 'expected text that can be kept');
const datum = z.union([text, z.number(), z.boolean(), z.null()]);
const name = z.string().regex(/^[\w-]{1,40}$/, 'expected a name in letters and digits');

/** What a page reports at once. Its times are the recipient's, whose clock may be years off: only what lies between them counts. */
export const batchSchema = z.strictObject({
  /** When this was sent: again for each try. */
  sentAt: z.iso.datetime().optional(),
  events: z
    .array(
      z.strictObject({
        id: z.uuid(),
        /** The how manyth of its page view. */
        seq: z.int().min(0).max(1e6).optional(),
        at: z.iso.datetime().optional(),
        kind: z.enum(pageKinds),
        data: z
          .record(name, datum)
          .refine((data) => Object.keys(data).length <= 8, 'expected at most 8 entries')
          .default({}),
      }),
    )
    .min(1)
    .max(50),
});
export type Batch = z.output<typeof batchSchema>;
