import { DearlyError } from '../../errors.ts';
import type { Run } from '../../run/ledger.ts';
import type { Database } from './connect.ts';
import { toRun } from './ledger/to-run.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By id, or the newest run of that name. @throws DearlyError `run-missing` */
export async function findRun(db: Database, key: string): Promise<Run> {
  const query = db.selectFrom('runs').selectAll();
  const row = await (uuid.test(key)
    ? query.where('id', '=', key)
    : query.where('name', '=', key).orderBy('created_at', 'desc').limit(1)
  ).executeTakeFirst();
  if (row === undefined) {
    throw new DearlyError('run-missing', `There is no run ${key}.`, {
      details: ['`campaign list` (GET /v1/campaigns) shows which there are'],
    });
  }
  return toRun(row);
}
