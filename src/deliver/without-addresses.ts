/**
 * Servers repeat the address in what they say; the ledger outlives the person's consent to keep it. One line, 300 characters, and
 * none of those that a terminal obeys or PostgreSQL cannot keep (NUL): an answer that cannot be kept would be none.
 */
export function withoutAddresses(response: string): string {
  const line = response
    .slice(0, 2000)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.replace(/<?[^\s<>;,"'()]+@[^\s<>;,"'()]+>?/g, '<address>').slice(0, 300);
}
