import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gradeSubmission } from '../src/grade-submission.ts';
import type { GradingResult } from '../src/grading-result.ts';
import { prepareInstance } from '../src/prepared-instance.ts';
import { digestOf } from '../src/receipt/digest.ts';
import { exampleInstance, type InstanceParts } from './example-instance.ts';
import { client, deployment, documents, echo, service } from './example-manifests.ts';

const listed = { id: 'listed', kind: 'endpoints', service: 'web', of: { deployment: 'web' } };
const exposed = {
  id: 'exposed',
  kind: 'resource',
  object: { kind: 'Service', name: 'web' },
  path: 'spec.type',
  equals: 'NodePort',
  weight: 3,
};
const web = deployment({ name: 'web' });
const webService = service({ name: 'web', spec: ['type: NodePort'] });

function grade(content: string, parts: Partial<InstanceParts> = {}): GradingResult {
  const prepared = prepareInstance(exampleInstance({ checks: [listed, exposed], ...parts }));
  return gradeSubmission(prepared, { kind: 'files', files: [{ path: 'my.yaml', content }] });
}

interface VerdictCase {
  readonly what: string;
  readonly content: string;
  readonly parts?: Partial<InstanceParts>;
  readonly verdict: string;
  readonly points: number;
  readonly message?: string;
  readonly line?: number;
  readonly limit?: string;
}

const verdicts: readonly VerdictCase[] = [
  { what: 'all right', content: documents(web, webService), verdict: 'passed', points: 100 },
  { what: 'one check of two', content: documents(web, service({ name: 'web' })), verdict: 'partial', points: 25 },
  { what: 'nothing right', content: web, verdict: 'failed', points: 0 },
  {
    what: 'a refused node port',
    content: documents(web, service({ name: 'web', ports: 'port: 80, nodePort: 80', spec: ['type: NodePort'] })),
    verdict: 'rejected',
    points: 0,
    message:
      'The Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    line: 25,
  },
  {
    what: 'an unknown kind',
    content: 'apiVersion: v1\nkind: Servise\nmetadata: {name: web}\n',
    verdict: 'rejected',
    points: 0,
    message: 'no matches for kind "Servise" in version "v1"',
  },
  {
    what: 'an unknown field',
    content: service({ name: 'web', spec: ['typ: NodePort'] }),
    verdict: 'rejected',
    points: 0,
    message: 'unknown field "spec.typ"',
  },
  { what: 'a syntax error', content: 'apiVersion: v1\nkind: [Service\n', verdict: 'rejected', points: 0, line: 2 },
  {
    what: 'nothing at all',
    content: '# later\n',
    verdict: 'rejected',
    points: 0,
    message: 'no objects passed to apply',
  },
  {
    what: 'a kind that is not allowed',
    content: documents(web, webService),
    parts: { constraints: { allowedKinds: ['Service'] } },
    verdict: 'rejected',
    points: 0,
    message: 'leave out the Deployment',
    line: 2,
  },
  {
    what: 'a field that must stay',
    content: deployment({ name: 'web', replicas: 5 }),
    parts: { initial: web, constraints: { immutable: [{ kind: 'Deployment', name: 'web', path: 'spec.replicas' }] } },
    verdict: 'rejected',
    points: 0,
    message: 'Deployment web must keep its spec.replicas: it was 2, the submission makes it 5',
    line: 6,
  },
  {
    what: 'an object that must stay as it is',
    content: deployment({ name: 'web', replicas: 5 }),
    parts: { initial: web, constraints: { immutable: [{ kind: 'Deployment', name: 'web' }] } },
    verdict: 'rejected',
    points: 0,
    message: 'Deployment web must stay as it is, and the submission changes spec.replicas: leave it alone',
    line: 6,
  },
  {
    what: 'an object that is sent as it is already',
    content: documents(web, webService),
    parts: { initial: web, constraints: { immutable: [{ kind: 'Deployment', name: 'web' }] } },
    verdict: 'passed',
    points: 100,
  },
  {
    what: 'a field that is forbidden',
    content: documents(web, service({ name: 'web', spec: ['externalIPs: [198.51.100.7]'] })),
    parts: {
      constraints: { forbidden: [{ kind: 'Service', path: 'spec.externalIPs', because: 'use a node port' }] },
    },
    verdict: 'rejected',
    points: 0,
    message: 'Service web: spec.externalIPs may not be set (it is ["198.51.100.7"]) in this exercise: use a node port',
    line: 26,
  },
  {
    what: 'a value that is forbidden',
    content: documents(web, service({ name: 'web', spec: ['type: LoadBalancer'] })),
    parts: {
      constraints: {
        forbidden: [{ kind: 'Service', path: 'spec.type', values: ['LoadBalancer'], because: 'nobody pays for one' }],
      },
    },
    verdict: 'rejected',
    points: 0,
    message: 'Service web: spec.type may not be "LoadBalancer" in this exercise: nobody pays for one',
  },
  {
    what: 'a field of what was there before',
    content: documents(web, webService),
    parts: {
      initial: service({ name: 'old', spec: ['externalIPs: [198.51.100.7]'] }),
      constraints: { forbidden: [{ kind: 'Service', path: 'spec.externalIPs', because: 'use a node port' }] },
    },
    verdict: 'passed',
    points: 100,
  },
  {
    what: 'too many Pods',
    content: deployment({ name: 'web', replicas: 1_000_000_000 }),
    verdict: 'limited',
    points: 0,
    limit: 'maxPods',
  },
  {
    what: 'too many documents',
    content: Array.from({ length: 60 }, () => webService).join('---\n'),
    verdict: 'limited',
    points: 0,
    limit: 'tooManyDocuments',
  },
];

