// Enters: an environment. Leaves: one frozen Config. Never: read anywhere else in src/, or twice.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DearlyError } from './errors.ts';

const webAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const unitBytes: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9, TB: 1e12 };

/** `500MB`, `1.5TB` → bytes. */
const byteCount = z
  .string()
  .regex(/^\d*[1-9]\d*(\.\d+)?[MGT]B$/, 'expected a size like 20GB, 500MB or 1.5TB')
  .transform((size) => Number(size.slice(0, -2)) * (unitBytes[size.slice(-2)] ?? 1));

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DEARLY_DATA_DIR: z.string().min(1).default('.dearly'),
  DEARLY_STORAGE_URL: z.url({ protocol: /^(file|s3)$/ }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  DEARLY_INBOUND: z
    .string()
    .regex(
      /^(lmtp|smtp):\/\/(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/i,
      'expected lmtp://HOST:PORT or smtp://HOST:PORT',
    )
    .optional(),
  PUBLIC_URL: webAddress.optional(),
  SITE_URL: webAddress.optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DEARLY_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  DEARLY_SECRET_PREVIOUS: z.string().min(32, 'expected at least 32 characters').optional(),
  DEARLY_BROWSER: z.string().optional(),
  DEARLY_VIDEO_LANE: z.enum(['auto', 'fast', 'reference']).default('auto'),
  DEARLY_FILM_BUDGET: byteCount.default(20e9),
  DEARLY_SPEECH: z
    .string()
    .regex(/^(command:\s*\S|https?:\/\/[^\s/])/, 'expected command:PROGRAM or the address of a /v1')
    .transform((engine) => engine.replace(/\/+$/, ''))
    .optional(),
  DEARLY_SPEECH_KEY: z.string().optional(),
  DEARLY_SPEECH_MODEL: z.string().optional(),
  DEARLY_SPEECH_VOICE: z.string().optional(),
  DEARLY_WEBHOOKS_LOCAL: z.stringbool().default(false),
  DEARLY_CHAT_URL: webAddress.optional(),
  DEARLY_CHAT_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'expected whsec_ and at least 24 bytes in base64')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Secrets may come from a file instead: NAME_FILE holds its path (Docker and Kubernetes secrets). */
const secrets = [
  'DATABASE_URL',
  'SMTP_URL',
  'DEARLY_SECRET',
  'DEARLY_SECRET_PREVIOUS',
  'DEARLY_SPEECH_KEY',
  'DEARLY_CHAT_SECRET',
] as const;

export interface Config {
  /** A PostgreSQL of your own; without it the embedded server in `dataDir` is used. */
  readonly databaseUrl: string | undefined;
  /** Absolute path of the folder that holds everything Dearly keeps on this machine. */
  readonly dataDir: string;
  /** `file:///…` or `s3://bucket/prefix`. */
  readonly storageUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  /** `lmtp://host:port` or `smtp://host:port`: where bounces and complaints are taken. */
  readonly inboundUrl: string | undefined;
  /** Origin of the API, without a trailing slash; undefined means the address the server listens on. */
  readonly publicUrl: string | undefined;
  /** Origin of recipients' pages; `publicUrl` unless set. */
  readonly siteUrl: string | undefined;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Signs links; without it one is made and kept in `dataDir`. */
  readonly secret: string | undefined;
  /** Links, bounce addresses and sealed secrets made with this one are still good while it is replaced. */
  readonly previousSecret: string | undefined;
  /** Path of a browser that is tried before all others. */
  readonly browser: string | undefined;
  readonly videoLane: 'auto' | 'fast' | 'reference';
  /** What films, their scenes and sounds may take in storage together; the least recently used go. */
  readonly filmBudgetBytes: number;
  /** Says what has no recording; undefined where nothing does. */
  readonly speech: SpeechConfig | undefined;
  /** Where conversations of pages are handed over to, signed with its secret; undefined where nobody reads along. */
  readonly chat: { readonly url: string; readonly secret: string } | undefined;
  /** Webhooks may go to this machine, by http as well; otherwise to public https addresses alone. */
  readonly webhooksLocal: boolean;
  readonly logLevel: string;
}

export interface SpeechConfig {
  /** `command:espeak-ng`, or the address of an OpenAI-compatible endpoint up to `/v1`. */
  readonly engine: string;
  readonly key: string | undefined;
  readonly model: string | undefined;
  readonly voice: string | undefined;
}

/** @throws DearlyError `config-invalid`, naming every variable that is wrong at once. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const input: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) if (value !== '') input[name] = value;
  for (const name of secrets) {
    const file = input[`${name}_FILE`];
    if (file !== undefined && input[name] === undefined) input[name] = readSecret(name, file);
  }
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const details = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new DearlyError('config-invalid', 'The environment cannot be used as it stands.', { details });
  }
  const it = parsed.data;
  return Object.freeze({
    databaseUrl: it.DATABASE_URL,
    dataDir: resolve(it.DEARLY_DATA_DIR),
    storageUrl: it.DEARLY_STORAGE_URL,
    smtpUrl: it.SMTP_URL,
    inboundUrl: it.DEARLY_INBOUND,
    publicUrl: it.PUBLIC_URL,
    siteUrl: it.SITE_URL ?? it.PUBLIC_URL,
    host: it.HOST,
    port: it.PORT,
    secret: it.DEARLY_SECRET,
    previousSecret: it.DEARLY_SECRET_PREVIOUS,
    browser: it.DEARLY_BROWSER,
    videoLane: it.DEARLY_VIDEO_LANE,
    filmBudgetBytes: it.DEARLY_FILM_BUDGET,
    speech:
      it.DEARLY_SPEECH === undefined
        ? undefined
        : {
            engine: it.DEARLY_SPEECH,
            key: it.DEARLY_SPEECH_KEY,
            model: it.DEARLY_SPEECH_MODEL,
            voice: it.DEARLY_SPEECH_VOICE,
          },
    chat: chatOf(it.DEARLY_CHAT_URL, it.DEARLY_CHAT_SECRET),
    webhooksLocal: it.DEARLY_WEBHOOKS_LOCAL,
    logLevel: it.LOG_LEVEL,
  });
}

/** One without the other would be a hand-over that nobody can check, or none. */
function chatOf(url: string | undefined, secret: string | undefined): Config['chat'] {
  if (url === undefined && secret === undefined) return undefined;
  if (url !== undefined && secret !== undefined) return { url, secret };
  throw new DearlyError('config-invalid', 'The chat cannot be handed over as the environment stands.', {
    details: [`${url === undefined ? 'DEARLY_CHAT_URL' : 'DEARLY_CHAT_SECRET'}: expected beside the other`],
  });
}

function readSecret(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new DearlyError('config-invalid', `${name}_FILE names a file that cannot be read.`, {
      cause,
      details: [`${name}_FILE: ${file}`],
    });
  }
}
