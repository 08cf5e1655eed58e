import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import { eventDefinition } from '../../src/api/kinds/event/event-definition.ts';
import type { Cluster, ClusterSettings } from '../../src/index.ts';
import { applyTo, clusterWith, deploymentManifest, podManifest } from '../cluster-fixture.ts';
import { context } from '../api/kinds/decoded.ts';
import { eventLines } from './event-lines.ts';

interface Case {
  readonly what: string;
  readonly manifests: string;
  readonly settings?: ClusterSettings;
  /** What happens after the cluster has settled. */
  readonly then?: (cluster: Cluster) => void;
  /** Of which component. */
  readonly from: string;
  readonly lines: readonly string[];
}

function workload(kind: string, spec: string, name = 'web', podSpec = ''): string {
  const group = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  const selector = kind === 'Job' ? '' : `selector: {matchLabels: {app: ${name}}},`;
  const container = kind === 'Job' ? 'image: busybox, command: ["true"]' : 'image: "nginx:1.25"';
  return `
apiVersion: ${group}
kind: ${kind}
metadata: {name: ${name}}
spec: {${spec} ${selector} template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, ${container}}]${podSpec}}}}
---
`;
}

const zonedNodes = ['one', 'two'].map((name, index) => ({
  name,
  address: `172.18.0.${index + 2}`,
  labels: { 'topology.kubernetes.io/zone': name },
}));

