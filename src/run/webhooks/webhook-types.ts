import type { EventKind } from '../../track/event.ts';

/** What can be told to an endpoint. `message.*` is about one person's message, `campaign.*` about a whole run. */
export const webhookTypes = [
  'message.accepted',
  'message.bounced',
  'message.failed',
  'message.unknown',
  'message.skipped',
  'message.opened',
  'message.clicked',
  'message.visited',
  'message.answered',
  'message.unsubscribed',
  'message.converted',
  'message.complained',
  'campaign.started',
  'campaign.paused',
  'campaign.completed',
  'campaign.cancelled',
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** Sent by `dearly webhook test` alone; nobody subscribes to it. */
export const testType = 'webhook.test';

/** Which events of people are told, and as what. */
export const typeOfEvent: Readonly<Partial<Record<EventKind, WebhookType>>> = {
  open: 'message.opened',
  click: 'message.clicked',
  visit: 'message.visited',
  answer: 'message.answered',
  unsubscribe: 'message.unsubscribed',
  conversion: 'message.converted',
  complaint: 'message.complained',
};
