import { defineContract } from 'dearly/author';
import { z } from 'zod';
import { present } from './present.ts';

export const data = z.object({
  /** When the person asked to hear from us. Who never asked gets no such message: there would be nothing to confirm. */
  newsletterRequestedAt: z.iso.datetime({
    offset: true,
    message: 'expected a moment such as 2026-11-03T08:30:00Z',
  }),
});
export type WelcomeData = z.output<typeof data>;

const text = z.string();

export const view = z.object({
  subject: text,
  greeting: text,
  /** "On 3 November 2026 you asked …" */
  request: text,
  /** The sentences agreed to, word for word as the page behind the button shows them. */
  consents: z.object({ marketing: text, tracking: text }),
  topics: z.array(z.object({ title: text, text })).length(3),
  privacyUrl: z.url({ protocol: /^https$/ }),
});
export type WelcomeViewInput = z.input<typeof view>;

export default defineContract({
  // A double opt-in cannot need the consent that it asks for.
  purpose: 'service',
  data,
  view,
  present,
  targets: (it) => ({ privacy: it.privacyUrl }),
  confirms: ({ consents }) => [
    { purpose: 'marketing', text: consents.marketing },
    { purpose: 'tracking', text: consents.tracking, optional: true },
  ],
});
