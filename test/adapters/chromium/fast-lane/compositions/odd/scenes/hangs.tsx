import { useCurrentFrame } from 'remotion';

export default function Hangs() {
  const frame = useCurrentFrame();
  while (frame > 2) {
    // Never ends: what the lane's watch is for.
  }
  return <p>{frame}</p>;
}
