import type { Json } from '../../profile/profile.ts';

/** One telling of one event to one endpoint, taken under a lease. */
export interface Delivery {
  /** UUID; with `msg_` before it, `webhook-id`. */
  readonly id: string;
  readonly endpointId: string;
  readonly url: string;
  /** One, or two while one replaces the other; none where they cannot be opened. */
  readonly secrets: readonly string[];
  readonly type: string;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly data: Json;
  /** 1 for the first. Also the fence: whoever took an earlier try writes nothing. */
  readonly attempt: number;
}

export interface Tried {
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** Why it is no success, in words; null where it is one. */
  readonly error: string | null;
  readonly durationMs: number;
}

/** What is to be told, written with the change that it tells of. */
export interface Outbox {
  /** Endpoints for which something is due. */
  due(): Promise<readonly string[]>;
  /** Takes up to `limit` of one endpoint's; a single one while the endpoint fails, to see whether it is back. */
  claim(
    endpointId: string,
    options: { readonly limit: number; readonly leaseMs: number },
  ): Promise<readonly Delivery[]>;
  delivered(delivery: Delivery, tried: Tried): Promise<void>;
  /** Disables an endpoint that has failed for days. @param retryMs null when this was the last try */
  failed(delivery: Delivery, tried: Tried, retryMs: number | null): Promise<void>;
  /** Tells this endpoint nothing more; what waits for it has failed. */
  disable(endpointId: string, why: string): Promise<void>;
}

/** Sends it once. Never throws for what the other side does: that is a `Tried`. */
export type PostWebhook = (
  url: string,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<Tried & { readonly retryAfterMs: number }>;

/** The same, where what comes back is read: up to 64 KB of text. */
export type PostForAnswer = (
  ...message: Parameters<PostWebhook>
) => Promise<Awaited<ReturnType<PostWebhook>> & { readonly body: string }>;
