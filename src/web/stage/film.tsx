// Enters: a storyboard and the components of its composition. Leaves: the picture of the current frame.
// Never: data beside the storyboard; a scene gets its own props and nothing else.
import { compositions, type SceneComponents } from 'dearly/compositions';
import type { ComponentType } from 'react';
import { AbsoluteFill, Series } from 'remotion';
import type { Storyboard } from '../../merge/snapshot.ts';
import { SceneBoundary } from './scene-boundary.tsx';

/** A type alias: the player wants props that can be looked up by any name. */
export type FilmProps = { readonly storyboard: Storyboard };
export type Film = ComponentType<FilmProps>;

const films = new Map<string, Promise<Film>>();

/** One film per composition, so that React sees the same component again. */
export function loadFilm(composition: string): Promise<Film> {
  const known = films.get(composition);
  if (known) return known;
  const load = compositions[composition];
  if (!load) return Promise.reject(new Error(`no composition "${composition}" in this bundle`));
  const film = load().then(({ scenes }) => filmOf(scenes));
  films.set(composition, film);
  return film;
}

function filmOf(components: SceneComponents): Film {
  return function Film({ storyboard }) {
    return (
      <AbsoluteFill lang={storyboard.lang}>
        <Series>
          {storyboard.scenes.map((scene) => (
            <Series.Sequence
              key={scene.id}
              name={scene.id}
              durationInFrames={scene.durationInFrames}
              // The next scene stands ready when its first frame comes.
              premountFor={storyboard.fps}
            >
              <SceneBoundary scene={scene.id}>{drawScene(components, scene.id, scene.props)}</SceneBoundary>
            </Series.Sequence>
          ))}
        </Series>
      </AbsoluteFill>
    );
  };
}

function drawScene(components: SceneComponents, id: string, props: Storyboard['scenes'][number]['props']) {
  const Scene = components[id];
  if (!Scene) throw new Error(`scene "${id}": no component in scenes/${id}.tsx`);
  return <Scene {...props} />;
}
