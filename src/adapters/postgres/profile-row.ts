import type { Selectable } from 'kysely';
import type { Profile } from '../../profile/profile.ts';
import type { Schema } from './schema.ts';

export type ProfileRow = Selectable<Schema['profiles']>;

export function toProfile(row: ProfileRow): Profile {
  return {
    id: row.id,
    externalId: row.external_id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    locale: row.locale,
    timeZone: row.time_zone,
    consents: row.consents,
    facts: row.facts,
  };
}
