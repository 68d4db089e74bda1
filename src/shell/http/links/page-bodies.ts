// What the API's documentation says of bodies that a page's routes read for themselves: each takes a form or JSON, and answers both.
import { z } from 'zod';
import { batchSchema } from '../../../track/event.ts';

const values = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .describe('By field, as the reader wrote them');
const answerJson = z.object({
  form: z.string().describe('As forms.json calls it'),
  submission: z.uuid().optional().describe('Of one view of the page: sent twice, it is one answer'),
  values,
});
const answerForm = z
  .object({ form: z.string(), submission: z.uuid().optional() })
  .catchall(z.string().describe('A field'));

const question = z.object({
  id: z.uuid().describe('The message’s own: sent twice, it is one'),
  question: z.string().min(1).max(500),
  handOver: z.boolean().optional().describe('For a person, not for the question list'),
});

const shown = (schema: z.ZodType) => ({
  schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
});

export const answerBody = {
  content: {
    'application/json': shown(z.union([answerJson, batchSchema])),
    'application/x-www-form-urlencoded': shown(answerForm),
    'text/plain': {
      schema: { type: 'string', description: 'A batch of events as JSON: how `sendBeacon` sends it' },
    },
  },
};

export const questionBody = {
  content: { 'application/json': shown(question), 'application/x-www-form-urlencoded': shown(question) },
};
