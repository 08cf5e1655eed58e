import { describe, expect, it } from '@jest/globals';
import type { PodTemplateSpec } from '@kubedrill/kube-model';
import { podTemplateHash } from '../../src/controllers/template-hash/pod-template-hash.ts';

function template(labels: Record<string, string>, container: Record<string, unknown>): PodTemplateSpec {
  return {
    metadata: { labels },
    spec: {
      containers: [
        {
          name: 'c',
          image: 'nginx',
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'Always',
          ...container,
        } as PodTemplateSpec['spec']['containers'][number],
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
    } as PodTemplateSpec['spec'],
  };
}

const port80 = { ports: [{ containerPort: 80, protocol: 'TCP' }] };

/** Hashes that a real Kubernetes v1.36 gave to these templates. */
const cases: readonly (readonly [what: string, template: PodTemplateSpec, hash: string])[] = [
  ['one port', template({ app: 'web' }, port80), 'dfcc7d78b'],
  [
    'a tag, and so another pull policy',
    template({ app: 'web' }, { ...port80, image: 'nginx:1', imagePullPolicy: 'IfNotPresent' }),
    '647cb7b6c5',
  ],
  [
    'the next tag',
    template({ app: 'web' }, { ...port80, image: 'nginx:2', imagePullPolicy: 'IfNotPresent' }),
    '56466cc69b',
  ],
  ['no ports', template({ app: 'web' }, { image: 'nginx:1', imagePullPolicy: 'IfNotPresent' }), '7866ccff64'],
];

describe('pod-template-hash', () => {
  it.each(cases)('of a template with %s', (_what, subject, hash) => {
    expect(podTemplateHash(subject)).toBe(hash);
  });

  it('changes with the count of collisions', () => {
    const subject = template({ app: 'web' }, port80);
    expect(podTemplateHash(subject, 0)).not.toBe(podTemplateHash(subject));
  });
});
