import { useLayoutEffect } from 'react';

/** Brings a font that is none. */
export default function Font() {
  useLayoutEffect(() => {
    const face = new FontFace('Broken Grotesk', new Uint8Array([1, 2, 3, 4]));
    document.fonts.add(face);
    face.load().catch(() => {});
  }, []);
  return <p style={{ fontFamily: 'Broken Grotesk' }}>letters</p>;
}
