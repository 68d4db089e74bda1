import { Thumbnail } from '@remotion/player';
import { Component, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { StageJob } from '../../adapters/chromium/fast-lane/protocol.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { type Film, loadFilm } from '../stage/film.tsx';
import { findAssets, placeAssets } from './assets.ts';
import type { Rect } from './damage/rects.ts';
import { createDamageWatch } from './damage/watch-damage.ts';
import { awaitFonts, awaitSceneFonts } from './fonts.ts';
import { type Canvas, openCanvas } from './html-in-canvas.ts';
import { createPictureWatch, loadPictures } from './pictures.ts';

export interface OpenScene {
  readonly canvas: Canvas;
  /** Sets another frame; false when its DOM is the same as before. @throws what the scene threw */
  show(frame: number): boolean;
  /** Draws what is shown, once its pictures and fonts are there: what changed since it was drawn before. Resolves to where that was; null: everywhere. */
  paint(): Promise<readonly Rect[] | null>;
  close(): void;
}

/** Mounts a scene at `frame` in a canvas of its format. @throws what the scene threw, or naming a font or picture that cannot be had */
export async function openScene(job: StageJob, frame: number): Promise<OpenScene> {
  const props = placeAssets(job.scene.props);
  const [film, release] = await Promise.all([
    loadFilm(job.composition),
    loadPictures(findAssets(job.scene.props)),
    awaitFonts(job.scene.props),
  ]);
  const canvas = openCanvas(job.width, job.height);
  const fault: Fault = { thrown: null };
  const root = createRoot(canvas.host, { onCaughtError: () => {} });
  const observer = new MutationObserver(() => {});
  const watch = createPictureWatch(canvas.host);
  const damage = createDamageWatch(canvas.host, job.width, job.height);
  /** Changes since it was drawn. */
  let changes: MutationRecord[] = [];
  const inputProps = { storyboard: storyboardOf(job, props) };

  function show(at: number): boolean {
    flushSync(() => root.render(pictureOf(job, film, inputProps, at, fault)));
    if (fault.thrown) throw fault.thrown.reason;
    const records = observer.takeRecords();
    changes.push(...records);
    return records.length > 0;
  }

  async function paint(): Promise<readonly Rect[] | null> {
    await watch.settle();
    if (await awaitSceneFonts()) damage.forget();
    changes.push(...observer.takeRecords());
    const within = job.drawAlways ? null : damage.damageOf(changes);
    changes = [];
    await canvas.paint(within);
    return within;
  }

  function close(): void {
    observer.disconnect();
    root.unmount();
    canvas.remove();
    release();
  }

  observer.observe(canvas.host, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  try {
    show(frame);
    await settle(observer);
  } catch (cause) {
    close();
    throw cause;
  }
  return { canvas, show, paint, close };
}

/** The player measures its place before it draws to size, and scenes may measure theirs: until nothing moves any more. */
async function settle(observer: MutationObserver): Promise<void> {
  for (let quiet = 0, round = 0; quiet < 2 && round < 60; round += 1) {
    await new Promise(requestAnimationFrame);
    quiet = observer.takeRecords().length === 0 ? quiet + 1 : 0;
  }
}

interface Fault {
  thrown: { readonly reason: unknown } | null;
}

function pictureOf(
  { width, height, fps, scene }: StageJob,
  film: Film,
  inputProps: { readonly storyboard: Storyboard },
  frame: number,
  fault: Fault,
) {
  return (
    <Guard fault={fault}>
      <Thumbnail
        component={film}
        inputProps={inputProps}
        frameToDisplay={frame}
        durationInFrames={scene.durationInFrames}
        compositionWidth={width}
        compositionHeight={height}
        fps={fps}
        noSuspense
        logLevel="error"
        errorFallback={({ error }) => {
          fault.thrown = { reason: error };
          return null;
        }}
        style={{ width, height }}
      />
    </Guard>
  );
}

/** For what breaks outside of the player's own boundary. */
class Guard extends Component<{ readonly fault: Fault; readonly children: ReactNode }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(reason: unknown) {
    this.props.fault.thrown = { reason };
  }

  override render() {
    return this.state.broken ? null : this.props.children;
  }
}

/** Films are of storyboards: here one of a single scene. */
function storyboardOf(
  { composition, fps, lang, scene }: StageJob,
  props: StageJob['scene']['props'],
): Storyboard {
  return {
    composition,
    version: '',
    fps,
    lang,
    posterFrame: 0,
    scenes: [{ ...scene, props, chapter: '', caption: '' }],
  };
}
