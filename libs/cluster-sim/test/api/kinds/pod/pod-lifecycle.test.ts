import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Pod } from '@kubedrill/kube-model';
import { podDefinition } from '../../../../src/api/kinds/pod/pod-definition.ts';
import { context, decoded } from '../decoded.ts';

const { strategy, deletion } = podDefinition;
const container = { name: 'c', image: 'nginx:1.27' };

function pod(spec: JsonObject = {}): Pod {
  return decoded(podDefinition, { metadata: { name: 'p' }, spec: { containers: [container], ...spec } });
}

function admitted(spec: JsonObject = {}): Pod {
  const outcome = podDefinition.admitCreate?.(pod(spec), context());
  if (!outcome?.ok) throw new Error(outcome?.status.message);
  return outcome.object;
}

describe('a new pod', () => {
  it('gets defaults', () => {
    const { containers, ...spec } = pod({
      containers: [{ ...container, image: 'nginx', ports: [{ containerPort: 80 }] }],
    }).spec;
    expect(spec).toEqual({
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    });
    expect(containers).toEqual([
      {
        name: 'c',
        image: 'nginx',
        imagePullPolicy: 'Always',
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      },
    ]);
  });

  it('requests what it limits', () => {
    const limited = pod({
      containers: [{ ...container, resources: { limits: { cpu: '0.5', memory: '64Mi' }, requests: { cpu: '100m' } } }],
    });
    expect(limited.spec.containers[0]?.resources).toEqual({
      limits: { cpu: '500m', memory: '64Mi' },
      requests: { cpu: '100m', memory: '64Mi' },
    });
  });

  it('has its ports on the host when it has the host network', () => {
    const ports = pod({ hostNetwork: true, containers: [{ ...container, ports: [{ containerPort: 80 }] }] }).spec
      .containers[0]?.ports;
    expect(ports).toEqual([{ containerPort: 80, hostPort: 80, protocol: 'TCP' }]);
  });

  it('is admitted with account, token, priority and tolerations', () => {
    const { spec } = admitted();
    const token = spec.volumes?.[0]?.name ?? '';
    expect(token).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(spec).toMatchObject({
      serviceAccount: 'default',
      serviceAccountName: 'default',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
    });
    expect(spec.containers[0]?.volumeMounts).toEqual([
      { name: token, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ]);
    expect(spec.tolerations?.map(({ key }) => key)).toEqual([
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
    ]);
  });

  it('may go without the token', () => {
    expect(admitted({ automountServiceAccountToken: false }).spec.volumes).toBeUndefined();
  });

  it.each([
    { metadata: { name: 'p' }, shown: 'p' },
    { metadata: { generateName: 'web-' }, shown: 'web-' },
    { metadata: {}, shown: 'Unknown' },
  ])('needs its service account: $shown', ({ metadata, shown }) => {
    const nameless = { ...pod({ serviceAccountName: 'ghost' }), metadata: { namespace: 'default', ...metadata } };
    const outcome = podDefinition.admitCreate?.(nameless as Pod, context());
    expect(outcome).toMatchObject({
      ok: false,
      status: {
        code: 403,
        message: `pods "${shown}" is forbidden: error looking up service account default/ghost: serviceaccount "ghost" not found`,
      },
    });
  });

  it.each<[string, JsonObject, string]>([
    ['nothing asked for', {}, 'BestEffort'],
    ['something requested', { requests: { cpu: '1' } }, 'Burstable'],
    ['all limited', { limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
    ['limited above the request', { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '1' } }, 'Burstable'],
  ])('with %s', (_, resources, qosClass) => {
    const created = strategy.prepareForCreate(pod({ containers: [{ ...container, resources }] }), context());
    expect(created.status).toEqual({ phase: 'Pending', qosClass });
    expect(created.metadata.generation).toBe(1);
  });

  it('waits behind its gates', () => {
    expect(
      strategy.prepareForCreate(pod({ schedulingGates: [{ name: 'g' }] }), context()).status.conditions,
    ).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }]);
  });
});

describe('a pod that is deleted', () => {
  it.each<[string, JsonObject, number | undefined, number]>([
    ['keeps its period', { nodeName: 'n' }, undefined, 30],
    ['keeps the asked period', { nodeName: 'n' }, 5, 5],
    ['goes at once without a node', {}, 5, 0],
    ['reads negative periods as one second', { nodeName: 'n' }, -1, 1],
  ])('%s', (_, spec, asked, seconds) => {
    expect(deletion?.gracePeriodSeconds?.(pod(spec), asked)).toBe(seconds);
  });

  it('goes at once when it has ended', () => {
    expect(deletion?.gracePeriodSeconds?.({ ...pod({ nodeName: 'n' }), status: { phase: 'Succeeded' } }, 5)).toBe(0);
  });
});

describe('a pod that is changed', () => {
  const old = stored(admitted({ nodeName: 'n' }));

  function stored(object: Pod): Pod {
    const created = strategy.prepareForCreate(object, context());
    return {
      ...created,
      metadata: { ...created.metadata, uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
    };
  }

  function change(spec: Partial<Pod['spec']>): { readonly generation?: number; readonly errors: readonly string[] } {
    const changed = strategy.prepareForUpdate({ ...old, spec: { ...old.spec, ...spec } }, old, context());
    const errors = strategy.validateUpdate(changed, old, context()).map(({ field, body }) => `${field}: ${body}`);
    return { generation: changed.metadata.generation, errors };
  }

  it('may have another image', () => {
    const containers = old.spec.containers.map((element) => ({ ...element, image: 'nginx:2' }));
    expect(change({ containers })).toEqual({ generation: 2, errors: [] });
  });

  it('may have more tolerations', () => {
    expect(change({ tolerations: [...(old.spec.tolerations ?? []), { key: 'a', operator: 'Exists' }] }).errors).toEqual(
      [],
    );
    expect(change({ tolerations: [] }).errors).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
  });

  it('may not have more containers', () => {
    const containers = [...old.spec.containers, { ...container, name: 'd' } as Pod['spec']['containers'][number]];
    expect(change({ containers }).errors).toContain(
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    );
  });

  it('is told what it would have changed', () => {
    const [error = ''] = change({ dnsPolicy: 'Default' }).errors;
    expect(error.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^@@ -\d+,7 \+\d+,7 @@$/),
      '  "RestartPolicy": "Always",',
      '  "TerminationGracePeriodSeconds": 30,',
      '  "ActiveDeadlineSeconds": null,',
      '- "DNSPolicy": "ClusterFirst",',
      '+ "DNSPolicy": "Default",',
      '  "NodeSelector": null,',
      '  "ServiceAccountName": "default",',
      '  "AutomountServiceAccountToken": null,',
      '',
    ]);
  });
});
