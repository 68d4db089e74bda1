// Enters: a snapshot whose gate was opened. Leaves: the cookie that says so for half an hour, to us alone.
// Never: an answer, a name, anything of the person. It opens nothing without the link that it belongs to.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';

/** Counted anew with each request, so that nobody is asked again in the middle of a page. */
const openForSeconds = 30 * 60;

interface Gated {
  readonly snapshotId: string;
  /** Over https the cookie travels over nothing else, and is bound to our very host. */
  readonly isSecure: boolean;
  readonly now: Date;
}

/** A `Set-Cookie` value. Lax: a link in a mail comes from another site, and its reader would be asked each time. */
export function gateCookie(secret: Buffer, gated: Gated): string {
  const until = Math.floor(gated.now.getTime() / 1000) + openForSeconds;
  return stringifySetCookie({
    name: nameOf(secret, gated),
    value: `${until}.${macOf(secret, `${gated.snapshotId} ${until}`).toString('base64url')}`,
    httpOnly: true,
    secure: gated.isSecure,
    sameSite: 'lax',
    path: '/',
    maxAge: openForSeconds,
  });
}

/** @param secrets ours, and while it is replaced the one before @param header the `Cookie` header */
export function hasOpened(secrets: readonly Buffer[], gated: Gated, header: string | undefined): boolean {
  if (header === undefined) return false;
  const cookies = parseCookie(header);
  return secrets.some((secret) => {
    const [until = '', mac = ''] = (cookies[nameOf(secret, gated)] ?? '').split('.');
    const given = Buffer.from(mac, 'base64url');
    const expected = macOf(secret, `${gated.snapshotId} ${until}`);
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
    return isOurs && Number(until) * 1000 > gated.now.getTime();
  });
}

/** One name for each message, so that one reader's several pages stay open side by side; it does not tell which. */
function nameOf(secret: Buffer, { snapshotId, isSecure }: Gated): string {
  const name = `gate-${macOf(secret, `name ${snapshotId}`).toString('hex', 0, 8)}`;
  return isSecure ? `__Host-${name}` : name;
}

function macOf(secret: Buffer, text: string): Buffer {
  return createHmac('sha256', secret).update('dearly/gate\0').update(text).digest();
}
