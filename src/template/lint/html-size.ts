import type { MergedLint } from './lint.ts';

const kilobyte = 1024;
export const clippedBytes = 102 * kilobyte;
const closeBytes = 90 * kilobyte;

export const htmlSize: MergedLint = {
  name: 'html-size',
  level: 'fault',
  looksFor: 'samples whose HTML has more than 102 KB; a warning from 90 KB on. The biggest is told',
  why: 'Gmail cuts a message off at 102 KB, with the footer and its unsubscribe link',
  how: 'show less of the lists, or move the details to the page',
  *measure(samples) {
    const sized = samples.map(({ name, html }) => ({ name, bytes: Buffer.byteLength(html) }));
    const [biggest] = sized.sort((a, b) => b.bytes - a.bytes);
    if (biggest === undefined || biggest.bytes <= closeBytes) return;
    yield {
      file: 'email.mjml',
      line: 1,
      what: `the HTML has ${Math.ceil(biggest.bytes / kilobyte)} KB for ${biggest.name}`,
      level: biggest.bytes > clippedBytes ? 'fault' : 'warning',
    };
  },
};
