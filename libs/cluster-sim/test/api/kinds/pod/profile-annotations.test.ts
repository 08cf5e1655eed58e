import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from '../../api-server-fixture.ts';

const seccomp = 'container.seccomp.security.alpha.kubernetes.io/c';
const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
const appArmor = 'container.apparmor.security.beta.kubernetes.io/c';
const nobody = 'container.apparmor.security.beta.kubernetes.io/d';

function podWith(annotations: JsonObject, securityContext: JsonObject = {}): JsonObject {
  const container = { name: 'c', image: 'nginx', securityContext };
  return { metadata: { name: 'p', annotations }, spec: { containers: [container] } };
}

function causes({
  causes: list = [],
}: {
  readonly causes?: readonly { field?: string; message?: string }[];
}): readonly string[] {
  return list.map(({ field = '', message = '' }) => `${field}: ${message}`);
}

/** Expectations from ValidateSeccompPodAnnotations, ValidateAppArmorPodAnnotations and what compares them with the fields. */
describe('profiles by annotation', () => {
  const inContainer = 'spec.containers[0].securityContext';

  it.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['right ones', { [seccomp]: 'docker/default', [appArmor]: 'localhost/a' }, {}, []],
    [
      'unknown ones',
      { [seccompOfPod]: 'a', [seccomp]: 'localhost//b', [appArmor]: 'c' },
      {},
      [
        `metadata.annotations.${seccompOfPod}: Invalid value: "a": must be a valid seccomp profile`,
        `metadata.annotations.${seccomp}: Invalid value: "/b": must be a relative path`,
        `metadata.annotations[${appArmor}]: Invalid value: "c": invalid AppArmor profile name: "c"`,
      ],
    ],
    [
      'one for nobody',
      { [nobody]: 'unconfined' },
      {},
      [`metadata.annotations[${nobody}]: Invalid value: "d": container not found`],
    ],
    [
      'others than the fields',
      { [seccomp]: 'unconfined', [appArmor]: 'localhost/a' },
      {
        seccompProfile: { type: 'RuntimeDefault' },
        appArmorProfile: { type: 'Localhost', localhostProfile: 'b' },
      },
      [
        `${inContainer}.seccompProfile.type: Forbidden: seccomp type in annotation and field must match`,
        `${inContainer}.appArmorProfile.localhostProfile: Forbidden: apparmor profile in annotation and field must match`,
      ],
    ],
  ])('%s', (_what, annotations, securityContext, expected) => {
    expect(causes(new TestServer().create('Pod', podWith(annotations, securityContext)))).toEqual(expected);
  });

  it('stay as they are', () => {
    const server = new TestServer();
    server.create('Pod', podWith({ [appArmor]: 'unconfined' }));
    const change = { metadata: { annotations: { [appArmor]: 'runtime/default' } } };
    expect(causes(server.patch('Pod', 'p', 'merge', change))).toEqual([
      `metadata.annotations[${appArmor}]: Forbidden: may not remove or update AppArmor annotations`,
    ]);
  });

  it.each<[string, JsonObject | undefined]>([
    ['localhost/a', { type: 'Localhost', localhostProfile: 'a' }],
    ['unconfined', { type: 'Unconfined' }],
    ['localhost/', undefined],
    ['localhost/ a', undefined],
  ])('AppArmor %j becomes a field where one can say it', (annotation, profile) => {
    const server = new TestServer();
    const { object, warnings } = server.create('Pod', podWith({ [appArmor]: annotation }));
    expect(object).toMatchObject({
      spec: { containers: [{ securityContext: profile ? { appArmorProfile: profile } : {} }] },
    });
    expect(warnings).toEqual([
      `metadata.annotations[${appArmor}]: deprecated since v1.30; use the "appArmorProfile" field instead`,
    ]);
  });

  it('AppArmor that the whole pod has needs no field', () => {
    const pod = podWith({ [appArmor]: 'runtime/default' }) as { readonly spec: JsonObject };
    const securityContext = { appArmorProfile: { type: 'RuntimeDefault' } };
    const { object, warnings } = new TestServer().create('Pod', { ...pod, spec: { ...pod.spec, securityContext } });
    expect(object).toMatchObject({ spec: { containers: [{ securityContext: {} }] } });
    expect(warnings).toEqual([]);
  });

  it('are warned of in a template', () => {
    const { spec, metadata } = podWith({ [seccomp]: 'unconfined', [appArmor]: 'unconfined' }) as Record<
      string,
      JsonObject
    >;
    const labels = { app: 'a' };
    const template = { metadata: { labels, annotations: metadata?.annotations ?? null }, spec: spec ?? null };
    const deployment = { metadata: { name: 'd' }, spec: { selector: { matchLabels: labels }, template } };
    expect(new TestServer().create('Deployment', deployment).warnings).toEqual([
      `spec.template.metadata.annotations[${seccomp}]: non-functional in v1.27+; use the "seccompProfile" field instead`,
      `spec.template.metadata.annotations[${appArmor}]: deprecated since v1.30; use the "appArmorProfile" field instead`,
    ]);
  });
});
