import { Thumbnail } from '@remotion/player';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '../../../src/web/stage/fonts.css';
import '../../../src/web/stage/emoji.css';
import { type Format, formats } from '../../../src/author.ts';
import type { Storyboard } from '../../../src/merge/snapshot.ts';
import { loadFilm } from '../../../src/web/stage/film.tsx';
import { loadFonts } from '../../../src/web/stage/load-fonts.ts';

export interface FilmPage {
  /** Mounts a film at its first frame. */
  open(storyboard: Storyboard, format: Format): Promise<void>;
  /** Sets another frame; tells whether its DOM is another. */
  show(frame: number): boolean;
}

const host = document.createElement('div');
document.body.style.margin = '0';
document.body.append(host);
const root = createRoot(host);
const observer = new MutationObserver(() => {});
observer.observe(host, { subtree: true, childList: true, characterData: true, attributes: true });
let draw: (frame: number) => void = () => {};
let opened = 0;
let fault: Error | null = null;

const film: FilmPage = {
  async open(storyboard, format) {
    const [component] = await Promise.all([
      loadFilm(storyboard.composition),
      loadFonts(storyboard.scenes.map(({ props }) => props)),
    ]);
    const { width, height } = formats[format];
    const inputProps = { storyboard };
    const durationInFrames = storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
    opened += 1;
    const key = opened;
    fault = null;
    draw = (frame) => {
      flushSync(() =>
        root.render(
          <Thumbnail
            key={key}
            component={component}
            inputProps={inputProps}
            frameToDisplay={frame}
            durationInFrames={durationInFrames}
            compositionWidth={width}
            compositionHeight={height}
            fps={storyboard.fps}
            noSuspense
            errorFallback={({ error }) => {
              fault = error;
              return null;
            }}
            logLevel="error"
            style={{ width, height }}
          />,
        ),
      );
      if (fault) throw fault;
    };
    draw(0);
    for (let quiet = 0; quiet < 2; ) {
      await new Promise(requestAnimationFrame);
      quiet = observer.takeRecords().length === 0 ? quiet + 1 : 0;
    }
    await document.fonts.ready;
  },
  show(frame) {
    draw(frame);
    return observer.takeRecords().length > 0;
  },
};

Object.assign(globalThis, { film });
