import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MailDev } from 'maildev';
import { takeFolder } from '../../../adapters/files/take-folder.ts';

export interface Inbox {
  readonly smtpUrl: string;
  /** Where a person reads the mail. */
  readonly webUrl: string;
  /** Message-IDs without angle brackets, one per message received. */
  messageIds(): Promise<string[]>;
  close(): Promise<void>;
}

/** maildev on loopback and free ports; told so, because it listens on every address otherwise. */
export async function openInbox(workDir: string): Promise<Inbox> {
  await takeFolder(workDir);
  const mailDirectory = await mkdtemp(join(workDir, 'inbox-'));
  const maildev = new MailDev({
    smtp: 0,
    ip: '127.0.0.1',
    web: 0,
    webIp: '127.0.0.1',
    silent: true,
    mailDirectory,
  });
  const { smtp, api, storage } = await quietly(() => maildev.start());
  const web = api?.getAddress();
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp.getAddress()?.port}`,
    webUrl: `http://127.0.0.1:${web?.port}`,
    async messageIds() {
      const messages = await storage.getAll();
      return messages.map((message) => String(message.headers['message-id']).replace(/^<|>$/g, ''));
    },
    async close() {
      await maildev.stop();
      await rm(mailDirectory, { recursive: true, force: true });
    },
  };
}

/** It announces itself on stdout whatever `silent` says, and stdout is for data. */
async function quietly<T>(start: () => Promise<T>): Promise<T> {
  const { info } = console;
  console.info = () => {};
  try {
    return await start();
  } finally {
    console.info = info;
  }
}
