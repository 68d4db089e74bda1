import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';

export interface AddressRules {
  readonly isAllowed: (address: string) => boolean;
  /** The system's, unless a test brings its own. */
  readonly resolve?: ((hostname: string) => Promise<readonly string[]>) | undefined;
}

/**
 * The addresses behind a host's name, none where it leads nowhere. Null where one of them is not allowed: that one shows
 * what the name is for.
 */
export async function allowedAddresses(
  hostname: string,
  { isAllowed, resolve = resolveAll }: AddressRules,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(literal) ? [literal] : await orStop(resolve(hostname), signal);
  return addresses.every(isAllowed) ? addresses : null;
}

/** For `request`: the very addresses that were checked, so that the name is not looked up a second time. */
export function pinTo(addresses: readonly string[]): LookupFunction {
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, { all }, found) => {
    if (all) found(null, pinned);
    else found(null, pinned[0]?.address ?? '', pinned[0]?.family);
  };
}

async function resolveAll(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

/** A lookup cannot be called off, but need not be waited for. */
function orStop<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    if (signal.aborted) fail(signal.reason);
    signal.addEventListener('abort', () => fail(signal.reason), { once: true });
    work.then(done, fail);
  });
}
