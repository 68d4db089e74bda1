import type { Command } from 'commander';

/** In the order of the help. Only the verb that is asked for is loaded; all of them for help and for a name that is none. */
export const verbs: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['demo', async () => (await import('./demo/command.ts')).demoCommand()],
  ['serve', async () => (await import('./serve.ts')).serveCommand()],
  ['worker', async () => (await import('./worker.ts')).workerCommand()],
  ['check', async () => (await import('./check.ts')).checkCommand()],
  ['preview', async () => (await import('./preview.ts')).previewCommand()],
  ['import', async () => (await import('./import.ts')).importCommand()],
  ['campaign', async () => (await import('./campaign/command.ts')).campaignCommand()],
  ['render', async () => (await import('./render.ts')).renderCommand()],
  ['send', async () => (await import('./send.ts')).sendCommand()],
  ['profile', async () => (await import('./profile.ts')).profileCommand()],
  ['key', async () => (await import('./key.ts')).keyCommand()],
  ['suppression', async () => (await import('./suppression.ts')).suppressionCommand()],
  ['link', async () => (await import('./link.ts')).linkCommand()],
  ['secret', async () => (await import('./secret.ts')).secretCommand()],
  ['trigger', async () => (await import('./trigger.ts')).triggerCommand()],
  ['webhook', async () => (await import('./webhook.ts')).webhookCommand()],
  ['doctor', async () => (await import('./doctor.ts')).doctorCommand()],
]);
