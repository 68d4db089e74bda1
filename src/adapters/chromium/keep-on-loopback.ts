import { RenderInternals } from '@remotion/renderer';

/**
 * Remotion serves its bundle, and a proxy that fetches any address, on all network interfaces while it renders.
 * Its port configuration is one shared object, read at each start: bind it to loopback, once, before the first render.
 */
export function keepOnLoopback(): void {
  Object.assign(RenderInternals.getPortConfig(true), { host: '127.0.0.1', hostsToTry: ['127.0.0.1'] });
}
