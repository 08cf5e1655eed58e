import { describe, expect, it } from '@jest/globals';
import { clusterWith, podManifest, podOf } from '../cluster-fixture.ts';

const exits = (code: number, fields = ''): string =>
  `image: busybox, command: [sh, -c, "exit ${code}"]${fields && `, ${fields}`}`;
const runs = 'image: nginx';
const rule = (operator: string, codes: string, action = 'Restart'): string =>
  `restartPolicyRules: [{action: ${action}, exitCodes: {operator: ${operator}, values: [${codes}]}}]`;

/** Expected values: pkg/api/v1/pod/util.go ContainerShouldRestart and pkg/kubelet/kubelet_pods.go getPhase. */
describe('a container that ends', () => {
  it.each([
    ['Always', exits(0, 'restartPolicy: Never'), 'Succeeded', false],
    ['Always', exits(3, 'restartPolicy: Never'), 'Failed', false],
    ['Always', exits(0, 'restartPolicy: OnFailure'), 'Succeeded', false],
    ['Always', exits(3, 'restartPolicy: OnFailure'), 'Running', true],
    ['Never', exits(0, 'restartPolicy: Always'), 'Running', true],
    ['Never', exits(42, `restartPolicy: Never, ${rule('In', '42')}`), 'Running', true],
    ['Never', exits(41, `restartPolicy: Never, ${rule('In', '42')}`), 'Failed', false],
    ['Never', exits(41, `restartPolicy: Never, ${rule('NotIn', '42')}`), 'Running', true],
    ['Never', exits(42, `restartPolicy: Never, ${rule('NotIn', '42')}`), 'Failed', false],
  ])('in a Pod with restartPolicy %s: %s', (policy, container, phase, isRestarted) => {
    const cluster = clusterWith(podManifest('p', `restartPolicy: ${policy}, containers: [{name: c, ${container}}]`));
    cluster.settle();
    const { status } = podOf(cluster, 'p');
    expect(status.phase).toBe(phase);
    expect((status.containerStatuses?.[0]?.restartCount ?? 0) > 0).toBe(isRestarted);
  });
});

describe('the phase counts all containers', () => {
  it.each([
    ['one has failed for good, one runs', [exits(1), runs], 'Running'],
    ['one has failed and one has succeeded', [exits(1), exits(0)], 'Failed'],
    ['both have succeeded', [exits(0), exits(0)], 'Succeeded'],
    ['one restarts by its own policy', [exits(0), exits(1, 'restartPolicy: Always')], 'Running'],
  ])('%s', (_title, containers, phase) => {
    const list = containers.map((container, index) => `{name: c${index}, ${container}}`).join(', ');
    const cluster = clusterWith(podManifest('p', `restartPolicy: Never, containers: [${list}]`));
    cluster.settle();
    expect(podOf(cluster, 'p').status.phase).toBe(phase);
  });

  it.each([
    ['a sidecar ends with the main containers', exits(0), 'Succeeded'],
    ['a failed main container decides, not its sidecar', exits(2), 'Failed'],
    ['a sidecar runs on beside a main container', runs, 'Running'],
  ])('%s', (_title, container, phase) => {
    const init = 'initContainers: [{name: side, image: nginx, restartPolicy: Always}]';
    const spec = `restartPolicy: Never, ${init}, containers: [{name: c, ${container}}]`;
    const cluster = clusterWith(podManifest('p', spec));
    cluster.settle();
    const { status } = podOf(cluster, 'p');
    expect(status.phase).toBe(phase);
    const isOver = status.initContainerStatuses?.[0]?.state.terminated !== undefined;
    expect(isOver).toBe(phase !== 'Running');
  });

  it.each([
    ['Never', '', 'Failed'],
    ['Always', '', 'Pending'],
    ['Never', 'restartPolicy: OnFailure', 'Pending'],
    ['Always', 'restartPolicy: Never', 'Failed'],
  ])('an init container that fails, restartPolicy %s, its own: %s', (policy, own, phase) => {
    const init = `initContainers: [{name: i, ${exits(1, own)}}]`;
    const cluster = clusterWith(
      podManifest('p', `restartPolicy: ${policy}, ${init}, containers: [{name: c, ${runs}}]`),
    );
    cluster.settle();
    expect(podOf(cluster, 'p').status.phase).toBe(phase);
  });
});

describe('crash back-off', () => {
  it('is forgotten by a container that ran for more than ten minutes before it ended', () => {
    const command = 'command: [sh, -c, "sleep 601; exit 1"]';
    const cluster = clusterWith(podManifest('p', `containers: [{name: c, image: busybox, ${command}}]`));
    const count = (): number => podOf(cluster, 'p').status.containerStatuses?.[0]?.restartCount ?? 0;
    const restarts = [602, 601, 601].map((seconds) => {
      cluster.advance(seconds * 1_000);
      return count();
    });
    expect(restarts).toEqual([1, 2, 3]);
  });
});
