// Enters: the origins of API and pages. Leaves: a look at each request: whether what it asks for stands on the host it asks.
// Never: a difference where both are one, or a guess about hosts that are neither (a probe, a proxy's own name for us).
import type { onRequestHookHandler } from 'fastify';
import { keep } from '../../template/keep.ts';
import type { Origins } from '../../track/make-links.ts';

/** What recipients open, and what programs and operators do. Files of the page's look and the probes stand on both. */
const onSite = /^\/(?:[a-z]\/|proof(?:[/?]|$))/;
const onApi = /^\/(?:v1|docs|openapi\.json|metrics)(?:[/?]|$)/;

/** A page's script, whatever it was made to do, then shares no origin with the API's documentation or its keys. */
export const byHost =
  (origins: () => Origins): onRequestHookHandler =>
  ({ url, host }, reply, done) => {
    const { api, site } = origins();
    const apiHost = hostOf(api);
    const siteHost = hostOf(site);
    const isElsewhere =
      apiHost !== siteHost &&
      ((host === siteHost && onApi.test(url)) || (host === apiHost && onSite.test(url)));
    if (isElsewhere) reply.callNotFound();
    else done();
  };

/** With the port where it is not the scheme's own, as a `Host` header has it. */
const hostOf = keep((origin: string) => new URL(origin).host);
