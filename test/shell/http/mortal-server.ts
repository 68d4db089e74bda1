// A server in a process of its own that ends itself, as `kill -9` would, once it has kept so many batches of events: before
// it has answered the last of them. Of the house it opens only what takes events.
import { openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { openIntake } from '../../../src/adapters/postgres/event-intake.ts';
import { readConfig } from '../../../src/config.ts';
import { buildServer, type ServerParts } from '../../../src/shell/http/server.ts';
import { readSecrets } from '../../../src/shell/secret.ts';

const [port = '0', batches = 'Infinity'] = process.argv.slice(2);
const config = readConfig();
const origin = `http://127.0.0.1:${port}`;
const db = openDatabase(config.databaseUrl ?? '');
const intake = openIntake(db);
const secrets = await readSecrets(config);
let kept = 0;
const parts: Partial<ServerParts> = {
  db,
  secret: secrets[0],
  secrets,
  origins: () => ({ api: origin, site: origin }),
  now: () => new Date(),
  site: {
    dir: config.dataDir,
    scriptUrl: '',
    styleUrl: '',
    styleHashes: [],
    criticalCss: '',
    askingUrl: '',
    fontUrl: '',
  },
  intake: {
    async take(events) {
      await intake.take(events);
      // Kept, and nobody will ever hear of it.
      if (++kept === Number(batches)) process.kill(process.pid, 'SIGKILL');
    },
  },
};
const server = await buildServer(parts as ServerParts);
await server.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.('listens');
