/** Fetches and decodes pictures, and keeps them at hand until they are released. @throws Error naming the first that fails */
export async function loadPictures(urls: readonly string[]): Promise<() => void> {
  const kept = await Promise.all(
    urls.map(async (src) => {
      const picture = new Image();
      picture.src = src;
      await decode(picture);
      return picture;
    }),
  );
  return () => {
    kept.length = 0;
  };
}

/** Watches the pictures of a scene. A frame is drawn only when all that it shows are decoded. */
export function createPictureWatch(host: HTMLElement) {
  const decoded = new WeakMap<HTMLImageElement, string>();
  const pictures = host.getElementsByTagName('img');
  return {
    /** @throws Error naming the first picture that cannot be had */
    async settle(): Promise<void> {
      for (const picture of pictures) {
        if (decoded.get(picture) === picture.src) continue;
        const { src } = picture;
        await decode(picture);
        decoded.set(picture, src);
      }
    },
  };
}

async function decode(picture: HTMLImageElement): Promise<void> {
  await picture.decode().catch(() => {
    throw new Error(`the picture ${nameOf(picture.src)} cannot be had or decoded`);
  });
}

/** The page's own address holds a secret; what stands in a data URL is nobody's business. */
function nameOf(src: string): string {
  const { baseURI } = document;
  const base = baseURI.slice(0, baseURI.lastIndexOf('/') + 1);
  if (src.startsWith(`${base}asset/`)) return `asset:${src.slice(base.length + 'asset/'.length)}`;
  if (src.startsWith(base)) return src.slice(base.length);
  return src.length > 60 ? `${src.slice(0, 60)}…` : src;
}