function zonedService(annotations: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: web, annotations: ${annotations}}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n`;
}

function pinnedPod(node: string): string {
  return podManifest(`web-${node}`, `nodeName: ${node}, containers: [{name: c, image: nginx}]`, 'app: web');
}

/** Reasons, texts and their conditions follow from the Kubernetes files that the remarks name. */
const cases: readonly Case[] = [
  {
    what: 'a Deployment that grows, shrinks and gets another template',
    manifests: deploymentManifest({ replicas: 2 }),
    then: (cluster) => {
      applyTo(cluster, deploymentManifest({ replicas: 1 }));
      cluster.settle();
      applyTo(cluster, deploymentManifest({ replicas: 1, image: 'nginx:1.26' }));
    },
    from: 'deployment-controller',
    lines: [
      'Normal ScalingReplicaSet Deployment/web deployment-controller: Scaled up replica set web-* from 0 to 2',
      'Normal ScalingReplicaSet Deployment/web deployment-controller: Scaled down replica set web-* from 2 to 1',
      'Normal ScalingReplicaSet Deployment/web deployment-controller: Scaled up replica set web-* from 0 to 1',
      'Normal ScalingReplicaSet Deployment/web deployment-controller: Scaled down replica set web-* from 1 to 0',
    ],
  },
  {
    what: 'a ReplicaSet',
    manifests: workload('ReplicaSet', 'replicas: 1,'),
    then: (cluster) => {
      applyTo(cluster, workload('ReplicaSet', 'replicas: 0,'));
    },
    from: 'replicaset-controller',
    lines: [
      'Normal SuccessfulCreate ReplicaSet/web replicaset-controller: Created pod: web-*',
      'Normal SuccessfulDelete ReplicaSet/web replicaset-controller: Deleted pod: web-*',
    ],
  },
  {
    what: 'a ReplicaSet whose Pods are refused',
    manifests: workload('ReplicaSet', 'replicas: 1,', 'web', ', serviceAccountName: absent'),
    from: 'replicaset-controller',
    lines: [
      'Warning FailedCreate ReplicaSet/web replicaset-controller: Error creating: pods "web-" is forbidden: error looking up service account default/absent: serviceaccount "absent" not found',
    ],
  },
  {
    what: 'a StatefulSet',
    manifests: workload('StatefulSet', 'serviceName: web, replicas: 2,'),
    then: (cluster) => {
      applyTo(cluster, workload('StatefulSet', 'serviceName: web, replicas: 1,'));
    },
    from: 'statefulset-controller',
    lines: [
      'Normal SuccessfulCreate StatefulSet/web statefulset-controller: Create Pod web-0 in StatefulSet web successful',
      'Normal SuccessfulCreate StatefulSet/web statefulset-controller: Create Pod web-1 in StatefulSet web successful',
      'Normal SuccessfulDelete StatefulSet/web statefulset-controller: Delete Pod web-1 in StatefulSet web successful',
    ],
  },
  {
    what: 'a DaemonSet',
    manifests: workload('DaemonSet', ''),
    settings: { nodes: [{ name: 'a', address: '10.0.0.1' }] },
    from: 'daemonset-controller',
    lines: ['Normal SuccessfulCreate DaemonSet/web daemonset-controller: Created pod: web-*'],
  },
  {
    what: 'a DaemonSet whose Pod is evicted',
    manifests: workload('DaemonSet', ''),
    settings: { nodes: [{ name: 'a', address: '10.0.0.1' }] },
    then: ({ api, view }) => {
      const [pod] = view.list('Pod', 'default');
      const target = { resource: resources.Pod, namespace: 'default', name: pod?.metadata.name ?? '' };
      const body = { status: { phase: 'Failed' } };
      api.handle({ verb: 'patch', patchType: 'merge', ...target, subresource: 'status', body });
    },
    from: 'daemonset-controller',
    lines: [
      'Normal SuccessfulCreate DaemonSet/web daemonset-controller: Created pod: web-*',
      'Warning FailedDaemonPod DaemonSet/web daemonset-controller: Found failed daemon pod default/web-* on node a, will try to kill it',
      'Normal SuccessfulDelete DaemonSet/web daemonset-controller: Deleted pod: web-*',
      'Normal SuccessfulCreate DaemonSet/web daemonset-controller: Created pod: web-*',
    ],
  },
  {
    what: 'a Job',
    manifests: workload('Job', '', 'job', ', restartPolicy: Never'),
    from: 'job-controller',
    lines: [
      'Normal SuccessfulCreate Job/job job-controller: Created pod: job-*',
      'Normal Completed Job/job job-controller: Job completed',
    ],
  },
  {
    what: 'a Job that is suspended and goes on',
    manifests: workload('Job', 'suspend: true,', 'job', ', restartPolicy: Never'),
    then: (cluster) => {
      applyTo(cluster, workload('Job', 'suspend: false,', 'job', ', restartPolicy: Never'));
    },
    from: 'job-controller',
    lines: [
      'Normal Suspended Job/job job-controller: Job suspended',
      'Normal SuccessfulCreate Job/job job-controller: Created pod: job-*',
      'Normal Resumed Job/job job-controller: Job resumed',
      'Normal Completed Job/job job-controller: Job completed',
    ],
  },
  {
    what: 'a Job that is too late',
    manifests: workload('Job', 'activeDeadlineSeconds: 5, backoffLimit: 0,', 'job', ', restartPolicy: Never').replace(
      '["true"]',
      '["sleep", "100"]',
    ),
    from: 'job-controller',
    lines: [
      'Normal SuccessfulCreate Job/job job-controller: Created pod: job-*',
      'Normal SuccessfulDelete Job/job job-controller: Deleted pod: job-*',
      'Warning DeadlineExceeded Job/job job-controller: Job was active longer than specified deadline',
    ],
  },
  {
    what: 'a Pod that finds its node',
    manifests: podManifest('web', 'containers: [{name: c, image: "nginx:1.25"}]'),
    from: 'default-scheduler',
    lines: ['Normal Scheduled Pod/web default-scheduler: Successfully assigned default/web to node-*'],
  },
  {
    what: 'a Pod that finds none',
    manifests: podManifest('web', 'nodeSelector: {disk: ssd}, containers: [{name: c, image: "nginx:1.25"}]'),
    from: 'default-scheduler',
    lines: [
      "Warning FailedScheduling Pod/web default-scheduler: 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    ],
  },
  {
    what: 'a load balancer that comes and goes',
    manifests: 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: LoadBalancer, ports: [{port: 80}]}',
    settings: { loadBalancer: { kind: 'cloud', range: '203.0.113.0/24' } },
    then: (cluster) => {
      applyTo(
        cluster,
        'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: ClusterIP, ports: [{port: 80}]}',
      );
    },
    from: 'service-controller',
    lines: [
      'Normal EnsuringLoadBalancer Service/web service-controller: Ensuring load balancer',
      'Normal EnsuredLoadBalancer Service/web service-controller: Ensured load balancer',
      'Normal DeletingLoadBalancer Service/web service-controller: Deleting load balancer',
      'Normal DeletedLoadBalancer Service/web service-controller: Deleted load balancer',
    ],
  },
  {
    what: 'Endpoints with more addresses than a slice takes',
    manifests: `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: web}
