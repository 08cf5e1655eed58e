import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

const notHere = (what: string, name: string): string => `Error from server (NotFound): ${what} "${name}" not found\n`;

interface ScriptCase {
  readonly what: string;
  readonly script: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

/** Expected texts follow kubectl v1.36 (pkg/cmd/*, cli-runtime/pkg/resource) and printers.go. */
const cases: readonly ScriptCase[] = [
  {
    what: 'names of what a selector selects',
    script: 'kubectl create deployment a --image=nginx -o name; kubectl get deploy -l app=a -o name',
    stdout: 'deployment.apps/a\ndeployment.apps/a\n',
  },
  {
    what: 'nothing in a namespace',
    script: 'kubectl get pods -n kube-public',
    stderr: 'No resources found in kube-public namespace.\n',
  },
  {
    what: 'a table through a pipe',
    script: 'kubectl get svc --no-headers | wc -l',
    stdout: '1\n',
  },
  {
    what: 'the columns of a Service',
    script: 'kubectl get svc kubernetes | head -1',
    stdout: 'NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\n',
  },
  { what: 'an absent object', script: 'kubectl get svc web', stderr: notHere('services', 'web'), exitCode: 1 },
  {
    what: 'several absent objects, one line each',
    script: 'kubectl get deploy/x cm/y',
    stderr: notHere('deployments.apps', 'x') + notHere('configmaps', 'y'),
    exitCode: 1,
  },
  {
    what: 'an unknown type',
    script: 'kubectl get gadgets',
    stderr: `error: the server doesn't have a resource type "gadgets"\n`,
    exitCode: 1,
  },
  {
    what: 'an unknown flag',
    script: 'kubectl get pods --colour',
    stderr: "error: unknown flag: --colour\nSee 'kubectl get --help' for usage.\n",
    exitCode: 1,
  },
  {
    what: 'a second object of a name',
    script: 'kubectl create deployment d --image=nginx && kubectl create deployment d --image=nginx',
    stdout: 'deployment.apps/d created\n',
    stderr: 'error: failed to create deployment: deployments.apps "d" already exists\n',
    exitCode: 1,
  },
  {
    what: 'a Service for each protocol of a port',
    script: `kubectl apply -f - <<EOF
apiVersion: v1
kind: Pod
metadata: {name: dns, labels: {app: dns}}
spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}]}]}
EOF
kubectl expose pod dns --port=53
kubectl get svc dns -o jsonpath='{range .spec.ports[*]}{.name}={.port}/{.protocol}{"\\n"}{end}'`,
    stdout: 'pod/dns created\nservice/dns exposed\nport-1-udp=53/UDP\nport-1-tcp=53/TCP\n',
  },
  {
    what: 'deletion, which waits for the end',
    script: 'kubectl create deployment d --image=nginx; kubectl delete deploy d; kubectl get deploy d',
    stdout: 'deployment.apps/d created\ndeployment.apps "d" deleted from default namespace\n',
    stderr: notHere('deployments.apps', 'd'),
    exitCode: 1,
  },
  {
    what: 'a Service of each type',
    script: `kubectl create service clusterip c --tcp=5678:8080; kubectl create service nodeport n --tcp=80 --node-port=30123
kubectl create svc clusterip h --clusterip=None; kubectl create service externalname e --external-name=bar.com
kubectl get svc -l app -o jsonpath='{range .items[*]}{.spec.type} {.spec.ports[*].name}{"\\n"}{end}'`,
    stdout:
      'service/c created\nservice/n created\nservice/h created\nservice/e created\nClusterIP 5678-8080\nExternalName \nClusterIP \nNodePort 80\n',
  },
  {
    what: 'what would be created, as YAML',
    script: 'kubectl create service clusterip web --tcp=80 --dry-run=client -o yaml',
    stdout: `apiVersion: v1
kind: Service
metadata:
  labels:
    app: web
  name: web
spec:
  ports:
  - name: "80"
    port: 80
    protocol: TCP
    targetPort: 80
  selector:
    app: web
  type: ClusterIP
status:
  loadBalancer: {}
`,
  },
  {
    what: 'labels set, kept, and taken away',
    script: `kubectl create deployment d --image=nginx -o name; kubectl label deploy d a=1; kubectl label deploy d a=2
kubectl label deploy d a=1; kubectl label deploy d a=2 --overwrite; kubectl label deploy d a-; kubectl label deploy d a-`,
    stdout: `deployment.apps/d
deployment.apps/d labeled
deployment.apps/d not labeled
deployment.apps/d labeled
deployment.apps/d unlabeled
label "a" not found.
deployment.apps/d not labeled
`,
    stderr: "error: 'a' already has a value (1), and --overwrite is false\n",
  },
  {
    what: 'annotations that are there already',
    script: 'kubectl annotate ns default note=hello; kubectl annotate ns default note=again',
    stdout: 'namespace/default annotated\n',
    stderr:
      "error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (hello)\n",
    exitCode: 1,
  },
  {
    what: 'scaling under a condition',
    script: `kubectl create deployment d --image=nginx --replicas=2; kubectl scale deploy/d --replicas=4
kubectl scale deploy d --current-replicas=2 --replicas=1; kubectl get deploy d -o jsonpath={.spec.replicas}`,
    stdout: 'deployment.apps/d created\ndeployment.apps/d scaled\n4',
    stderr: 'error: Expected replicas to be 2, was 4\n',
  },
  {
    what: 'scaling of what has no scale',
    script: 'kubectl scale svc kubernetes --replicas=2',
    stderr: 'Error from server (NotFound): the server could not find the requested resource\n',
    exitCode: 1,
  },
  {
    what: 'deletion of a namespace, which is in none',
    script: 'kubectl create ns shop; kubectl delete ns shop --dry-run=server',
    stdout: 'namespace/shop created\nnamespace "shop" deleted (server dry run)\n',
  },
];

describe('kubectl on a workstation', () => {
  it.each(cases)('answers: $what', ({ script, stdout = '', stderr = '', exitCode = 0 }) => {
    const cluster = createCluster();
    cluster.settle();
    expect(runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, script)).toEqual({
      stdout,
      stderr,
      exitCode,
    });
  });

  it('lets the time of a script pass in the cluster', () => {
    const cluster = createCluster();
    const before = cluster.clock.now();
    runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, 'sleep 3; kubectl get pods; sleep 2');
    expect(cluster.clock.now() - before).toBe(5_000);
  });
});
