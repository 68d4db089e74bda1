import { type RawBuilder, sql } from 'kysely';

/** A fragment with `$1 … $n` as Kysely sees it, its values still bound and never interpolated. */
export function bindSql(fragment: {
  readonly text: string;
  readonly values: readonly unknown[];
}): RawBuilder<boolean> {
  const parts = fragment.text.split(/\$(\d+)/).map((part, index) => {
    if (index % 2 === 0) return sql.raw(part);
    return sql`${fragment.values[Number(part) - 1]}`;
  });
  return sql<boolean>`${sql.join(parts, sql.raw(''))}`;
}
