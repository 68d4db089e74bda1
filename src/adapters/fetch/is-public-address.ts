import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All that is handed out on the internet; what lies outside is translated, compatible, local, or not given yet. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the public internet. An allow-list: what IANA has set aside for anything (private,
 * loopback, link-local, carrier NAT, documentation, benchmarks, tunnels such as 6to4 and Teredo, every form of IPv4 inside
 * IPv6) is none, because a router near us may lead it home.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}
