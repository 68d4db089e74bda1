import type { Profile } from '../../profile/profile.ts';
import type { Database } from './connect.ts';
import { toProfile } from './profile-row.ts';

/** Our UUID, or the customer's number in the source system. */
export type ProfileKey = { readonly id: string } | { readonly externalId: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Null where nobody is known by that key. */
export async function findProfile(db: Database, key: ProfileKey): Promise<Profile | null> {
  const query = db.selectFrom('profiles').selectAll();
  // Nobody has a number that PostgreSQL cannot hold.
  if ('id' in key ? !uuid.test(key.id) : key.externalId.includes('\0')) return null;
  const row = await ('id' in key
    ? query.where('id', '=', key.id)
    : query.where('external_id', '=', key.externalId)
  ).executeTakeFirst();
  return row ? toProfile(row) : null;
}

/** For people at a keyboard, who may hold either: the customer's number comes first. */
export async function findProfileByEither(db: Database, key: string): Promise<Profile | null> {
  return (await findProfile(db, { externalId: key })) ?? (await findProfile(db, { id: key }));
}
