// Enters: a campaign file's text. Leaves: CampaignDraft, what can be read of it and all that is wrong with it.
// Never: the shelf; who has one adds what it knows (run/campaign/check-campaign.ts), so that all errors are told at once.
import { z } from 'zod';
import { type Campaign, campaignSchema, fieldsSchema } from './campaign.ts';
import { conflictsOf, doubtsOf } from './conflicts.ts';
import { inWords } from './in-words.ts';
import { type Complaint, complaintsOf, readYaml, unusable, type YamlFile } from './parse-yaml.ts';
import { variantSchema } from './variant.ts';

export interface CampaignDraft {
  readonly file: string;
  /** The fields that are right, each by itself. */
  readonly fields: Partial<Campaign>;
  /** Null where something is wrong. */
  readonly campaign: Campaign | null;
  readonly complaints: readonly Complaint[];
  /** What may be meant, but hardly is. */
  readonly doubts: readonly Complaint[];
  describe: YamlFile['describe'];
}

/**
 * @param file names it in errors
 * @param schema of a file that says less than a campaign's does, such as a trigger's
 * @throws DearlyError `campaign-invalid` where it is no YAML at all
 */
export function readCampaign(
  text: string,
  file: string,
  schema: z.ZodType<Campaign> = campaignSchema,
): CampaignDraft {
  const { value, describe } = readYaml(text, file);
  const parsed = schema.safeParse(value, { error: inWords });
  const fields: Partial<Campaign> = parsed.success ? parsed.data : readFields(value);
  const complaints = [...(parsed.success ? [] : complaintsOf(parsed.error)), ...conflictsOf(fields)];
  const campaign = parsed.success && complaints.length === 0 ? parsed.data : null;
  return { file, fields, campaign, complaints, doubts: doubtsOf(fields), describe };
}

/** A campaign that came as values and not as a file: complaints name the field alone. */
export function draftOf(campaign: Campaign): CampaignDraft {
  const complaints = conflictsOf(campaign);
  return {
    file: campaign.name,
    fields: campaign,
    campaign: complaints.length === 0 ? campaign : null,
    complaints,
    doubts: doubtsOf(campaign),
    describe: (them) => them.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`),
  };
}

/** Without a shelf. @throws DearlyError `campaign-invalid` with every error and its line */
export function parseCampaign(text: string, file: string): Campaign {
  const draft = readCampaign(text, file);
  if (draft.campaign === null) throw unusable(file, draft.describe(draft.complaints));
  return draft.campaign;
}

function readFields(value: unknown): Partial<Campaign> {
  const fields = readShape(fieldsSchema.shape, value);
  const variants = isObject(value) ? value.variants : undefined;
  if (fields.variants !== undefined || !Array.isArray(variants)) return fields;
  // One that is wrong is no reason to say nothing of what the others name.
  const each = variants.map((it) => ({ name: '', weight: 1, ...readShape(variantSchema.shape, it) }));
  return { ...fields, variants: each };
}

/** The fields that are right, each by itself. */
function readShape<T extends z.ZodRawShape>(shape: T, value: unknown): Partial<z.output<z.ZodObject<T>>> {
  const read = Object.entries(shape).flatMap(([key, schema]): [string, unknown][] => {
    const parsed = z.safeParse(schema, isObject(value) ? value[key] : undefined);
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(read) as Partial<z.output<z.ZodObject<T>>>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
