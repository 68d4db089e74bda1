// Enters: a campaign file's text. Leaves: Campaign, checked and with every default resolved.
// Never: whether its pack, composition or sender exist; the shelf knows that.
import { z } from 'zod';
import { DearlyError } from '../errors.ts';
import { parseRule } from '../segment/rule.ts';
import { parseYaml } from './parse-yaml.ts';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected a name in kebab-case such as yearly-statement');

/** A segment rule inside a campaign: its errors stand beside the file's others. */
const audience = z.unknown().transform((input, context) => {
  try {
    return parseRule(input);
  } catch (error) {
    if (!(error instanceof DearlyError)) throw error;
    for (const message of error.details) context.issues.push({ code: 'custom', message, input });
    return z.NEVER;
  }
});

export const campaignSchema = z.strictObject({
  name,
  pack: name,
  /** Left out: the message has no video. */
  composition: name.optional(),
  sender: name,
  /** Left out: everyone. */
  audience: audience.default(true),
  /** What the pack's contract offers to attach, by name. */
  attachments: z.array(name).max(5).default([]),
  /** Messages per second, all workers of this process together. */
  throttle: z.strictObject({ per_second: z.number().positive().max(10_000) }).optional(),
  /** What becomes of a row when nobody can tell whether its message went out. */
  on_unknown: z.enum(['hold', 'resend']).default('hold'),
  /** How long a deferred message is tried again. */
  retry_hours: z.number().positive().max(72).default(72),
  /** How long the message's links work. */
  links_expire_days: z.number().int().positive().max(3650).default(400),
});

export type Campaign = z.output<typeof campaignSchema>;

/** @param file names the file in errors. @throws DearlyError `campaign-invalid` with every error and its line */
export function parseCampaign(text: string, file: string): Campaign {
  return parseYaml(text, file, campaignSchema);
}
