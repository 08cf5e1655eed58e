import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import type { PatchType } from '../../../../src/api/request.ts';
import { TestServer, type Answer } from '../../api-server-fixture.ts';

/** What a real API server v1.36.2 answered to these Services. `<ip>` and the like stand for values that it chose. */
interface RecordedService {
  readonly name: string;
  readonly manifest: JsonObject;
}

interface Refusal extends RecordedService {
  readonly code: number;
  readonly message: string;
  readonly fields: readonly string[];
}

interface Acceptance extends RecordedService {
  readonly spec: JsonObject;
  readonly warnings?: readonly string[];
}

interface UpdateStep {
  readonly do: 'create' | 'replace' | Exclude<PatchType, 'apply'>;
  readonly name?: string;
  readonly subresource?: 'status';
  readonly body: JsonObject;
  readonly expected: { readonly code: number; readonly message?: string; readonly spec?: JsonObject };
}

function recorded<T extends { readonly name: string }>(file: string): readonly (readonly [string, T])[] {
  const rows = JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as readonly T[];
  return rows.map((row) => [row.name, row]);
}

/** The recorded value with what the server may choose freely. */
function withPlaceholders(value: unknown): unknown {
  if (value === '<ip>' || value === '<ip#2>') return expect.stringMatching(/^10\.96\.\d+\.\d+$/);
  if (typeof value === 'string' && /^<(nodePort|healthCheckNodePort)(#\d+)?>$/.test(value)) return expect.any(Number);
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPlaceholders(member)]));
}

describe('recorded Services', () => {
  it.each(recorded<Refusal>('refused-services.json'))('refuses %s', (_name, { manifest, code, message, fields }) => {
    const { namespace = 'default' } = manifest['metadata'] as { readonly namespace?: string };
    const answer = new TestServer().create('Service', manifest, { namespace });
    expect({ ...answer, fields: answer.causes?.map(({ field }) => field) ?? [] }).toMatchObject({
      code,
      message,
      fields,
    });
  });

  it.each(recorded<Acceptance>('accepted-services.json'))('stores %s', (_name, { manifest, spec, warnings = [] }) => {
    const answer = new TestServer().create('Service', manifest);
    expect(answer).toMatchObject({ code: 201, warnings });
    expect(specOf(answer)).toEqual(withPlaceholders(spec));
  });

  it.each(recorded<{ name: string; steps: readonly UpdateStep[] }>('service-updates.json'))(
    'updates as in %s',
    (_name, { steps }) => {
      const server = new TestServer();
      for (const step of steps) {
        const answer = run(server, step);
        const { code, message, spec } = step.expected;
        expect({ code: answer.code, message: answer.message }).toEqual({ code, message });
        if (spec) expect(specOf(answer)).toEqual(withPlaceholders(spec));
      }
    },
  );
});

function run(server: TestServer, step: UpdateStep): Answer {
  const name = step.name ?? ((step.body['metadata'] as JsonObject)['name'] as string);
  const options = step.subresource ? { subresource: step.subresource } : {};
  if (step.do === 'create') return server.create('Service', step.body);
  if (step.do !== 'replace') return server.patch('Service', name, step.do, step.body, options);
  const live = server.get('Service', name).object?.metadata.resourceVersion;
  const metadata = step.body['metadata'] as JsonObject;
  const body = { ...step.body, metadata: { ...(live === undefined ? {} : { resourceVersion: live }), ...metadata } };
  return server.replace('Service', name, body, options);
}

function specOf(answer: Answer): unknown {
  return answer.object && 'spec' in answer.object ? answer.object.spec : undefined;
}
