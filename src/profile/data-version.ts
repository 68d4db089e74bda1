import { hash } from 'node:crypto';
import type { Profile } from './profile.ts';

/**
 * Names what was known of somebody when a message was made: the same for the same data. Short, because it tells versions of
 * one person apart and not people. Facts come from the database, which keeps keys in one order.
 */
export function dataVersionOf(profile: Profile): string {
  const { firstName, lastName, locale, timeZone, facts } = profile;
  const known = JSON.stringify([firstName, lastName, locale, timeZone, facts]);
  return hash('sha256', known, 'base64url').slice(0, 12);
}
