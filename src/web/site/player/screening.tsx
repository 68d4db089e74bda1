import { Player, type PlayerRef } from '@remotion/player';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { formats } from '../../../author.ts';
import { indexAt } from './chapters.ts';
import { Controls } from './controls.tsx';
import { FilmLinks } from './film-links.tsx';
import { actionFor } from './keys.ts';
import { Picture } from './picture.tsx';
import { useFormat } from './use-format.ts';
import { usePlayback } from './use-playback.ts';
import type { ViewProps } from './view-props.ts';

/** The film in motion: picture, captions when wanted, controls. */
export function Screening({ film, data, chapters, reporter, onReady }: ViewProps) {
  const { storyboard, words } = data;
  const house = useRef<HTMLDivElement>(null);
  const player = useRef<PlayerRef>(null);
  const [captions, setCaptions] = useState(false);
  const { frame, playing, ended } = usePlayback(player, reporter);
  const { format, fullscreen, toggleFullscreen } = useFormat(house);
  const total = chapters.at(-1)?.end ?? 1;
  const chapter = chapters[indexAt(chapters, frame)];
  const inputProps = useMemo(() => ({ storyboard }), [storyboard]);

  // Keys may come faster than frames are drawn; each counts from where the one before it led, and a frame that
  // was on its way before that says nothing of where we are.
  const where = useRef(0);
  const sought = useRef<number | null>(null);
  useEffect(() => {
    const since = sought.current === null ? 0 : frame - sought.current;
    if (since < 0 || since > storyboard.fps) return;
    if (since > 0) sought.current = null;
    where.current = frame;
  }, [frame, storyboard.fps]);

  const seek = (to: number) => {
    where.current = Math.max(0, Math.min(total - 1, Math.round(to)));
    sought.current = where.current;
    player.current?.seekTo(where.current);
  };
  const chapterFrom = (at: number, steps: number) => chapters[indexAt(chapters, at) + steps]?.start ?? at;
  const toggle = () => {
    if (ended) seek(0);
    if (ended || !playing) player.current?.play();
    else player.current?.pause();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is handed over once, when the player stands
  useEffect(() => {
    const play = () => {
      player.current?.play();
      house.current?.querySelector<HTMLElement>('.dv-play')?.focus({ preventScroll: true });
    };
    const show = (index: number) => {
      seek(chapters[index]?.start ?? 0);
      play();
      house.current?.scrollIntoView({ block: 'nearest' });
    };
    onReady({ play, show });
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionFor(event);
    if (action === null) return;
    event.preventDefault();
    if (action === 'toggle') toggle();
    else if (action === 'captions') setCaptions((on) => !on);
    else if (action === 'fullscreen') toggleFullscreen();
    else if ('seconds' in action) seek(where.current + action.seconds * storyboard.fps);
    else if ('chapters' in action) seek(chapterFrom(where.current, action.chapters));
    else seek(action.share * (total - 1));
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are shortcuts for the buttons inside
    <div ref={house} className="dv-house" data-playing={playing} onKeyDown={onKeyDown}>
      <div className="dv-screen">
        <Picture format={format} fills={fullscreen} label={`${words.film}: ${chapter?.chapter ?? ''}`}>
          <Player
            ref={player}
            component={film}
            inputProps={inputProps}
            durationInFrames={total}
            compositionWidth={formats[format].width}
            compositionHeight={formats[format].height}
            fps={storyboard.fps}
            numberOfSharedAudioTags={0}
            clickToPlay={!ended}
            doubleClickToFullscreen={false}
            spaceKeyToPlayOrPause={false}
            moveToBeginningWhenEnded={false}
            acknowledgeRemotionLicense
            logLevel="error"
            style={{ width: '100%', height: '100%' }}
          />
        </Picture>
        {chapter && (
          <FilmLinks
            links={data.links}
            shown={(chapter.interactions ?? []).filter(
              ({ from, until }) => frame >= chapter.start + from && frame < chapter.start + until,
            )}
          />
        )}
      </div>
      {captions && chapter && (
        <p className="dv-captions" dir="auto">
          {chapter.caption}
        </p>
      )}
      <Controls
        words={words}
        chapters={chapters}
        fps={storyboard.fps}
        frame={frame}
        state={ended ? 'ended' : playing ? 'playing' : 'paused'}
        captions={captions}
        fullscreen={fullscreen}
        onToggle={toggle}
        onSeek={seek}
        onCaptions={() => setCaptions((on) => !on)}
        onFullscreen={toggleFullscreen}
      />
    </div>
  );
}
