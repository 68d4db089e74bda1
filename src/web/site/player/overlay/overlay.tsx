// Enters: where the film stands. Leaves: what lies over its picture: what can be pressed, and what was opened.
// Never: a jump or a wait of its own; it tells the director.
import type { Interaction } from '../../../../author.ts';
import type { PageData } from '../../page/page-data.ts';
import type { Reporter } from '../../page/reporter.ts';
import { type Film, interactionAt, type Spot, shownAt } from '../direct.ts';
import type { Director } from '../use-director.ts';
import { Choice } from './choice.tsx';
import { FilmForm } from './film-form.tsx';
import { KeysHelp } from './keys-help.tsx';
import { Pills } from './pills.tsx';
import { Reveal } from './reveal.tsx';
import { Sheet } from './sheet.tsx';

interface Props {
  readonly data: PageData;
  readonly film: Film;
  readonly director: Director;
  readonly reporter: Reporter;
  /** Frames whose interactions are shown: one, or all of a scene that stands still. */
  readonly frames: readonly number[];
  readonly playing: boolean;
  readonly answered: (form: string) => boolean;
  readonly speaks?: boolean;
  /** Closes the help with the keys; null where it is closed. */
  readonly onKeysClose: (() => void) | null;
}

export function Overlay({ data, film, director, reporter, frames, playing, ...props }: Props) {
  const { answered, speaks = false, onKeysClose } = props;
  const { words, links } = data;
  const { state, tell, opener } = director;
  const way = state.ways.at(-1);
  const open = state.open && interactionAt(state.open.spot, film);
  const shown = frames
    .flatMap((frame) => shownAt(frame, film))
    .filter(({ nth }, index, all) => all.findIndex((it) => it.nth === nth) === index);
  const close = () => tell({ type: 'close' });
  const report = (spot: Spot) => {
    const it = interactionAt(spot, film);
    const scene = film.chapters[spot.scene]?.id ?? '';
    if (it)
      reporter.did({ kind: it.kind, scene, ...('form' in it ? { form: it.form } : { label: it.label }) });
  };
  return (
    <>
      <Pills
        words={words}
        links={links}
        shown={shown}
        home={way === undefined ? null : chapterAt(film, way.from)}
        covered={open !== null && open !== undefined}
        onFollow={report}
        onOpen={(spot) => {
          report(spot);
          tell({ type: 'open', spot, plays: playing });
        }}
        onBack={() => tell({ type: 'back' })}
      />
      {open && state.open && (
        <Sheet
          key={`${state.open.spot.scene}/${state.open.spot.nth}`}
          title={open.kind === 'reveal' ? open.title : open.label}
          kind={open.kind}
          opener={opener}
          onClose={close}
        >
          <Opened it={open} data={data} answered={answered} onClose={close} />
        </Sheet>
      )}
      {onKeysClose && !open && (
        <Sheet title={words.keys} kind="keys" opener={opener} onClose={onKeysClose}>
          <KeysHelp words={words} speaks={speaks} onClose={onKeysClose} />
        </Sheet>
      )}
      {/* Who does not see the picture stop hears why. */}
      <p className="dv-unseen" role="status">
        {open ? open.label : ''}
      </p>
    </>
  );
}

interface OpenedProps extends Pick<Props, 'data' | 'answered'> {
  readonly it: Interaction;
  readonly onClose: () => void;
}

function Opened({ it, answered, onClose, ...props }: OpenedProps) {
  const { words } = props.data;
  switch (it.kind) {
    case 'reveal':
      return <Reveal text={it.text} words={words} onClose={onClose} />;
    case 'choice':
      return <Choice form={it.form} words={words} onClose={onClose} />;
    case 'form':
    case 'rating':
      return (
        <FilmForm form={it.form} onClose={onClose} later={answered(it.form) ? words.goOn : words.later} />
      );
    default:
      return null;
  }
}

function chapterAt({ chapters }: Film, frame: number): string {
  return chapters.find(({ end }) => frame < end)?.chapter ?? '';
}
