import { z } from 'zod';
import { fieldsSchema } from '../../../campaign/campaign.ts';

const example = `name: yearly-statement
pack: statement
composition: statement
sender: nordlicht
audience: { field: lang, op: eq, value: de }
`;

/** A campaign's fields for readers; whoever sends one gets the complaints of the file's own schema, with lines. */
export const documentedBody = {
  content: {
    'application/yaml': {
      schema: { type: 'string', description: 'A campaign as its file has it', examples: [example] },
    },
    'application/json': { schema: z.toJSONSchema(fieldsSchema, { io: 'input', unrepresentable: 'any' }) },
  },
};

const common = {
  name: z.string(),
  warnings: z.array(z.string()).describe('What may be meant, but hardly is'),
};

export const startedSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    id: z.uuid().describe('Of the run: /v1/campaigns/{id} tells how far it is'),
    occurrence: z.string(),
    state: z.string(),
    createdAt: z.string().describe('ISO 8601'),
    ...common,
  }),
  z.object({
    kind: z.literal('scheduled'),
    next: z.array(z.string()).describe('ISO 8601, the next occurrences, the earliest first'),
    change: z.enum(['new', 'same', 'replaced']),
    differences: z.array(z.string()).describe('From the one that it replaces'),
    ...common,
  }),
]);
