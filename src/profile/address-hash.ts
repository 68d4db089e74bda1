import { createHmac } from 'node:crypto';
import { domainToUnicode } from 'node:url';

/**
 * What stands for an address where the address itself may not stand: in the suppression list, which outlives the
 * profile. Keyed, so that nobody with the table alone can try addresses against it. 32 bytes; neither the case of the
 * address matters nor whether its domain and letters are spelt as people write them or as machines do (IDNA, NFC).
 */
export function hashAddress(secret: Buffer, address: string): Buffer {
  return createHmac('sha256', secret).update('dearly/suppression\0').update(oneSpelling(address)).digest();
}

/** As people write it, since most hashes of before were made of that. */
function oneSpelling(address: string): string {
  const plain = address.trim().toLowerCase().normalize('NFC');
  const domain = plain.slice(plain.lastIndexOf('@') + 1);
  // Empty for what is no domain: then what was written has to do.
  return plain.slice(0, plain.length - domain.length) + (domainToUnicode(domain) || domain);
}
