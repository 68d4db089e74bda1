import { createHmac } from 'node:crypto';

/**
 * What stands for an address where the address itself may not stand: in the suppression list, which outlives the
 * profile. Keyed, so that nobody with the table alone can try addresses against it. 32 bytes; the case of the
 * address does not matter.
 */
export function hashAddress(secret: Buffer, address: string): Buffer {
  return createHmac('sha256', secret)
    .update('dearly/suppression\0')
    .update(address.trim().toLowerCase())
    .digest();
}
