// The one place where faults become HTTP: `application/problem+json` (RFC 9457) for programs, a page for people.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { DearlyError, type FaultCode, type FaultKind, faults } from '../../errors.ts';
import { failurePage } from './links/failure-page.ts';
import { sendPage, wantsHtml } from './links/page.ts';
import type { SiteAssets } from './parts.ts';

const statusOfKind: Readonly<Record<FaultKind, number>> = {
  input: 422,
  missing: 404,
  conflict: 409,
  denied: 401,
  outside: 503,
};

/** Where the kind alone says too little. */
const statusOfCode: Readonly<Partial<Record<FaultCode, number>>> = {
  'request-invalid': 400,
  'scope-denied': 403,
};

const retryAfterSeconds = 30;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly details: readonly string[];
}

function problemOf(error: DearlyError): Problem {
  const { code, message, details, kind } = error;
  const status = statusOfCode[code] ?? statusOfKind[kind];
  return {
    type: `urn:dearly:fault:${code}`,
    title: faults[code].meaning,
    status,
    detail: message,
    code,
    details,
  };
}

/** For `setErrorHandler`. Small pages borrow the site's fonts. */
export const handleError =
  (site: SiteAssets) =>
  (error: FastifyError | DearlyError, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = error instanceof DearlyError ? problemOf(error) : foreignProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    else request.log.info({ code: problem.code }, 'request refused');
    if (error instanceof DearlyError && error.retry !== 'never')
      reply.header('retry-after', retryAfterSeconds);
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="dearly"');
    sendProblem(problem, request, reply, site);
  };

export const handleNotFound =
  (site: SiteAssets) =>
  (request: FastifyRequest, reply: FastifyReply): void => {
    const detail = 'Nothing stands at this address.';
    sendProblem(plain(404, 'not-found', 'Not found', detail), request, reply, site);
  };

function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply, site: SiteAssets): void {
  if (!request.url.startsWith('/v1/') && wantsHtml(request)) {
    void sendPage(
      reply.code(problem.status),
      failurePage(problem.status, request.headers['accept-language']),
      site,
    );
    return;
  }
  void reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

/** Fastify's own refusals, and bugs. What a bug says stays in the log. */
function foreignProblem(error: FastifyError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = (error.validationContext ?? 'body').replace(/^querystring$/, 'query');
    const details = error.validation.map(({ instancePath, message }) => {
      const field = instancePath.split('/').filter(Boolean).join('.');
      return `${[where, field].filter(Boolean).join('.')}: ${message}`;
    });
    return problemOf(new DearlyError('request-invalid', 'The request has the wrong shape.', { details }));
  }
  const status = error.statusCode ?? 500;
  if (status === 429) return plain(status, 'rate-limited', 'Too many requests', 'Ask again in a minute.');
  if (status < 500) {
    return { ...problemOf(new DearlyError('request-invalid', error.message)), status };
  }
  return plain(500, 'internal', 'A bug in Dearly', 'The log has the place, under the id of this request.');
}

function plain(status: number, code: string, title: string, detail: string): Problem {
  return { type: `urn:dearly:fault:${code}`, title, status, detail, code, details: [] };
}
