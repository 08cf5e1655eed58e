import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GradingResult } from '@kubedrill/grader';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { call } from './memory-terminal.ts';

const reference = resolve(
  import.meta.dirname,
  '../../../challenges/services-and-networking/challenges/two-tier/solutions/reference',
);
const values: Readonly<Record<string, string>> = {
  api: 'api',
  web: 'web',
  apiNamespace: 'default',
  nodePort: '30080',
  replicas: '2',
};

/** The reference solution of the basic variant as a learner would have it on disk. */
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubedrill-'));
  cpSync(reference, folder, { recursive: true });
  for (const name of ['api.yaml', 'web.yaml']) {
    const text = readFileSync(join(folder, name), 'utf8').replace(
      /\$\{(\w+)\}/g,
      (_, key: string) => values[key] ?? '',
    );
    writeFileSync(join(folder, name), text);
  }
  const wrong = readFileSync(join(folder, 'api.yaml'), 'utf8').replace('targetPort: 5678', 'targetPort: 80');
  writeFileSync(join(folder, 'api-wrong.txt'), wrong);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('kubedrill grade', () => {
  it('passes the solution', async () => {
    const { code, out } = await call('grade', 'two-tier', '--variant', 'basic', folder);
    expect(code).toBe(0);
    expect(out).toContain("✓ The API's Service lists the API's Pods");
    expect(out).toContain('passed: 100 of 100 points');
  });

  it('shows why a check failed, down to the line', async () => {
    const { code, out } = await call(
      'grade',
      'two-tier',
      '--variant',
      'basic',
      join(folder, 'api-wrong.txt'),
      join(folder, 'web.yaml'),
    );
    expect(code).toBe(1);
    expect(out).toContain("✗ Port 80 of the API's Service leads to the port on which the API listens");
    expect(out).toContain('connection refused');
    expect(out).toMatch(
      /api-wrong\.txt:\d+:7 {2}Service default\/api spec\.ports\[0\]\.targetPort\n +\d+ \| {7}targetPort: 80\n +\| {7}\^/,
    );
    expect(out).toContain('partial: ');
  });

  it('prints JSON for machines', async () => {
    const { code, out } = await call('grade', 'two-tier', '--variant', 'basic', '--json', join(folder, 'web.yaml'));
    const result = JSON.parse(out) as GradingResult;
    expect(code).toBe(1);
    expect(result.verdict).toBe('partial');
    expect(result.checks.map(({ id }) => id)).toContain('web-from-outside');
  });
});

describe('kubedrill sim apply', () => {
  it('prints as kubectl does, shows objects and traces', async () => {
    const { code, out, error } = await call(
      'sim',
      'apply',
      folder,
      '--get',
      'ep,svc',
      '--trace',
      'deploy/web',
      'http://api/',
      '--trace',
      'node/node-1',
      'api:81',
    );
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('deployment.apps/api created\nservice/api created');
    expect(out).toMatch(/NAMESPACE +NAME +ENDPOINTS +AGE\n/);
    expect(out).toMatch(/default +web +NodePort +10\.96\.\S+ +<none> +80:30080\/TCP +app=web/);
    expect(out).toMatch(/1\/2 {2}answered by pod default\/api-\S+ \(\S+:5678\): 200 "Hello from the API"/);
  });

  it('says what the API server refuses', async () => {
    const file = join(folder, 'refused.txt');
    writeFileSync(
      file,
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}\n',
    );
    const { code, error } = await call('sim', 'apply', file);
    expect(code).toBe(1);
    expect(error).toContain(
      'The Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range',
    );
  });
});

describe('kubedrill content', () => {
  it('finds the course sound', async () => {
    const { code, out } = await call('content', 'lint');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(' 0 errors') as unknown });
  });

  it('tests one exercise', async () => {
    const { code, out } = await call('content', 'test', '--exercise', 'fix-the-target-port', '--seeds', '1');
    expect({ code, out }).toEqual({ code: 0, out: '✓ fix-the-target-port: 4 submissions graded\n1 passed, 0 failed' });
  });
});
