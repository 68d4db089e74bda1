import type { Config } from '../../config.ts';
import type { Speech } from '../../render/sound/speech.ts';
import { speechCommand } from './speech-command.ts';
import { speechEndpoint } from './speech-endpoint.ts';

/** Null where no engine is set up: words without a recording stay unsaid. */
export function openSpeech({ speech }: Pick<Config, 'speech'>): Speech | null {
  if (speech === undefined) return null;
  const { engine, key, model, voice } = speech;
  const command = /^command:(.+)$/.exec(engine)?.[1];
  if (command !== undefined) return speechCommand({ command, voice });
  return speechEndpoint({ url: engine, key, model: model ?? 'tts-1', voice: voice ?? 'alloy' });
}
