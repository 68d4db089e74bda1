// Enters: words. Leaves: a WAV file made by an OpenAI-compatible speech endpoint. Never: the key or the words in a message.
import { setTimeout as sleep } from 'node:timers/promises';
import { DearlyError } from '../../errors.ts';
import type { Speech } from '../../render/sound/speech.ts';
import { assertWave, speechLimitBytes, speechTimeoutMs } from './speech-fault.ts';

export interface EndpointOptions {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
  readonly voice: string;
  /** For one try. */
  readonly timeoutMs?: number;
  /** Before the second try; doubled for each one after it. */
  readonly pauseMs?: number;
  readonly limitBytes?: number;
}

const tries = 4;
/** A server that wants a longer rest is asked again by the next job. */
const longestPauseMs = 20_000;

/** https://platform.openai.com/docs/api-reference/audio/createSpeech, which many local engines speak as well. */
export function speechEndpoint(options: EndpointOptions): Speech {
  const { url, model, voice, pauseMs = 500 } = options;
  return {
    id: `endpoint ${url} ${model} ${voice}`,
    async speak(text, _lang, signal) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await ask(options, text, signal);
        } catch (error) {
          signal.throwIfAborted();
          if (!(error instanceof Busy)) throw error;
          if (attempt === tries || error.restMs > longestPauseMs) {
            throw new DearlyError('speech-unavailable', error.message, { cause: error.cause });
          }
          await sleep(Math.max(error.restMs, pauseMs * 2 ** (attempt - 1)), undefined, { signal });
        }
      }
    },
  };
}

/** Worth another try. */
class Busy extends Error {
  readonly restMs: number;
  constructor(message: string, restMs: number, cause?: unknown) {
    super(message, { cause });
    this.restMs = restMs;
  }
}

async function ask(options: EndpointOptions, text: string, signal: AbortSignal): Promise<Uint8Array> {
  const { url, key, model, voice, timeoutMs = speechTimeoutMs, limitBytes = speechLimitBytes } = options;
  let bytes: Uint8Array;
  try {
    const answer = await fetch(`${url}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, voice, input: text, response_format: 'wav' }),
      // A redirect could carry the words elsewhere.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      const said = `The speech endpoint answered ${answer.status}.`;
      if (answer.status === 408 || answer.status === 429 || answer.status >= 500)
        throw new Busy(said, restOf(answer));
      throw new DearlyError('speech-refused', said);
    }
    bytes = await readAtMost(answer, limitBytes);
  } catch (error) {
    if (error instanceof DearlyError || error instanceof Busy) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const said = isLate
      ? `The speech endpoint took longer than ${timeoutMs} ms.`
      : 'The speech endpoint cannot be reached.';
    throw new Busy(said, 0, error);
  }
  assertWave(bytes, 'The speech endpoint');
  return bytes;
}

/** `Retry-After` in seconds; dates are not worth the trouble here. */
function restOf(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

async function readAtMost(answer: Response, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > limitBytes)
      throw new DearlyError('speech-refused', `The speech endpoint sent more than ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
