// Enters: the origins of API and pages. Leaves: a look at each request: whether what it asks for stands on the host it asks.
// Never: a difference where both are one, or a guess about hosts that are neither (a probe, a proxy's own name for us).
import type { onRequestHookHandler } from 'fastify';
import { keep } from '../../template/keep.ts';
import type { Origins } from '../../track/make-links.ts';

/** Of routes as they are written, since an address can be spelt in many ways. What recipients open, and what programs and operators do; files of the page's look and the probes stand on both. */
const onSite = /^\/(?:[a-z]\/|proof(?:[/?]|$))/;
const onApi = /^\/(?:v1|docs|openapi\.json|metrics)(?:[/?]|$)/;

/** A page's script, whatever it was made to do, then shares no origin with the API's documentation or its keys. */
export const byHost =
  (origins: () => Origins): onRequestHookHandler =>
  ({ routeOptions: { url = '' }, host }, reply, done) => {
    const { api, site } = origins();
    const [apiHost, siteHost, asked] = [hostOf(api), hostOf(site), plain(host)];
    const isElsewhere =
      apiHost !== siteHost &&
      ((asked === siteHost && onApi.test(url)) || (asked === apiHost && onSite.test(url)));
    if (isElsewhere) reply.callNotFound();
    else done();
  };

const hostOf = keep((origin: string) => plain(new URL(origin).host));

/** Browsers write a name as they like: capitals, the root's dot, the port that goes without saying. */
function plain(host: string): string {
  return host
    .toLowerCase()
    .replace(/:(?:80|443)$/, '')
    .replace(/\.(?=:|$)/, '');
}
