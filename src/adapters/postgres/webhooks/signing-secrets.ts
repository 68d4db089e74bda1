import { type RawBuilder, sql } from 'kysely';
import { DearlyError } from '../../../errors.ts';
import { seal, unseal } from '../../../run/webhooks/seal.ts';
import { makeSigningSecret } from '../../../run/webhooks/signature.ts';

/** How long the secret before is good beside a new one. */
const changeOverHours = 24;

export interface SecretColumns {
  readonly secret: Buffer;
  readonly former_secret: Buffer | null;
  readonly former_until: Date | null;
}

/** @param row what the secret is for, such as `trigger/welcome`; a sealed one opens there alone */
export function newSecret(house: Buffer, row: string): { readonly secret: string; readonly sealed: Buffer } {
  const secret = makeSigningSecret();
  return { secret, sealed: seal(house, row, secret) };
}

/** The newest first. @throws DearlyError `secret-unreadable` */
export function openSecrets(
  houses: readonly Buffer[],
  row: string,
  columns: SecretColumns,
  now: Date,
): string[] {
  const { secret, former_secret, former_until } = columns;
  const isBoth = former_secret !== null && former_until !== null && former_until > now;
  return [secret, ...(isBoth ? [former_secret] : [])].map((sealed) => unseal(houses, row, sealed));
}

/** For who has many to open, of which one that is broken must not stop the others. */
export function openSecretsOrNone(...args: Parameters<typeof openSecrets>): string[] {
  try {
    return openSecrets(...args);
  } catch (error) {
    if (error instanceof DearlyError) return [];
    throw error;
  }
}

/** For `set`. With `atOnce` the one before is over now: somebody may have seen it. */
export function replaced(
  sealed: Buffer,
  atOnce: boolean,
): { secret: Buffer; former_secret: RawBuilder<Buffer | null>; former_until: RawBuilder<Date | null> } {
  if (atOnce) return { secret: sealed, former_secret: sql<null>`null`, former_until: sql<null>`null` };
  const until = sql<Date>`now() + make_interval(hours => ${changeOverHours})`;
  return { secret: sealed, former_secret: sql<Buffer>`secret`, former_until: until };
}
