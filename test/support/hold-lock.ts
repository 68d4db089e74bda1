// A process of its own: takes the key, says so, and holds it until it is killed.
import { postgresLocks } from '../../src/adapters/postgres/locks.ts';

const [databaseUrl = '', key = ''] = process.argv.slice(2);
await postgresLocks(databaseUrl).hold(key, async () => {
  process.stdout.write('held\n');
  await new Promise((resolve) => setInterval(resolve, 2 ** 30));
});
