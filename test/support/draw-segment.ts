// A process of its own: gets one segment as a worker would, and says on stdout whether it drew it.
import { openDatabase } from '../../src/adapters/postgres/connect.ts';
import { postgresFilmIndex } from '../../src/adapters/postgres/film-index.ts';
import { postgresLocks } from '../../src/adapters/postgres/locks.ts';
import { folderStore } from '../../src/adapters/storage/folder-store.ts';
import { jobOf } from '../../src/render/segment-key.ts';
import { keepFilms } from '../../src/run/video/keep-films.ts';
import { keepSegments } from '../../src/run/video/keep-segments.ts';
import { flatLane } from './flat-lane.ts';
import { sampleFilm, scene } from './sample-film.ts';

const [databaseUrl = '', folder = '', key = ''] = process.argv.slice(2);
const db = openDatabase(databaseUrl);
const locks = postgresLocks(databaseUrl);
const store = folderStore(folder);
const films = keepFilms({ store, index: postgresFilmIndex(db), budgetBytes: 1e9 });
const segments = keepSegments({ store, films, locks });
process.stdout.write('ready\n');
process.stdin.once('data', async () => {
  await films.use('video/test.mp4', [key]);
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
