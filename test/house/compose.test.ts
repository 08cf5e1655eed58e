import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseManifests } from '@kubedrill/kube-model';

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: { readonly memory?: string; readonly cpus?: string } };
  };
}

const root = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const [document] = parseManifests([{ path: 'docker-compose.yml', content: text }]).documents;
const { services, volumes } = document?.value as unknown as {
  services: Readonly<Record<string, Service>>;
  volumes: Readonly<Record<string, unknown>>;
};
const names = Object.keys(services);

describe('docker-compose.yml', () => {
  it('starts an API, two workers and Redis', () => {
    expect(names.sort()).toEqual(['api', 'redis', 'worker']);
    expect(services.worker?.deploy?.replicas).toBe(2);
  });

  it.each(names)('%s is checked, bounded, not root, and writes to its volumes only', (name) => {
    const service = services[name];
    expect(service?.healthcheck?.test.length).toBeGreaterThan(1);
    expect(service?.deploy?.resources?.limits).toEqual({
      cpus: expect.any(String) as unknown,
      memory: expect.any(String) as unknown,
    });
    expect(service?.user).toMatch(/^(node|redis)$/);
    expect(service?.read_only).toBe(true);
    for (const volume of service?.volumes ?? []) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
  });

  it('starts nothing before Redis answers', () => {
    for (const name of ['api', 'worker'])
      expect(services[name]?.depends_on).toEqual({ redis: { condition: 'service_healthy' } });
  });

  it('gives workers no way to the database', () => {
    expect(services.worker?.environment).not.toHaveProperty('DATABASE_URL');
    expect(services.worker?.volumes).toBeUndefined();
  });

  it('names variables that the processes read', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    for (const name of names)
      for (const variable of Object.keys(services[name]?.environment ?? {}))
        expect(readme).toContain(`\`${variable}\``);
  });
});
