import type { Command } from 'commander';
import { toWebVtt } from '../../render/captions.ts';
import { fileCommand } from './render-file.ts';

export function posterCommand(): Command {
  return fileCommand({
    name: 'poster',
    description: "the film's picture under a play button, as JPEG or WebP",
    endings: ['.jpg', '.jpeg', '.webp'],
    title: 'Drawing the poster',
    hasFormat: true,
    examples: `  $ npm run dearly -- render poster --profile NL-100001 --out poster.jpg
  $ npm run dearly -- render poster --profile NL-100001 --format 9:16 --out poster.webp`,
    async make({ snapshot, format }, { wire, signal, ending }) {
      const name = ending === '.webp' ? 'poster.webp' : 'poster.jpg';
      return await wire.store.read((await wire.stills.get(snapshot, name, format, signal)).key);
    },
  });
}

export function gifCommand(): Command {
  return fileCommand({
    name: 'gif',
    description: 'a GIF of the film, at most 1 MB, that begins with the poster',
    endings: ['.gif'],
    title: 'Drawing the GIF',
    hasFormat: true,
    examples: '  $ npm run dearly -- render gif --profile NL-100001 --out teaser.gif',
    async make({ snapshot, format }, { wire, signal }) {
      return await wire.store.read((await wire.stills.get(snapshot, 'teaser.gif', format, signal)).key);
    },
  });
}

export function sheetCommand(): Command {
  return fileCommand({
    name: 'sheet',
    description: 'a contact sheet: every scene at a few moments, for review without watching, as WebP',
    endings: ['.webp'],
    title: 'Drawing the sheet',
    hasFormat: true,
    examples: `  $ npm run dearly -- render sheet --profile NL-100001 --out sheet.webp
  $ npm run dearly -- render sheet --profile NL-100001 --format 9:16 --out phone.webp`,
    async make({ snapshot, format }, { wire, signal }) {
      return await wire.store.read((await wire.stills.get(snapshot, 'sheet.webp', format, signal)).key);
    },
  });
}

export function captionsCommand(): Command {
  return fileCommand({
    name: 'captions',
    description: "the film's words as WebVTT, timed to its scenes",
    endings: ['.vtt'],
    hasFormat: false,
    examples: '  $ npm run dearly -- render captions --profile NL-100001 --out film.vtt',
    make: async ({ storyboard }) => toWebVtt(storyboard),
  });
}
