import { bounceAddressOf } from '../../src/deliver/bounce-address.ts';
import { signToken } from '../../src/track/token.ts';

/** One of test/fixtures/reports/ as a mail server would hand it over: about this row, in CRLF. */
export function fillReport(
  text: string,
  {
    secret,
    rowId,
    snapshotId,
  }: { readonly secret: Buffer; readonly rowId: string; readonly snapshotId: string },
): Buffer {
  const unsubscribe = signToken(secret, { snapshotId, kind: 'unsubscribe', index: 0 });
  const filled = text
    .replaceAll('{{bounce}}', bounceAddressOf(secret, rowId, 'bounce.nordlicht.example'))
    .replaceAll('{{row}}', rowId)
    .replaceAll('{{unsubscribe}}', unsubscribe)
    .replaceAll('\n', '\r\n');
  return Buffer.from(filled);
}
