/** Servers repeat the address in what they say; the ledger outlives the person's consent to keep it. One line, 300 characters. */
export function withoutAddresses(response: string): string {
  const line = response.slice(0, 2000).replace(/\s+/g, ' ').trim();
  return line.replace(/<?[^\s<>;,"'()]+@[^\s<>;,"'()]+>?/g, '<address>').slice(0, 300);
}
