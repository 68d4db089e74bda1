// Enters: what a campaign file holds. Leaves: Campaign, checked field by field and with every default resolved.
// Never: whether the fields go together (conflicts.ts), or whether its pack, composition or sender exist (the shelf knows).
import { z } from 'zod';
import { DearlyError } from '../errors.ts';
import { parseRule } from '../segment/rule.ts';
import { scheduleSchema, timeOfDay } from './schedule.ts';
import { sampleSchema, variantsSchema } from './variant.ts';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected a name in kebab-case such as yearly-statement');

/** A segment rule inside a campaign: its errors stand beside the file's others, each at its own place. */
const audience = z.unknown().transform((input, context) => {
  try {
    return parseRule(input);
  } catch (error) {
    if (!(error instanceof DearlyError)) throw error;
    for (const detail of error.details) context.issues.push({ code: 'custom', input, ...placeOf(detail) });
    return z.NEVER;
  }
});

/** `all[1].field: expected …` speaks of a place below the rule, `rule: expected …` of the rule itself. */
function placeOf(detail: string): { path: (string | number)[]; message: string } {
  const [, place = '', message = detail] = /^(\S+?): (.*)$/s.exec(detail) ?? [];
  const steps = place === 'rule' ? [] : (place.match(/[^.[\]]+/g) ?? []);
  return { path: steps.map((it) => (/^\d+$/.test(it) ? Number(it) : it)), message };
}

const perSecond = z.number().positive().max(10_000);

export const channels = ['email', 'site', 'video', 'poster', 'pdf'] as const;

/** Each field by itself, so that what is right can be looked at beside what is wrong. */
export const fieldsSchema = z.strictObject({
  name,
  pack: name,
  /** Left out: the message has no video. */
  composition: name.optional(),
  sender: name,
  /** Left out: everyone. */
  audience: audience.default(true),
  /** Left out: once, when it is started. */
  schedule: scheduleSchema.optional(),
  /** By the recipient's own clock; whoever's turn falls into it waits for its end. */
  quiet_hours: z.strictObject({ from: timeOfDay, until: timeOfDay }).optional(),
  /** At most so many messages of all campaigns together in so many days; whoever had them is skipped. */
  frequency_cap: z
    .strictObject({
      messages: z.number().int().positive().max(1000),
      days: z.number().int().positive().max(366),
    })
    .optional(),
  /** `video`, `poster` and `pdf`: made ahead for everyone who is written to, not when first asked for. */
  channels: z
    .array(z.enum(channels))
    .refine((them) => them.includes('email'), 'expected email among them: it carries the links')
    .default(['email', 'site']),
  variants: variantsSchema,
  /** Who gets the variants first, and how the winner for the rest is found. `null` with several variants: all get their share of them. */
  sample: sampleSchema.nullish(),
  /** Share of the audience that gets nothing, to compare with. */
  holdout: z.number().min(0).max(0.5).default(0),
  /** What the contract offers to attach, by name. */
  attachments: z
    .array(name)
    .max(5)
    .refine((them) => new Set(them).size === them.length, 'expected each name once')
    .default([]),
  /** Page, film and PDF ask for the one thing that the pack's gate names before they show figures. */
  gate: z.boolean().optional(),
  /** Messages per second, all workers together. */
  throttle: z
    .strictObject({
      per_second: perSecond.optional(),
      /** To any one recipient domain. */
      per_domain: perSecond.optional(),
      /** To these domains instead. */
      domains: z.record(z.string().toLowerCase(), perSecond).default({}),
    })
    .optional(),
  /** What becomes of a row when nobody can tell whether its message went out. */
  on_unknown: z.enum(['hold', 'resend']).default('hold'),
  /** How long a deferred message is tried again. */
  retry_hours: z.number().positive().max(72).default(72),
  /** What a message costs, all in: the report then tells what a click, an answer and a conversion cost, and what came back. */
  cost_per_message: z
    .strictObject({
      amount: z.number().nonnegative().max(1_000_000),
      currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR'),
    })
    .optional(),
  /** How long the message's links work. */
  links_expire_days: z.number().int().positive().max(3650).default(400),
});

export const campaignSchema = fieldsSchema.transform((it) => ({
  ...it,
  // Several variants are tried on a sample first, unless the file says `sample: null`.
  sample: it.variants.length > 1 && it.sample === undefined ? sampleSchema.parse({}) : (it.sample ?? null),
}));

export type Campaign = z.output<typeof campaignSchema>;
