import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problem } from './documented.ts';

const docsPolicy = [
  `default-src 'none'`,
  ...['script-src', 'font-src', 'connect-src'].map((it) => `${it} 'self'`),
  // The hash is of the one rule that the interface writes into the page itself.
  `style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='`,
  `img-src 'self' data:`,
  `base-uri 'none'; frame-ancestors 'none'; form-action 'none'`,
].join('; ');

/** `/openapi.json` and, for people, `/docs`: written from the schemas that the routes check against. */
export async function addApiDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      servers: [{ url: '/', description: 'Where this document stands' }],
      info: {
        title: 'Dearly',
        version: '1',
        description: 'Personal emails, interactive videos and microsites from customer profiles.',
      },
      tags: [
        { name: 'renders', description: 'One person, now' },
        { name: 'profiles', description: 'Who somebody is and what is known of them' },
        { name: 'triggers', description: 'Something happened to somebody: one event, one message' },
        { name: 'webhooks', description: 'Whom we tell what happens, and what they were told' },
        { name: 'campaigns', description: 'Where runs stand and how far people came' },
        { name: 'chats', description: 'For whoever takes over a conversation from a page' },
        { name: 'events', description: 'What mail providers and CRMs tell of messages that are out' },
        { name: 'links', description: 'What recipients open; no API key, the link itself is the key' },
        { name: 'health', description: 'For whoever keeps the house running' },
      ],
      components: {
        responses: { problem },
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: '`dearly key create` makes one' },
          signature: {
            type: 'apiKey',
            in: 'header',
            name: 'webhook-signature',
            description: 'Standard Webhooks, with the secret that `dearly trigger add` shows',
          },
        },
      },
    },
    transform(route) {
      const { schema, url } = jsonSchemaTransform(route);
      const { documentedBody: body, documentedAnswers: response } = route.route.config ?? {};
      return { schema: schema && { ...schema, ...(body && { body }), ...(response && { response }) }, url };
    },
    transformObject(document) {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const { paths = {} } = document.openapiObject;
      for (const [path, verbs] of Object.entries(paths)) {
        for (const it of [verbs?.get, verbs?.put, verbs?.post, verbs?.delete]) {
          if (it === undefined) continue;
          // Else a reader would have to guess whether it was forgotten.
          it.security ??= [];
          if (!path.startsWith('/v1/')) continue;
          it.responses = { ...it.responses, default: { $ref: '#/components/responses/problem' } };
        }
      }
      for (const body of Object.values(paths).map((it) => it?.post?.requestBody)) {
        if (body && 'content' in body && mayBeLeftOut(body.content)) body.required = false;
      }
      return document.openapiObject;
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // The ready-made one lets other hosts in, and turns requests into https where there is none.
    staticCSP: docsPolicy,
    uiConfig: { validatorUrl: null },
  });
}

/** The generator calls every body required, also one that may be null: that is how a route takes none. */
function mayBeLeftOut(content: Readonly<Record<string, { readonly schema?: unknown }>>): boolean {
  const alternatives = z.object({ anyOf: z.array(z.object({ type: z.string().optional() })) });
  return Object.values(content).some(({ schema }) => {
    const found = alternatives.safeParse(schema);
    return found.success && found.data.anyOf.some((it) => it.type === 'null');
  });
}
