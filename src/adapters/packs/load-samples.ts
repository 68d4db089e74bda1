import { join } from 'node:path';
import { z } from 'zod';
import { DearlyError } from '../../errors.ts';
import { localeSchema, type Profile } from '../../profile/profile.ts';
import { isPlainName, readFolder } from './read-folder.ts';

const consent = z.object({ granted: z.boolean(), at: z.iso.datetime(), source: z.string() });

const schema = z.object({
  externalId: z.string().min(1),
  email: z.email().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  locale: localeSchema,
  timeZone: z.string(),
  consents: z.object({
    service: consent.optional(),
    marketing: consent.optional(),
    tracking: consent.optional(),
  }),
  facts: z.record(z.string(), z.json()),
});

export interface Sample {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly profile: Profile;
}

/** The made-up people of `samples/*.json`, by name, for previews and tests. @throws DearlyError `pack-missing`, `pack-invalid` */
export async function loadSamples(folder: string, pack: string): Promise<readonly Sample[]> {
  const missing = `No pack "${pack}" stands in ${folder}.`;
  if (!isPlainName(pack)) throw new DearlyError('pack-missing', missing);
  const files = await readFolder(join(folder, pack), 'pack-missing', missing);
  return Object.entries(files).flatMap(([path, text]) => {
    const name = /^samples\/([\w-]+)\.json$/.exec(path)?.[1];
    return name === undefined ? [] : [{ name, profile: { id: `sample-${name}`, ...parse(path, text) } }];
  });
}

function parse(path: string, text: string): z.output<typeof schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DearlyError('pack-invalid', 'A sample is not JSON.', {
      cause,
      details: [`${path}: ${reason}`],
    });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new DearlyError('pack-invalid', 'A sample is not a whole profile.', {
    details: parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`),
  });
}
