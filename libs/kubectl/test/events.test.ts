import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

/** As recorded from kubectl 1.36, without a kubelet: what chance gives is left out. */
describe('kubectl and Events', () => {
  it.each<[string, string]>([
    [
      'kubectl get events --field-selector reason=ScalingReplicaSet --no-headers | sed "s/^[0-9]*s *//"',
      'Normal   ScalingReplicaSet   deployment/web   Scaled up replica set web-* from 0 to 2\n',
    ],
    [
      'kubectl get events --field-selector involvedObject.kind=Deployment | head -1',
      'LAST SEEN   TYPE     REASON              OBJECT           MESSAGE\n',
    ],
    [
      'kubectl get events -o wide --field-selector involvedObject.kind=Deployment | head -1 | tr -s " "',
      'LAST SEEN TYPE REASON OBJECT SUBOBJECT SOURCE MESSAGE FIRST SEEN COUNT NAME\n',
    ],
    [
      'kubectl get events -o wide --show-kind --no-headers --field-selector involvedObject.kind=Deployment | tr -s " " | cut -d " " -f 3-6,16-17 | cut -d . -f 1',
      'ScalingReplicaSet deployment/web deployment-controller Scaled 1 event/web\n',
    ],
    ['kubectl delete events --all | cut -d . -f 1 | sort -u | grep -v web-', 'event "web\n'],
  ])('%s', (script, stdout) => {
    const cluster = createCluster();
    const run = (line: string): string =>
      runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, line).stdout.replace(
        /web-[0-9a-f]{9,10}/g,
        'web-*',
      );
    run('kubectl create deployment web --image=nginx:1.25 --replicas=2');
    cluster.settle();
    expect(run(script)).toBe(stdout);
  });
});
