import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DearlyError } from '../../errors.ts';
import { purposes } from '../../profile/profile.ts';
import { profileBody } from '../profile-body.ts';

const personSchema = profileBody.extend({
  externalId: z.string().min(1).max(200),
  // Samples of packs say when and how, too.
  consents: z
    .partialRecord(z.enum(purposes), z.union([z.boolean(), z.looseObject({ granted: z.boolean() })]))
    .transform((consents) =>
      Object.fromEntries(
        Object.entries(consents).map(([key, it]) => [key, typeof it === 'object' ? it.granted : it]),
      ),
    )
    .optional(),
});

/** One person as JSON, shaped like `profile` in POST /v1/renders. @throws DearlyError `file-unreadable`, `request-invalid` */
export async function readPerson(file: string): Promise<z.output<typeof personSchema>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new DearlyError('file-unreadable', `${file} cannot be read as JSON.`, { cause });
  }
  const parsed = personSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(
    ({ path, message }) => `${file}: ${path.join('.') || 'person'}: ${message}`,
  );
  throw new DearlyError('request-invalid', `${file} does not describe a person.`, { details });
}
