// Enters: a storyboard and a format. Leaves: frames for a renderer. Never: a frame before scenes and fonts are there.
import { useEffect, useState } from 'react';
import {
  AbsoluteFill,
  type CalculateMetadataFunction,
  Composition,
  cancelRender,
  useDelayRender,
} from 'remotion';
import { type Format, formats } from '../../author.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { type Film, loadFilm } from './film.tsx';
import { loadFonts } from './load-fonts.ts';

export interface StageProps extends Record<string, unknown> {
  readonly storyboard: Storyboard;
  readonly format: Format;
}

/** The one composition that the renderer knows; everything personal comes in as its props. */
const stageId = 'storyboard';

const empty: Storyboard = {
  composition: '',
  version: '',
  fps: 30,
  lang: 'en',
  posterFrame: 0,
  scenes: [],
};

const measure: CalculateMetadataFunction<StageProps> = ({ props }) => ({
  ...formats[props.format],
  fps: props.storyboard.fps,
  durationInFrames: Math.max(
    1,
    props.storyboard.scenes.reduce((sum, scene) => sum + scene.durationInFrames, 0),
  ),
});

export function Stage() {
  return (
    <Composition
      id={stageId}
      component={Curtain}
      calculateMetadata={measure}
      defaultProps={{ storyboard: empty, format: '16:9' }}
      {...formats['16:9']}
      fps={30}
      durationInFrames={1}
    />
  );
}

function Curtain({ storyboard }: StageProps) {
  const { delayRender, continueRender } = useDelayRender();
  const [handle] = useState(() => delayRender('scenes and fonts'));
  const [film, setFilm] = useState<{ readonly Film: Film } | null>(null);

  useEffect(() => {
    Promise.all([loadFilm(storyboard.composition), loadFonts(storyboard.scenes.map((it) => it.props))]).then(
      ([Film]) => setFilm({ Film }),
      (cause: unknown) => cancelRender(cause instanceof Error ? cause : new Error(String(cause))),
    );
  }, [storyboard]);

  useEffect(() => {
    if (film) continueRender(handle);
  }, [film, handle, continueRender]);

  // Black behind transparent parts, as everywhere a film is shown.
  return (
    <AbsoluteFill style={{ backgroundColor: '#000' }}>
      {film && <film.Film storyboard={storyboard} />}
    </AbsoluteFill>
  );
}
