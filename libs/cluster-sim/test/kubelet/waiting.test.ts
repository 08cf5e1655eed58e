import { describe, expect, it } from '@jest/globals';
import type { ContainerStatus } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, isReady, podManifest, podOf } from '../cluster-fixture.ts';

const one = (container: string, pod = ''): string => `${pod && `${pod}, `}containers: [{name: c, ${container}}]`;

function statusOf(cluster: Cluster): ContainerStatus | undefined {
  return podOf(cluster, 'p').status.containerStatuses?.[0];
}

function reasonOf(cluster: Cluster): string | undefined {
  return statusOf(cluster)?.state.waiting?.reason;
}

/** pkg/kubelet/images/image_manager.go: a back-off of 10 seconds that doubles; each synchronization shows what the one before it did. */
describe('an image that cannot be pulled', () => {
  it('shows the error and the back-off by turns', () => {
    const cluster = clusterWith(podManifest('p', one('image: "nginx:doesnotexist"')));
    cluster.advance(1_100);
    const reasons = Array.from({ length: 9 }, () => {
      const reason = reasonOf(cluster);
      cluster.advance(12_500);
      return reason === 'ErrImagePull' ? 'error' : reason === 'ImagePullBackOff' ? 'wait' : reason;
    });
    // Pulled at 0, 12.5, 37.5 and 87.5 seconds.
    expect(reasons).toEqual(['error', 'wait', 'error', 'wait', 'error', 'wait', 'wait', 'wait', 'error']);
    expect(cluster.settle().kind).toBe('settled');
    const error =
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:doesnotexist": failed to resolve reference "docker.io/library/nginx:doesnotexist": docker.io/library/nginx:doesnotexist: not found';
    expect(statusOf(cluster)?.state.waiting).toEqual({
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "nginx:doesnotexist": ErrImagePull: ${error}`,
    });
  });

  it('is not looked for with the policy Never', () => {
    const cluster = clusterWith(podManifest('p', one('image: redis, imagePullPolicy: Never')));
    cluster.settle();
    expect(statusOf(cluster)?.state.waiting).toEqual({
      reason: 'ErrImageNeverPull',
      message: 'Container image "redis" is not present with pull policy of Never',
    });
  });

  it.each([
    ['was pulled for another Pod of the node', 'nginx', 'Running'],
    ['no registry is known to have', 'my-own-image', 'Running'],
  ])('starts with the policy Never when it %s', (_title, image, phase) => {
    const cluster = clusterWith(podManifest('q', 'nodeName: node-1, containers: [{name: c, image: nginx}]'));
    cluster.settle();
    applyTo(cluster, podManifest('p', one(`image: ${image}, imagePullPolicy: Never`, 'nodeName: node-1')));
    cluster.settle();
    expect(podOf(cluster, 'p').status.phase).toBe(phase);
  });
});

describe('a container that cannot be started', () => {
  it('shows the error of the runtime, then backs off', () => {
    const cluster = clusterWith(podManifest('p', one('image: nginx, command: [no-such-program]')));
    cluster.advance(1_000);
    expect(statusOf(cluster)).toMatchObject({
      state: {
        waiting: { reason: 'RunContainerError', message: expect.stringMatching(/executable file not found in \$PATH/) },
      },
      lastState: { terminated: { exitCode: 128, reason: 'StartError' } },
    });
    cluster.advance(2_500);
    expect(statusOf(cluster)).toMatchObject({ restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } } });
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
  });

  it('has failed where it is not tried again', () => {
    const cluster = clusterWith(
      podManifest('p', one('image: nginx, command: [no-such-program]', 'restartPolicy: Never')),
    );
    cluster.settle();
    expect(statusOf(cluster)?.state.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' });
    expect(podOf(cluster, 'p').status.phase).toBe('Failed');
  });
});

describe('a gRPC probe', () => {
  const agnhost = 'image: "registry.k8s.io/e2e-test-images/agnhost:2.40"';
  it.each([
    ['a server that speaks gRPC health', `${agnhost}, args: [grpc-health-checking]`, '{port: 5000}', true],
    [
      'another service than the server has',
      `${agnhost}, args: [grpc-health-checking]`,
      '{port: 5000, service: x}',
      false,
    ],
    [
      'the service that the server has',
      `${agnhost}, args: [grpc-health-checking, --service=x]`,
      '{port: 5000, service: x}',
      true,
    ],
    ['a server that speaks HTTP', 'image: nginx', '{port: 80}', false],
    ['a server that is not known', 'image: my-own-image, ports: [{containerPort: 9000}]', '{port: 9000}', true],
  ])('of %s', (_title, container, grpc, ready) => {
    const cluster = clusterWith(podManifest('p', one(`${container}, readinessProbe: {grpc: ${grpc}}`)));
    cluster.settle();
    expect(isReady(podOf(cluster, 'p'))).toBe(ready);
  });
});
