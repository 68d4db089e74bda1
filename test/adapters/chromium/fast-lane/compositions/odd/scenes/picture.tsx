import { AbsoluteFill } from 'remotion';

export default function Picture({ src }: { readonly src: string }) {
  return (
    <AbsoluteFill>
      <img src={src} alt="" style={{ width: '100%', height: '100%' }} />
    </AbsoluteFill>
  );
}
