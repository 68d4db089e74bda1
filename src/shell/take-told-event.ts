// Enters: what a mail provider or a CRM says happened. Leaves: the event kept, once, with what follows from it.
// Never: a guess about whom. Who is not known stays unknown.
import { eventKey, isReported, keepReport } from '../adapters/postgres/bounces/keep-report.ts';
import { takeBounce } from '../adapters/postgres/bounces/take-bounce.ts';
import type { Database } from '../adapters/postgres/connect.ts';
import { findProfile } from '../adapters/postgres/find-profile.ts';
import { findToldRow, type Told } from '../adapters/postgres/find-told-row.ts';
import { recordEvents } from '../adapters/postgres/record-events.ts';
import { unsubscribe } from '../adapters/postgres/unsubscribe.ts';
import { withoutAddresses } from '../deliver/without-addresses.ts';
import type { Profile, Purpose } from '../profile/profile.ts';
import { classOf } from '../track/bounce-class.ts';

/** The caller's name for it, told twice, counts once. */
interface Telling {
  readonly id: string;
  readonly at: Date;
  readonly about: Told;
}

export type ToldEvent = Telling &
  (
    | {
        readonly type: 'bounce';
        readonly status: string | null;
        readonly detail: string;
        /** The provider's own judgement; null leaves it to the status. */
        readonly isPermanent: boolean | null;
      }
    | { readonly type: 'complaint' }
    | { readonly type: 'unsubscribe'; readonly purpose: Purpose }
    | { readonly type: 'conversion'; readonly data: Readonly<Record<string, string | number>> }
  );

/** `outdated`: the person has said yes since. */
export type TellResult = 'accepted' | 'duplicate' | 'unknown' | 'outdated';

export interface TellTools {
  readonly db: Database;
  readonly addressKey: Buffer;
}

/** @param caller keeps the names of one caller's events apart from another's */
export async function takeToldEvent(event: ToldEvent, caller: string, tools: TellTools): Promise<TellResult> {
  const { db, addressKey } = tools;
  const name = `${caller} ${event.id}`;
  const row = await findToldRow(db, event.about, event.at, event.type === 'conversion' ? 'run' : 'message');
  if (event.type === 'unsubscribe') return await endPurpose(event, name, row, tools);
  if (row === null) return 'unknown';
  const about = { rowId: row.rowId };
  if (event.type === 'conversion') {
    const told = { key: eventKey(name), snapshotId: null, ...about, at: event.at.toISOString() };
    const isNew = await recordEvents(db, [{ ...told, kind: 'conversion', machine: false, data: event.data }]);
    return isNew ? 'accepted' : 'duplicate';
  }
  const bounce = {
    ...(event.type === 'complaint' ? complained : bounced(event)),
    about,
    reportId: name,
    at: event.at,
  };
  const taken = await takeBounce(db, bounce, { secret: addressKey });
  return taken === 'taken' ? 'accepted' : taken;
}

const complained = { kind: 'complaint', status: null, detail: 'told', isReturned: false } as const;

function bounced({ status, detail, isPermanent }: Extract<ToldEvent, { type: 'bounce' }>) {
  const kind = isPermanent === null ? classOf(status, detail) : isPermanent ? 'hard' : 'soft';
  return { kind, status, detail: withoutAddresses(`${status ?? ''} ${detail}`), isReturned: true } as const;
}

async function endPurpose(
  { at, purpose, about }: Extract<ToldEvent, { type: 'unsubscribe' }>,
  name: string,
  row: Awaited<ReturnType<typeof findToldRow>>,
  { db, addressKey }: TellTools,
): Promise<TellResult> {
  const profile = await personOf(db, about, row?.profileId ?? null);
  if (profile === null) return 'unknown';
  // Before anything else: told again after a new yes, it must not end that.
  if (await isReported(db, name)) return 'duplicate';
  const consent = profile.consents[purpose];
  if (consent?.granted && Date.parse(consent.at) > at.getTime()) return 'outdated';
  if (!(await unsubscribe(db, { profileId: profile.id, purpose }, { at, secret: addressKey })))
    return 'unknown';
  const event = { key: eventKey(name), kind: 'unsubscribe', machine: false, at: at.toISOString() } as const;
  if (row !== null)
    await recordEvents(db, [{ ...event, snapshotId: null, rowId: row.rowId, data: { purpose } }]);
  await keepReport(db, name);
  return 'accepted';
}

async function personOf(db: Database, about: Told, profileId: string | null): Promise<Profile | null> {
  if (profileId !== null) return await findProfile(db, { id: profileId });
  return 'externalId' in about ? await findProfile(db, { externalId: about.externalId }) : null;
}
