import { useCurrentFrame } from 'remotion';

export default function Throws({ at }: { readonly at: number }) {
  const frame = useCurrentFrame();
  if (frame >= at) throw new Error(`no amount at frame ${frame}`);
  return <p>{frame}</p>;
}
