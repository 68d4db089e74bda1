import { Player, type PlayerRef } from '@remotion/player';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { Captions } from './captions.tsx';
import { indexAt } from './chapters.ts';
import { ChapterList } from './controls/chapter-list.tsx';
import { Controls } from './controls/controls.tsx';
import { interactionAt } from './direct.ts';
import { Overlay } from './overlay/overlay.tsx';
import { Picture } from './picture.tsx';
import { useSettings } from './settings.ts';
import { useAdapted, useAnswered } from './use-adapted.ts';
import { useBed } from './use-bed.ts';
import { useDirector } from './use-director.ts';
import { useFilmProps } from './use-film-props.ts';
import { useFormat } from './use-format.ts';
import { useKeys } from './use-keys.ts';
import { usePlayback } from './use-playback.ts';
import { useVoice, useVoices } from './use-voice.ts';
import type { ViewProps } from './view-props.ts';

/** The film in motion: picture, what lies over it, captions when wanted, controls. */
export function Screening({ film: scenes, data, book, bedUrl, reporter, onReady, ...props }: ViewProps) {
  const { words } = data;
  const house = useRef<HTMLDivElement>(null);
  const player = useRef<PlayerRef>(null);
  const listId = useId();
  const { storyboard, film, answers } = useAdapted(data, book);
  const { chapters } = film;
  const { fps } = storyboard;
  const [settings, change] = useSettings();
  const [list, setList] = useState(false);
  const [keysHelp, setKeysHelp] = useState(false);
  const { format, fullscreen, toggleFullscreen } = useFormat(house, storyboard.formats);
  const { frame, playing, ended, deck, where } = usePlayback(player, reporter, {
    onFrame: (frame) => director.tell({ type: 'frame', frame }),
    onEnded: () => director.tell({ type: 'ended' }),
  });
  const director = useDirector(deck, film);
  const { state, tell, opener } = director;
  const total = chapters.at(-1)?.end ?? 1;
  const current = indexAt(chapters, frame);
  const chapter = chapters[current];
  const filmProps = useFilmProps(scenes, storyboard, chapters, format);
  const voices = useVoices(props.voices);
  const canBeHeard = bedUrl !== null || voices !== null;
  const isHeard = settings.sound && (voices === null || settings.voice);
  const captions = settings.captions ?? (canBeHeard && !isHeard);
  const way = state.ways.at(-1);

  const onRefused = () => change({ sound: false });
  const { rate } = settings;
  const gainAt = useVoice({
    voices: isHeard ? voices : null,
    ...{ storyboard, chapters, answers, frame, playing, rate, onRefused },
    home: way?.from ?? null,
  });
  useBed({ url: bedUrl, frame, fps, total, playing, muted: !settings.sound, rate, gainAt, onRefused });
  const openForm = state.open && interactionAt(state.open.spot, film);
  useAnswered(
    book,
    useCallback(
      (form) => {
        if (openForm && 'form' in openForm && openForm.form === form)
          reporter.did({ kind: openForm.kind, scene: chapters[current]?.id ?? '', form });
        tell({ type: 'answered', form });
      },
      [openForm, chapters, current, reporter, tell],
    ),
  );

  const seek = (frame: number) => tell({ type: 'seek', frame });
  const showChapter = (index: number) => seek(chapters[index]?.start ?? 0);
  const play = () => {
    setKeysHelp(false);
    if (state.open !== null) tell({ type: 'close' });
    else if (ended) seek(0);
    player.current?.play();
  };
  const toggle = () => (playing ? player.current?.pause() : play());
  // Who asks for the voice wants to hear it.
  const toggleVoice = () => change(isHeard ? { voice: false } : { voice: true, sound: true });
  const showKeys = () => {
    opener.current = document.activeElement;
    player.current?.pause();
    setKeysHelp(true);
  };
  const closeList = () => {
    setList(false);
    house.current?.querySelector<HTMLElement>('.dv-chapters-button')?.focus();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is handed over once, when the player stands
  useEffect(() => {
    const start = () => {
      player.current?.play();
      house.current?.querySelector<HTMLElement>('.dv-play')?.focus({ preventScroll: true });
      // Controls and what can be pressed stand at the picture's foot, which the fold may hide.
      requestAnimationFrame(() => house.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' }));
    };
    const show = (index: number) => {
      showChapter(index);
      start();
    };
    onReady({ play: start, show });
  }, []);

  const onKeyDown = useKeys({
    fps,
    total,
    chapters,
    where,
    rate,
    seek,
    toggle,
    captions: () => change({ captions: !captions }),
    sound: () => change({ sound: !settings.sound }),
    voice: toggleVoice,
    setRate: (rate) => change({ rate }),
    toggleList: () => (list ? closeList() : setList(true)),
    fullscreen: toggleFullscreen,
    back: () => tell({ type: 'back' }),
    help: showKeys,
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are shortcuts for the buttons inside
    <div ref={house} className="dv-house" data-playing={playing} onKeyDown={onKeyDown}>
      <div className="dv-screen" data-format={format}>
        <Picture format={format} fills={fullscreen} label={`${words.film}: ${chapter?.chapter ?? ''}`}>
          <Player
            {...filmProps}
            ref={player}
            playbackRate={settings.rate}
            numberOfSharedAudioTags={0}
            clickToPlay={!ended && state.open === null}
            doubleClickToFullscreen={false}
            spaceKeyToPlayOrPause={false}
            moveToBeginningWhenEnded={false}
            acknowledgeRemotionLicense
          />
        </Picture>
        <Overlay
          data={data}
          film={film}
          director={director}
          reporter={reporter}
          frames={[frame]}
          playing={playing}
          answered={(form) => Object.hasOwn(answers, form)}
          speaks={voices !== null}
          onKeysClose={keysHelp ? () => setKeysHelp(false) : null}
        />
        {list && (
          <ChapterList
            id={listId}
            label={words.chapters}
            chapters={chapters}
            fps={fps}
            current={current}
            onPick={(index) => {
              showChapter(index);
              closeList();
            }}
            onClose={closeList}
          />
        )}
      </div>
      {captions && <Captions chapters={chapters} current={current} />}
      <Controls
        words={words}
        chapters={chapters}
        fps={fps}
        frame={frame}
        state={ended ? 'ended' : playing ? 'playing' : 'paused'}
        captions={captions}
        sound={canBeHeard ? settings.sound : null}
        voice={voices === null ? null : isHeard}
        rate={rate}
        fullscreen={fullscreen}
        list={{ id: listId, open: list }}
        onToggle={toggle}
        onSeek={seek}
        onCaptions={() => change({ captions: !captions })}
        onSound={() => change({ sound: !settings.sound })}
        onVoice={toggleVoice}
        onRate={(rate) => change({ rate })}
        onChapters={() => (list ? closeList() : setList(true))}
        onKeys={showKeys}
        onFullscreen={toggleFullscreen}
      />
    </div>
  );
}
