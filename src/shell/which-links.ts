import { findProfileByEither } from '../adapters/postgres/find-profile.ts';
import { findRun } from '../adapters/postgres/find-run.ts';
import type { WhichLinks } from '../adapters/postgres/links.ts';
import { DearlyError } from '../errors.ts';
import { type LinkKind, linkKinds, readToken } from '../track/token.ts';
import type { Wire } from './wire.ts';

/** One of them: a link as it stands in the message, a snapshot's id, a customer, a run. */
export interface Named {
  readonly link?: string | undefined;
  readonly snapshot?: string | undefined;
  readonly profile?: string | undefined;
  readonly run?: string | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws DearlyError `request-invalid`, `profile-missing`, `run-missing` */
export async function whichLinks(
  named: Named,
  { db, secrets }: Pick<Wire, 'db'> & { readonly secrets: readonly Buffer[] },
): Promise<WhichLinks> {
  const said = Object.entries(named).filter(([, value]) => value !== undefined);
  if (said.length !== 1) {
    throw invalid('expected one of: a link, a snapshot, a profile, a run');
  }
  const { link, snapshot, profile, run } = named;
  if (run !== undefined) return { runId: (await findRun(db, run)).id };
  if (profile !== undefined) {
    const found = await findProfileByEither(db, profile);
    if (found === null) throw new DearlyError('profile-missing', `There is no profile ${profile}.`);
    return { profileId: found.id };
  }
  if (snapshot !== undefined && uuid.test(snapshot)) return { snapshotId: snapshot };
  const snapshotId = link === undefined ? undefined : snapshotOf(link, secrets);
  if (snapshotId === undefined) throw invalid('neither a link that we signed nor the id of a snapshot');
  return { snapshotId };
}

function invalid(detail: string): DearlyError {
  return new DearlyError('request-invalid', 'It is not clear whose links are meant.', { details: [detail] });
}

/** The whole address or its token alone. */
function snapshotOf(link: string, secrets: readonly Buffer[]): string | undefined {
  const token = /(?:^|\/)([\w-]{46})(?=$|[./?#])/.exec(link)?.[1] ?? '';
  const kind = linkKinds.find((it: LinkKind) => readToken(secrets, token, it) !== null);
  return kind && readToken(secrets, token, kind)?.snapshotId;
}
