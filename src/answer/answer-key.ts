import { createHash } from 'node:crypto';

/**
 * The same for the same submission of a form behind the same link, so that what is sent twice counts once: a UUID (RFC 9562,
 * version 8) made of a hash.
 * @param submission empty for what counts once however often it is submitted
 */
export function answerKey(snapshotId: string, form: string, submission: string, kind: string): string {
  const hash = createHash('sha256').update(
    JSON.stringify([kind, snapshotId, form, submission.toLowerCase()]),
  );
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