subsets: [{ports: [{port: 80}], addresses: [${Array.from({ length: 1002 }, (_address, index) => `{ip: 10.1.${Math.floor(index / 250)}.${index % 250}}`).join()}]}]
`,
    from: 'endpoint-slice-mirroring-controller',
    lines: [
      'Warning TooManyAddressesToMirror Endpoints/web endpoint-slice-mirroring-controller: A max of 1000 addresses can be mirrored to EndpointSlices per Endpoints subset. 2 addresses were skipped',
    ],
  },
  {
    what: 'hints where no node says its zone',
    manifests:
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, annotations: {service.kubernetes.io/topology-mode: Auto}}\nspec: {selector: {app: web}, ports: [{port: 80}]}',
    from: 'endpoint-slice-controller',
    lines: [
      'Warning TopologyAwareHintsDisabled Service/web endpoint-slice-controller: Insufficient Node information: allocatable CPU or zone not specified on one or more nodes, addressType: IPv4',
    ],
  },
  {
    what: 'hints that are no longer asked for',
    manifests: zonedService('{service.kubernetes.io/topology-mode: Auto}') + ['one', 'two'].map(pinnedPod).join(''),
    settings: { nodes: zonedNodes },
    then: (cluster) => {
      applyTo(cluster, zonedService('{}'));
    },
    from: 'endpoint-slice-controller',
    lines: [
      'Warning TopologyAwareHintsDisabled Service/web endpoint-slice-controller: Insufficient number of endpoints (0 endpoints, 2 zones), addressType: IPv4',
      'Normal TopologyAwareHintsEnabled Service/web endpoint-slice-controller: Topology Aware Hints has been enabled, addressType: IPv4',
      'Warning TopologyAwareHintsDisabled Service/web endpoint-slice-controller: Topology Aware Hints has been disabled, addressType: IPv4',
    ],
  },
  {
    what: 'Pods whose node is gone',
    manifests: zonedService('{}') + ['one', 'two'].map(pinnedPod).join(''),
    settings: { nodes: zonedNodes },
    then: (cluster) => {
      cluster.api.handle({ verb: 'delete', resource: resources.Node, namespace: '', name: 'one' });
      applyTo(cluster, zonedService('{touched: "yes"}'));
      cluster.advance(1_000);
    },
    from: 'endpoint-slice-controller',
    lines: [
      'Warning FailedToUpdateEndpointSlices Service/web endpoint-slice-controller: Error updating Endpoint Slices for Service default/web: skipping Pod web-one for Service default/web: Node one Not Found',
    ],
  },
];

describe('what components say', () => {
  it.each(cases)('$what', ({ manifests, settings = {}, then, from, lines }) => {
    const cluster = clusterWith(manifests, settings);
    cluster.settle();
    then?.(cluster);
    cluster.settle();
    expect(eventLines(cluster).filter((line) => line.includes(` ${from}: `))).toEqual(lines);
    for (const event of cluster.view.list('Event'))
      expect(eventDefinition.strategy.validateCreate(event, context())).toEqual([]);
  });
});
