// Enters: an address that a profile names. Leaves: the bytes behind it, of a type that they themselves show.
// Never: a connection to an address that was not checked, a header believed, or more bytes and seconds than are due.
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { DearlyError } from '../../errors.ts';
import { allowedAddresses, pinTo } from './allowed-addresses.ts';
import { refused, unavailable } from './asset-fault.ts';
import { isPublicAddress } from './is-public-address.ts';
import { readBody } from './read-body.ts';
import { type AssetType, sniffType } from './sniff-type.ts';

export interface Fetched {
  readonly bytes: Uint8Array;
  readonly type: AssetType;
}

/**
 * @throws DearlyError `asset-refused` (no such address, host or content is taken, ever), `asset-unavailable` (it may be
 * had later); the signal's own reason when the caller called it off
 */
export type FetchAsset = (url: string, options?: { readonly signal?: AbortSignal }) => Promise<Fetched>;

export interface FetchOptions {
  readonly limitBytes?: number;
  /** Of everything together: names, redirects, body. */
  readonly limitMs?: number;
  readonly redirects?: number;
  /** For tests, whose servers stand on loopback. */
  readonly isAllowed?: (address: string) => boolean;
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  readonly ports?: readonly string[];
  /** Trusted certificate authorities, PEM; the system's unless given. */
  readonly ca?: string;
}

const limitCharacters = 2000;
const redirecting = new Set([301, 302, 303, 307, 308]);

export function createGuardedFetch(options: FetchOptions = {}): FetchAsset {
  const { limitBytes = 10 * 1024 * 1024, limitMs = 10_000, redirects = 3 } = options;
  const { isAllowed = isPublicAddress, resolve, ports = [''], ca } = options;

  return async function fetchAsset(address, { signal } = {}) {
    signal?.throwIfAborted();
    const clock = AbortSignal.timeout(limitMs);
    const stop = signal ? AbortSignal.any([signal, clock]) : clock;
    let host = 'the address';
    try {
      let url = parse(address);
      for (let hop = 0; ; hop++) {
        host = url.hostname;
        const response = await ask(url, await check(url, stop), stop);
        try {
          const next = redirecting.has(response.statusCode ?? 0) ? response.headers.location : undefined;
          if (next === undefined) return await take(response, host);
          if (hop === redirects) throw refused(host, `it leads on more than ${redirects} times`);
          url = parse(next, url);
        } finally {
          response.destroy();
        }
      }
    } catch (cause) {
      signal?.throwIfAborted();
      if (clock.aborted) throw unavailable(host, `it takes longer than ${limitMs / 1000} s`, cause);
      throw cause instanceof DearlyError ? cause : unavailable(host, reasonOf(cause), cause);
    }
  };

  function parse(address: string, base?: URL): URL {
    const url = address.length > limitCharacters ? null : URL.parse(address, base?.href);
    if (url === null) throw refused(base?.hostname ?? 'the address', 'it is no web address');
    if (url.protocol !== 'https:') throw refused(url.hostname || 'the address', 'only https is asked');
    if (url.username !== '' || url.password !== '') throw refused(url.hostname, 'the address holds a login');
    if (!ports.includes(url.port)) throw refused(url.hostname, 'only the usual port is asked');
    return url;
  }

  async function check({ hostname }: URL, stop: AbortSignal): Promise<readonly string[]> {
    const addresses = await allowedAddresses(hostname, { isAllowed, resolve }, stop);
    if (addresses === null) throw refused(hostname, 'it is no public address');
    if (addresses.length === 0) throw unavailable(hostname, 'its name leads nowhere');
    return addresses;
  }

  function ask(url: URL, addresses: readonly string[], signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((done, fail) => {
      request(url, {
        agent: false,
        signal,
        ...(ca !== undefined && { ca }),
        headers: { accept: 'image/*, audio/*', 'accept-encoding': 'identity', 'user-agent': 'Dearly' },
        lookup: pinTo(addresses),
      })
        .on('response', done)
        .on('error', fail)
        .end();
    });
  }

  async function take(response: IncomingMessage, host: string): Promise<Fetched> {
    if (response.statusCode !== 200) throw unavailable(host, `it answers ${response.statusCode}`);
    const packed = response.headers['content-encoding'] ?? 'identity';
    // Pictures and sounds are packed already; what is packed once more can unpack to anything.
    if (packed !== 'identity') throw refused(host, 'it comes packed, unasked');
    const bytes = await readBody(response, host, limitBytes);
    const type = sniffType(bytes);
    if (type === null) throw refused(host, 'it is neither a picture nor a sound that we know');
    return { bytes, type };
  }
}

/** As shipped: what every asset comes through. */
export const guardedFetch = createGuardedFetch();

/** A code such as ENOTFOUND or CERT_HAS_EXPIRED; messages may hold more of the address than the host. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'the connection fails';
}
