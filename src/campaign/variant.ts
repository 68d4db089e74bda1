import { z } from 'zod';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'expected a name in kebab-case such as short');
const names = z
  .array(name)
  .min(1)
  .max(40)
  .refine((them) => new Set(them).size === them.length, 'expected each name once');

/** One way to say it. What is left out stays as pack and composition have it. */
export const variantSchema = z.strictObject({
  name,
  /** Its share beside the others' weights. */
  weight: z.number().positive().max(1000).default(1),
  /** `subject.<name>.hbs` (and `preheader.<name>.hbs` where there is one) of the pack. */
  subject: name.optional(),
  /** The pack's blocks in this order, and no others: in email, text and page alike. */
  blocks: names.optional(),
  /** The composition's scenes in this order, and no others. */
  scenes: names.optional(),
});
export type Variant = z.output<typeof variantSchema>;

/** What a variant says of the message's make-up; it travels in the snapshot, so that every channel is put together alike. */
export type Arrangement = Pick<Variant, 'subject' | 'blocks' | 'scenes'>;

/** The same for two variants that say the same, whatever they are called. */
export function variantKey({ subject, blocks, scenes }: Arrangement): string {
  return JSON.stringify([subject, blocks, scenes]);
}

export const variantsSchema = z
  .array(variantSchema)
  .min(1)
  .max(8)
  .refine(
    (them) => new Set(them.map((it) => it.name)).size === them.length,
    'expected a name of its own for each',
  )
  .default([{ name: 'a', weight: 1 }]);

export const sampleSchema = z.strictObject({
  /** Of the audience, all variants together. */
  share: z.number().gt(0).lte(0.5).default(0.05),
  /** The winner is named then at the latest; before, as soon as `confidence` is reached. */
  decide_after_hours: z
    .number()
    .positive()
    .max(30 * 24)
    .default(24),
  /** Never by opens: mail programs fetch pictures nobody looks at. */
  by: z.enum(['clicks', 'conversions']).default('clicks'),
  /** Probability of being the best at which waiting ends early. */
  confidence: z.number().min(0.5).lt(1).default(0.95),
});
export type Sample = z.output<typeof sampleSchema>;
