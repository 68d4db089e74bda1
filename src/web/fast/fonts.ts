import type { SceneProps } from '../../template/composition.ts';
import { loadFonts } from '../stage/load-fonts.ts';

/** Loads the faces that these texts need. @throws Error naming the one that fails */
export async function awaitFonts(props: SceneProps): Promise<void> {
  await loadFonts(props).catch((cause: unknown) => {
    throw new Error(`the font ${failed() ?? String(cause)} cannot be loaded`, { cause });
  });
}

/**
 * What a scene brings beside the house's faces, begun to load when it first showed. True where one had to be waited for: then
 * texts stand elsewhere now. @throws Error naming the one that fails
 */
export async function awaitSceneFonts(): Promise<boolean> {
  const isLoading = document.fonts.status === 'loading';
  if (isLoading) await document.fonts.ready;
  const font = failed();
  if (font !== null) throw new Error(`the font ${font} cannot be loaded`);
  return isLoading;
}

function failed(): string | null {
  for (const face of document.fonts) if (face.status === 'error') return `${face.family} ${face.weight}`;
  return null;
}
