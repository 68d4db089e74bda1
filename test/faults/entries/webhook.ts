import { Webhook } from 'standardwebhooks';
import { keepTrigger } from '../../../src/adapters/postgres/webhooks/triggers.ts';
import { triggerSchema } from '../../../src/campaign/trigger.ts';
import { renderOne } from '../../../src/run/render-one.ts';
import { buildServer } from '../../../src/shell/http/server.ts';
import { planAhead } from '../../../src/shell/plan-ahead.ts';
import { connections, type Fault } from '../fault.ts';
import type { Stage } from '../stage.ts';

const times = 50;

/** The API as it stands, without the recipient's pages: nobody opens one here. */
async function openApi(stage: Stage): Promise<{ url: string; close(): Promise<void> }> {
  const { wire } = stage;
  const app = await buildServer({
    ...wire,
    plan: planAhead(wire),
    renderOne: (request) => renderOne(request, wire),
    site: {
      dir: wire.config.dataDir,
      scriptUrl: '/none.js',
      styleUrl: '/none.css',
      criticalCss: '',
      askingUrl: '',
      fontUrl: '',
      styleHashes: [],
    },
    log: { level: 'silent' },
  });
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    close: async () => void (await app.close()),
  };
}

async function tellTheSame(url: string, secret: string, externalId: string): Promise<string[]> {
  const id = `evt_${externalId}`;
  const data = { newsletterRequestedAt: '2026-11-03T08:30:00Z' };
  const body = JSON.stringify({ externalId, data });
  const at = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return await Promise.all(
    Array.from({ length: times }, async () => {
      const response = await fetch(`${url}/v1/triggers/welcome`, { method: 'POST', headers, body });
      return `${response.status} ${await response.text()}`;
    }),
  );
}

/** A person each; every fifth event is told while the worker that would send its message is killed. */
export const webhook: Fault = {
  name: 'same-webhook',
  what: `the same signed event told ${times} times at once, workers killed meanwhile; a run is one event, of one person`,
  runs: 25,
  people: 'runs',
  async play(stage) {
    const { runs, people, wire, crew } = stage;
    const objections: string[] = [];
    const { name, ...welcome } = { name: 'welcome', pack: 'welcome', sender: 'nordlicht' };
    const { secret } = await keepTrigger(wire.db, wire.secret, triggerSchema.parse({ name, ...welcome }));
    const api = await openApi(stage);
    let kills = 0;
    try {
      let worker = await crew.hire();
      worker.work();
      for (let event = 0; event < people.length; event++) {
        const told = tellTheSame(api.url, secret ?? '', `P${event}`);
        if (event % 5 === 4) {
          worker.signal('SIGKILL');
          await worker.ended;
          kills++;
          worker = await crew.hire();
          worker.work();
        }
        const answers = new Set(await told);
        const [answer] = answers;
        if (answers.size !== 1 || !answer?.startsWith('202'))
          objections.push(`event ${event + 1}: ${[...answers].slice(0, 2).join(' | ').slice(0, 200)}`);
        stage.tell(event + 1);
      }
    } finally {
      await api.close();
    }
    await stage.until('every event has its end', async () => {
      const open = await wire.db
        .selectFrom('runs')
        .select('id')
        .where('completed_at', 'is', null)
        .limit(1)
        .execute();
      return open.length === 0;
    });
    return { runs, unknown: kills * connections, objections };
  },
};
