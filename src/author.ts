// The door for authors of packs and compositions (`dearly/author`). Safe in the browser: no Node, no I/O behind it.
export { type Asset, asset } from './template/asset.ts';
export { type Asking, type Checked, checkAnswer, type Reason, type Value } from './template/check-answer.ts';
export {
  type Adaptation,
  type Adapts,
  type Composition,
  defineComposition,
  type Format,
  formats,
  type Interaction,
  type Paint,
  type PropsOf,
  type Scene,
  type SceneProps,
  type Utterance,
} from './template/composition.ts';
export {
  type AttachmentSource,
  type Contract,
  defineContract,
  type Gate,
  type Presentation,
  type Say,
} from './template/contract.ts';
export type { AskedField, AskedForm, Day, Field, Form, Limit } from './template/form.ts';
