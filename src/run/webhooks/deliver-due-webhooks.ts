// Enters: what the outbox has due. Leaves: each told once to its endpoint, or put off, or given up; the log says which.
// Never: two at one delivery (leases and fences), a promise of order, or one endpoint that holds another up for long.
import { nextTryMs } from './next-try.ts';
import type { Delivery, Outbox, PostWebhook } from './outbox.ts';
import { sign } from './signature.ts';

export interface WebhookTools {
  readonly outbox: Outbox;
  readonly post: PostWebhook;
  readonly now: () => Date;
  /** 0 ≤ random < 1 */
  readonly random: () => number;
}

/** Longer than any try takes, so that nobody else begins while one is under way. */
const leaseMs = 60_000;
const atOnce = 16;
/** What is due after it waits for the next call, which looks at all endpoints anew. */
const sliceMs = 5000;

/** Several may do this at once, here and elsewhere. Returns how many were tried. */
export async function deliverDueWebhooks(tools: WebhookTools, signal?: AbortSignal): Promise<number> {
  const endpoints = await tools.outbox.due();
  const endsAt = performance.now() + sliceMs;
  const counts = await Promise.all(
    endpoints.map(async (endpoint) => {
      let tried = 0;
      while (!signal?.aborted && performance.now() < endsAt) {
        const claimed = await tools.outbox.claim(endpoint, { limit: atOnce, leaseMs });
        if (claimed.length === 0) break;
        await Promise.all(claimed.map((delivery) => deliver(delivery, tools)));
        tried += claimed.length;
      }
      return tried;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** One try, and what follows from it. */
async function deliver(delivery: Delivery, tools: WebhookTools): Promise<void> {
  const { outbox } = tools;
  const { retryAfterMs, ...tried } = await attempt(delivery, tools);
  if (tried.error === null) return await outbox.delivered(delivery, tried);
  await outbox.failed(delivery, tried, nextTryMs(delivery.attempt, tools.random(), retryAfterMs));
  if (tried.status === 410) await outbox.disable(delivery.endpointId, 'It answered 410 Gone.');
}

async function attempt(delivery: Delivery, { post, now }: WebhookTools): ReturnType<PostWebhook> {
  const { secrets, type, at, data } = delivery;
  if (secrets.length === 0) {
    return { status: null, error: 'secret-unreadable', durationMs: 0, retryAfterMs: 0 };
  }
  const id = `msg_${delivery.id}`;
  const timestamp = Math.floor(now().getTime() / 1000);
  const body = JSON.stringify({ type, timestamp: at, data });
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign({ id, timestamp, body }, secrets),
  };
  return await post(delivery.url, { headers, body });
}