describe('gradeSubmission', () => {
  it.each(verdicts)('$what: $verdict', ({ content, parts, verdict, points, message, line, limit }) => {
    const result = grade(content, parts);
    expect({ verdict: result.verdict, points: result.points, limit: result.limit?.bound }).toEqual({
      verdict,
      points,
      limit,
    });
    if (message !== undefined) expect(result.messages.map(({ text }) => text).join('\n')).toContain(message);
    if (line !== undefined) expect(result.messages[0]?.position).toMatchObject({ file: 'my.yaml', line });
  });

  it('hands on what the API server warns of', () => {
    const endpoints = 'apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\n';
    const { messages } = grade(documents(web, webService, endpoints));
    expect(messages).toEqual([
      {
        severity: 'warning',
        text: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
        position: expect.objectContaining({ file: 'my.yaml' }) as unknown,
      },
    ]);
  });

  it('does not take answers for manifests', () => {
    const prepared = prepareInstance(exampleInstance({ checks: [listed] }));
    const result = gradeSubmission(prepared, { kind: 'answers', answers: { constructor: 'x' } });
    expect(result.verdict).toBe('rejected');
    expect(result.messages[0]?.text).toBe('this exercise takes manifests, and the submission holds answers');
  });
});

describe('a receipt', () => {
  const wrong = documents(service({ name: 'web', selector: 'app: wep' }), web);

  it('is the digest of what it stands for', () => {
    const { receipt, ...rest } = grade(wrong);
    expect(receipt).toMatchObject({ variant: 'basic', seed: 1, exercise: 'd'.repeat(64), result: digestOf(rest) });
  });

  it('is the same for the same inputs, whatever was graded in between', () => {
    const prepared = prepareInstance(exampleInstance({ checks: [listed, exposed] }));
    const run = (content: string): string =>
      JSON.stringify(gradeSubmission(prepared, { kind: 'files', files: [{ path: 'my.yaml', content }] }));
    const first = run(wrong);
    run(documents(web, webService));
    expect(run(wrong)).toBe(first);
    expect(JSON.stringify(grade(wrong))).toBe(first);
  });
});

describe('the order of documents', () => {
  const reaches = {
    id: 'reaches',
    kind: 'reachability',
    from: { deployment: 'client' },
    to: { host: 'api', port: 80, http: {} },
    expect: { body: 'this is api' },
  };
  const parts = [web, webService, echo('api'), service({ name: 'api', ports: 'port: 80, targetPort: 5678' }), client()];

  it('changes no verdict', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: 3, maxLength: 5 }), (chosen) => {
        const inOrder = parts.filter((part) => chosen.includes(part));
        const checks = { checks: [listed, exposed, reaches] };
        const statuses = (content: string): unknown =>
          grade(content, checks).checks.map(({ id, status, credit }) => [id, status, credit]);
        expect(statuses(documents(...chosen))).toEqual(statuses(documents(...inOrder)));
      }),
      { numRuns: 25 },
    );
  });
});
