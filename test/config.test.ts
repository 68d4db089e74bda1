import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { DearlyError } from '../src/errors.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-config-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function failureOf(env: NodeJS.ProcessEnv): DearlyError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof DearlyError) return error;
    throw error;
  }
  throw new Error('expected a fault');
}

test('an empty environment works: embedded database, local folder, loopback', () => {
  expect(readConfig({})).toEqual({
    databaseUrl: undefined,
    dataDir: resolve('.dearly'),
    storageUrl: undefined,
    smtpUrl: undefined,
    publicUrl: undefined,
    siteUrl: undefined,
    host: '127.0.0.1',
    port: 3000,
    secret: undefined,
    browser: undefined,
    videoLane: 'auto',
    filmBudgetBytes: 20e9,
    webhooksLocal: false,
    logLevel: 'info',
  });
});

test('an empty variable is as good as none', () => {
  expect(readConfig({ DATABASE_URL: '', PORT: '', DEARLY_VIDEO_LANE: '' })).toEqual(readConfig({}));
});

test('pages live at the public address unless they have an origin of their own', () => {
  expect(readConfig({ PUBLIC_URL: 'https://mail.example/' }).siteUrl).toBe('https://mail.example');
  const both = readConfig({ PUBLIC_URL: 'https://mail.example', SITE_URL: 'https://pages.example' });
  expect(both).toMatchObject({ publicUrl: 'https://mail.example', siteUrl: 'https://pages.example' });
});

test.each([
  ['500MB', 500e6],
  ['20GB', 20e9],
  ['1.5TB', 1.5e12],
])('a size is read with its unit: %s', (text, bytes) => {
  expect(readConfig({ DEARLY_FILM_BUDGET: text }).filmBudgetBytes).toBe(bytes);
});

test('speech: a program, an endpoint, or none', async () => {
  expect(readConfig({ DEARLY_SPEECH_VOICE: 'nova' }).speech).toBeUndefined();
  expect(readConfig({ DEARLY_SPEECH: 'command:espeak-ng' }).speech?.engine).toBe('command:espeak-ng');
  const file = join(folder, 'speech-key');
  await writeFile(file, 'sk-secret\n');
  const endpoint = {
    DEARLY_SPEECH: 'https://speech.example/v1/',
    DEARLY_SPEECH_KEY_FILE: file,
    DEARLY_SPEECH_MODEL: 'm',
    DEARLY_SPEECH_VOICE: 'v',
  };
  expect(readConfig(endpoint).speech).toEqual({
    engine: 'https://speech.example/v1',
    key: 'sk-secret',
    model: 'm',
    voice: 'v',
  });
});

test('nobody changes it later', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

describe('what cannot be used', () => {
  test('is named, all of it at once', () => {
    const { code, details } = failureOf({
      DATABASE_URL: 'mysql://db',
      PORT: 'three thousand',
      DEARLY_VIDEO_LANE: 'quick',
      PUBLIC_URL: 'javascript:alert(1)',
      SMTP_URL: 'mail.example',
    });
    expect(code).toBe('config-invalid');
    const named = details.map((line) => line.split(':')[0]);
    expect(named.sort()).toEqual(['DATABASE_URL', 'DEARLY_VIDEO_LANE', 'PORT', 'PUBLIC_URL', 'SMTP_URL']);
  });

  test.each([
    ['DEARLY_SECRET', 'too-short', /32 characters/],
    ['PORT', '65536', /65535/],
    ['PORT', '3000.5', /int/],
    ['DEARLY_STORAGE_URL', 'ftp://files.example', /URL/],
    ['DEARLY_SPEECH', 'espeak-ng', /command:PROGRAM/],
    ['DEARLY_SPEECH', 'command: ', /command:PROGRAM/],
    ['DEARLY_FILM_BUDGET', 'plenty', /20GB/],
    ['DEARLY_FILM_BUDGET', '-1GB', /20GB/],
    ['DEARLY_FILM_BUDGET', '20', /20GB/],
    ['DEARLY_FILM_BUDGET', '0GB', /20GB/],
  ])('%s=%s', (name, value, complaint) => {
    expect(failureOf({ [name]: value }).details.join()).toMatch(complaint);
  });

  test('is never repeated where it may be a secret', () => {
    const fault = failureOf({ DEARLY_SECRET: 'hunter2', DATABASE_URL: 'http://me:hunter2@db' });
    expect(`${fault.message} ${fault.details.join(' ')}`).not.toContain('hunter2');
  });
});

describe('secrets in files', () => {
  test('are read, without the line break at the end', async () => {
    const file = join(folder, 'secret');
    await writeFile(file, 'a secret of more than thirty-two letters\n');
    expect(readConfig({ DEARLY_SECRET_FILE: file }).secret).toBe('a secret of more than thirty-two letters');
  });

  test('give way to the variable itself', () => {
    const secret = 'the variable says something else entirely';
    expect(readConfig({ DEARLY_SECRET: secret, DEARLY_SECRET_FILE: '/no/such/file' }).secret).toBe(secret);
  });

  test('that cannot be read are a fault', () => {
    const fault = failureOf({ SMTP_URL_FILE: '/no/such/file' });
    expect(fault.code).toBe('config-invalid');
    expect(fault.details).toEqual(['SMTP_URL_FILE: /no/such/file']);
  });
});
