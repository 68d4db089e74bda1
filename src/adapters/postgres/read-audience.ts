import type { Member } from '../../decide/decide.ts';
import type { Rule } from '../../segment/rule.ts';
import type { Database } from './connect.ts';
import { countRecent } from './count-recent.ts';
import { findSuppressions } from './find-suppressions.ts';
import { selectMembers } from './select-members.ts';

const pageSize = 1000;

/**
 * Whom a run of this rule would hold now, a page at a time, by id; with what the suppression list says. Nothing is frozen.
 * @param capDays of the campaign's frequency cap; messages are counted only where there is one
 */
export async function* readAudience(
  db: Database,
  secret: Buffer,
  rule: Rule,
  capDays?: number,
): AsyncGenerator<readonly Member[]> {
  let after: string | undefined;
  for (;;) {
    const profiles = await selectMembers(db, rule, { after, limit: pageSize });
    const addresses = profiles.flatMap(({ email }) => email ?? []);
    const suppressed = await findSuppressions(db, secret, [...new Set(addresses)]);
    const ids = profiles.map(({ id }) => id);
    const recent = capDays === undefined ? null : await countRecent(db, ids, capDays);
    yield profiles.map((profile) => ({
      profile,
      suppressed: suppressed.get(profile.email ?? '') ?? [],
      variant: null,
      recentMessages: recent?.get(profile.id) ?? 0,
    }));
    if (profiles.length < pageSize) return;
    after = profiles.at(-1)?.id;
  }
}
