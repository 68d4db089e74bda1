// A process of its own: gets one segment as a worker would, and says on stdout whether it drew it.
import { openDatabase } from '../../src/adapters/postgres/connect.ts';
import { postgresLocks } from '../../src/adapters/postgres/locks.ts';
import { postgresSegmentIndex } from '../../src/adapters/postgres/segment-index.ts';
import { folderStore } from '../../src/adapters/storage/folder-store.ts';
import { jobOf } from '../../src/render/segment-key.ts';
import { keepSegments } from '../../src/run/video/keep-segments.ts';
import { flatLane } from './flat-lane.ts';
import { sampleFilm, scene } from './sample-film.ts';

const [databaseUrl = '', folder = '', key = ''] = process.argv.slice(2);
const db = openDatabase(databaseUrl);
const locks = postgresLocks(databaseUrl);
const segments = keepSegments({
  store: folderStore(folder),
  locks,
  index: postgresSegmentIndex(db),
  budgetBytes: 1e9,
});
process.stdout.write('ready\n');
process.stdin.once('data', async () => {
  await segments.use('video/test.mp4', [key]);
  const { isDrawn } = await segments.get(
    key,
    jobOf(sampleFilm([scene('shared', 40)]), '16:9', 0),
    flatLane(),
  );
  process.stdout.write(isDrawn ? 'drew\n' : 'found\n');
  await locks.close();
  await db.destroy();
  process.stdin.destroy();
});
