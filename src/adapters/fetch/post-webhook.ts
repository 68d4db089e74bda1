// Enters: an endpoint's address and a signed message. Leaves: what came of telling it, in one try.
// Never: a redirect followed, an address inside our own network, or more of an answer kept than was asked for.
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { BlockList } from 'node:net';
import { DearlyError } from '../../errors.ts';
import type { PostForAnswer, PostWebhook } from '../../run/webhooks/outbox.ts';
import { allowedAddresses, pinTo } from './allowed-addresses.ts';
import { isPublicAddress } from './is-public-address.ts';

export interface WebhookRules {
  /** Endpoints on this machine are told, too, by http as well: for development and the demo. */
  readonly isLocalAllowed: boolean;
  readonly limitMs?: number;
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Trusted certificate authorities, PEM; the system's unless given. */
  readonly ca?: string;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
const isLoopback = (address: string) => loopback.check(address, address.includes(':') ? 'ipv6' : 'ipv4');

/** More than anybody has to say back; the other side may still end in peace. */
const limitAnswerBytes = 64 * 1024;

/** @throws DearlyError `request-invalid` for an address that could never be told. Where its name leads is seen at each try. */
export function assertWebhookUrl(
  address: string,
  { isLocalAllowed }: Pick<WebhookRules, 'isLocalAllowed'>,
): void {
  // It is shown as it was written: a terminal must not obey it.
  const isPlain = !/[\s\p{Cc}\p{Cf}]/u.test(address);
  const reason = reasonAgainst(isPlain ? URL.parse(address) : null, isLocalAllowed);
  if (reason !== null || address.length > 2000) {
    throw new DearlyError('request-invalid', 'This address cannot be told anything.', {
      details: [`url: ${reason ?? 'expected at most 2000 characters'}`],
    });
  }
}

function reasonAgainst(url: URL | null, isLocalAllowed: boolean): string | null {
  if (url === null) return 'expected an address such as https://crm.example/dearly';
  if (url.username !== '' || url.password !== '') return 'expected no login in it; messages are signed';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocalAllowed)) return null;
  return 'expected https (DEARLY_WEBHOOKS_LOCAL=1 allows http on this machine)';
}

/** What is told, and no more: nobody reads what comes back. */
export function createPostWebhook(rules: WebhookRules): PostWebhook {
  const post = createPostForAnswer(rules);
  return async (...message) => {
    const { body: _, ...tried } = await post(...message);
    return tried;
  };
}

export function createPostForAnswer(rules: WebhookRules): PostForAnswer {
  const { isLocalAllowed, limitMs = 10_000, resolve, ca } = rules;
  return async (address, { headers, body }) => {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(limitMs);
    const tried = (status: number | null, error: string | null, retryAfterMs = 0, answer = '') => {
      const durationMs = Math.round(performance.now() - startedAt);
      return { status, error, retryAfterMs, durationMs, body: answer };
    };
    try {
      const url = new URL(address);
      const isAllowed = (it: string) =>
        (url.protocol === 'https:' && isPublicAddress(it)) || (isLocalAllowed && isLoopback(it));
      const addresses = await allowedAddresses(url.hostname, { isAllowed, resolve }, signal);
      if (addresses === null) return tried(null, 'refused: it is no public address');
      if (addresses.length === 0) return tried(null, 'its name leads nowhere');
      const response = await send(url, addresses, signal);
      const status = response.statusCode ?? 0;
      const answer = await drain(response);
      const isGood = status >= 200 && status < 300;
      return tried(status, isGood ? null : `it answers ${status}`, retryAfterOf(response), answer);
    } catch (cause) {
      return tried(null, signal.aborted ? `it takes longer than ${limitMs / 1000} s` : reasonOf(cause));
    }

    function send(url: URL, addresses: readonly string[], stop: AbortSignal): Promise<IncomingMessage> {
      const bytes = Buffer.from(body);
      const options = {
        method: 'POST',
        agent: false,
        signal: stop,
        lookup: pinTo(addresses),
        headers: { ...headers, 'content-length': bytes.byteLength, 'user-agent': 'Dearly' },
      };
      return new Promise((done, fail) => {
        const asked =
          url.protocol === 'https:'
            ? request(url, { ...options, ...(ca !== undefined && { ca }) })
            : requestPlain(url, options);
        asked.on('response', done).on('error', fail).end(bytes);
      });
    }
  };
}

/** The status has come: what is cut off, or too slow, or too long changes nothing about it. */
async function drain(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitAnswerBytes) return '';
      chunks.push(chunk);
    }
  } catch {
    return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** RFC 9110: seconds, or a date. */
function retryAfterOf({ headers }: IncomingMessage): number {
  const said = headers['retry-after'] ?? '';
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return ms > 0 ? ms : 0;
}

/** A code such as ECONNREFUSED or CERT_HAS_EXPIRED; messages may hold more of the address than the host. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'the connection fails';
}
