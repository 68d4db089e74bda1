import { DearlyError } from '../../errors.ts';
import { drawFor } from './pictures.ts';
import { type Press, Refusal } from './press.ts';
import type { Ask } from './protocol.ts';
import type { Workshop } from './wire.ts';

/** The message's page on paper. A picture that cannot be drawn leaves its words behind, as for a recipient. @throws Refusal, DearlyError */
export async function drawDocument(
  ask: Ask,
  tools: { readonly press: Press; readonly workshop: Workshop },
): Promise<Uint8Array> {
  const { html, css, pictures } = await tools.press.ask('print', ask);
  const files = new Map<string, { bytes: Uint8Array; type: string }>();
  for (const { path, artefact } of pictures) {
    const bytes = await drawFor(ask, artefact.replace(/^pictures\//, ''), tools).catch((error: unknown) => {
      if (error instanceof Refusal || error instanceof DearlyError) return null;
      throw error;
    });
    if (bytes !== null) files.set(path, { bytes, type: 'image/jpeg' });
  }
  return await tools.workshop.print({ html, css, files });
}
