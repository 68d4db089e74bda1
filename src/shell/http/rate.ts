// Limits count per link, not per address: whole companies and mail providers ask from one address, and a link cannot be guessed.
import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

export const rateLimit: RateLimitPluginOptions = {
  max: 600,
  timeWindow: '1 minute',
  cache: 20_000,
  keyGenerator: ({ params, ip }: FastifyRequest) => {
    const token: unknown = Object(params).token;
    return typeof token === 'string' ? token.slice(0, 64) : ip;
  },
  // API clients hold a key, and operators look at health as often as they like.
  allowList: ({ url }: FastifyRequest) => !/^\/[svicouakpg]\//.test(url),
};

/** Forms: nobody answers thirty times a minute; pages report every few seconds. */
export const formLimit = { rateLimit: { max: 30, timeWindow: '1 minute' } };
