type Content = Readonly<Record<string, { readonly schema: object }>>;

export interface Documented {
  readonly description: string;
  readonly content: Content;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the documentation says of a body that the route takes as text. */
    readonly documentedBody?: { readonly content: Content };
    /** What it says of answers that are no JSON, or no text at all. */
    readonly documentedAnswers?: Readonly<Record<number, Documented>>;
  }
}

/** One answer of one media type. */
export function answerOf(type: string, description: string, schema: object = { type: 'string' }): Documented {
  return { description, content: { [type]: { schema } } };
}

/** RFC 9457, as errors.ts writes it. */
export const problem = {
  description: 'Refused, or failed: `code` is one of docs/errors.md, `details` name the fields',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object' as const,
        required: ['type', 'title', 'status', 'detail', 'code', 'details'],
        properties: {
          type: { type: 'string' as const },
          title: { type: 'string' as const },
          status: { type: 'integer' as const },
          detail: { type: 'string' as const },
          code: { type: 'string' as const },
          details: { type: 'array' as const, items: { type: 'string' as const } },
        },
      },
    },
  },
} satisfies Documented;
