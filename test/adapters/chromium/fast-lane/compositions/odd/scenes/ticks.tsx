import { useRef } from 'react';
import { AbsoluteFill, useCurrentFrame } from 'remotion';

/** Paints by canvas: its DOM is the same in every frame. */
export default function Ticks() {
  const frame = useCurrentFrame();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = canvas.current?.getContext('2d');
  if (pen) {
    pen.fillStyle = `rgb(${frame * 8} 0 0)`;
    pen.fillRect(0, 0, 1280, 720);
  }
  return (
    <AbsoluteFill>
      <canvas ref={canvas} width={1280} height={720} />
    </AbsoluteFill>
  );
}
