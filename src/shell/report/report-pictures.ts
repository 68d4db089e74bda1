import type { Report } from '../../run/campaign/report.ts';
import { drawFunnel } from './draw-funnel.ts';
import { drawVariants } from './draw-variants.ts';

/** By file name: the funnel of everybody, and the variants side by side where there are several. */
export function reportPictures(report: Report): ReadonlyMap<string, string> {
  const pictures = new Map([['funnel.svg', drawFunnel(report)]]);
  if (report.variants.length > 1) pictures.set('variants.svg', drawVariants(report));
  return pictures;
}
