import { buffer } from 'node:stream/consumers';
import type { Attachment } from '../deliver/attachment.ts';
import { DearlyError } from '../errors.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import type { ArtefactStore } from '../render/artefact-store.ts';
import type { Pdfs } from './make-pdf.ts';
import type { Pictures } from './make-picture.ts';
import type { Stills } from './video/make-stills.ts';

/** What travels with a message, as bytes. Most messages have nothing, and this costs them nothing. */
export type Attach = (snapshot: Snapshot) => Promise<Attachment[]>;

/** Mailbox providers refuse messages of 20 MB and more; nobody wants one of 5. */
const mostBytes = 5 * 1024 * 1024;

export function makeAttach(tools: {
  readonly store: ArtefactStore;
  readonly stills: Stills;
  readonly pictures: Pictures;
  readonly pdfs: Pick<Pdfs, 'draw'>;
}): Attach {
  return async (snapshot) => {
    const attachments: Attachment[] = [];
    for (const source of snapshot.attachments ?? []) {
      const { filename } = source;
      if ('text' in source) {
        const { contentType, text } = source;
        attachments.push({ filename, contentType, content: Buffer.from(text) });
        continue;
      }
      const { artefact } = source;
      if (artefact === 'pdf') {
        const content = await tools.pdfs.draw(snapshot);
        attachments.push({ filename, contentType: 'application/pdf', content });
        continue;
      }
      const { key } =
        artefact === 'poster'
          ? await tools.stills.get(snapshot, 'poster.jpg')
          : await tools.pictures.get(snapshot, artefact.slice('pictures/'.length));
      attachments.push({
        filename,
        contentType: 'image/jpeg',
        content: await buffer(await tools.store.read(key)),
      });
    }
    const bytes = attachments.reduce((sum, { content }) => sum + content.byteLength, 0);
    if (bytes <= mostBytes) return attachments;
    throw new DearlyError(
      'pack-invalid',
      `The attachments come to ${bytes} bytes; at most ${mostBytes} may go with a message.`,
    );
  };
}
