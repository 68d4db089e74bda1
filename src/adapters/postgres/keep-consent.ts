import { sql } from 'kysely';
import type { Consent, Purpose } from '../../profile/profile.ts';
import type { Database } from './connect.ts';

/**
 * What a person said themselves of one purpose, now. `same`: had been said before, and keeps its first date. `erased`:
 * nobody is there (any more).
 */
export async function keepConsent(
  db: Database,
  profileId: string,
  purpose: Purpose,
  consent: Consent,
): Promise<'kept' | 'same' | 'erased'> {
  const { rows } = await sql<{ is_new: boolean }>`
    with known as (
      select id, consents -> ${purpose} -> 'granted' is distinct from to_jsonb(${consent.granted}::boolean) as is_new
      from profiles where id = ${profileId}::uuid for update
    ), changed as (
      update profiles set
        consents = consents || jsonb_build_object(${purpose}::text, ${JSON.stringify(consent)}::jsonb), updated_at = now()
      from known where profiles.id = known.id and is_new
    )
    select is_new from known`.execute(db);
  const [known] = rows;
  if (known === undefined) return 'erased';
  return known.is_new ? 'kept' : 'same';
}
