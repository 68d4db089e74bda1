// The thread that holds the packs as they stand now. Modules cannot be unloaded, so every save gets a new thread, and
// whatever a pack's code does (hang, exit, throw later) it does to a thread that can be ended.
import { parentPort, workerData } from 'node:worker_threads';
import { complain } from './complain.ts';
import { openPacks } from './open-packs.ts';
import type { Asked, PressFolders, Told } from './protocol.ts';

const folders: PressFolders = workerData;
const packs = openPacks(folders);

parentPort?.on('message', async (asked: Asked) => {
  const { id } = asked;
  parentPort?.postMessage(
    await answer(asked).then(
      (it): Told => ({ id, answer: it }),
      (error: unknown): Told => ({ id, complaint: complain(error, folders, asked.ask?.pack) }),
    ),
  );
});

async function answer(asked: Asked): Promise<unknown> {
  if (is(asked, 'shelf')) return await packs.shelf();
  if (is(asked, 'proof')) return await packs.proof(asked.ask);
  if (is(asked, 'page')) return await packs.page(asked.ask);
  if (is(asked, 'print')) return await packs.print(asked.ask);
  if (is(asked, 'picture')) return await packs.picture(asked.ask);
  throw new Error(`no such question: ${asked.question}`);
}

function is<Q extends Asked['question']>(asked: Asked, question: Q): asked is Asked<Q> {
  return asked.question === question;
}
