import type { FastifyInstance } from 'fastify';

/** Many clients name the type of a body also where they send none (a DELETE, say): that is no broken JSON. */
export function takeJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body, done);
  });
}
