import type { Chore } from '../tick.ts';
import { deliverDueWebhooks, type WebhookTools } from './deliver-due-webhooks.ts';

export interface Webhooks extends WebhookTools {
  /** @throws DearlyError `request-invalid` for an address that could never be told */
  assertUrl(url: string): void;
  /** Drops what the log has held long enough. */
  forgetOld(): Promise<void>;
}

/** For the workers' tick. */
export function webhookChores(webhooks: Webhooks): Chore[] {
  return [
    {
      name: 'webhooks',
      everyMs: 1000,
      run: async (signal) => void (await deliverDueWebhooks(webhooks, signal)),
    },
    { name: 'webhook-log', everyMs: 3_600_000, run: () => webhooks.forgetOld() },
  ];
}
