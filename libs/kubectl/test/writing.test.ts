import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

interface ScriptCase {
  readonly what: string;
  readonly script: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

/** What kubectl v1.36 prints against the same cluster. */
const cases: readonly ScriptCase[] = [
  {
    what: 'taints that come, change and go',
    script:
      'kubectl taint node node-1 a=b:NoSchedule c:NoExecute; kubectl taint nodes node-1 a=x:NoSchedule; kubectl taint nodes node-1 a=x:NoSchedule --overwrite; kubectl taint nodes node-1 d:PreferNoSchedule c-; kubectl taint nodes node-1 a:NoSchedule- --dry-run=client; kubectl get node node-1 -o jsonpath={.spec.taints}; kubectl taint nodes node-1 a- d-; kubectl taint nodes node-1 a-',
    stdout: `node/node-1 tainted
node/node-1 modified
node/node-1 modified
node/node-1 untainted
[{"effect":"PreferNoSchedule","key":"d"},{"effect":"NoSchedule","key":"a","value":"x"}]node/node-1 untainted
`,
    stderr: `error: node node-1 already has a taint(s) with same effect(s) and --overwrite is false
error: taint "a" not found
`,
    exitCode: 1,
  },
  {
    what: 'taints that cannot be',
    script:
      'kubectl taint node node-1 a=b:Never; kubectl taint node node-1 a; kubectl taint node node-1 a=b; kubectl taint node a:NoSchedule; kubectl taint pod p a:NoSchedule; kubectl taint node node-1 a:NoSchedule a-; kubectl taint node node-1 a:NoSchedule a=b:NoSchedule; kubectl taint node node-1 a:NoSchedule --all -l x=y; kubectl taint node node-1 -bad:NoSchedule',
    stderr: `error: invalid taint effect: Never, unsupported taint effect
See 'kubectl taint -h' for help and examples
error: at least one taint update is required
error: invalid taint spec: a=b, name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
See 'kubectl taint -h' for help and examples
error: at least one resource name must be specified since 'all' parameter is not set
error: invalid resource type pod, only node types are supported
error: can not both modify and remove the following taint(s) in the same command: a=
error: duplicated taints with the same key and effect: {a b NoSchedule <nil>}
See 'kubectl taint -h' for help and examples
error: setting 'all' parameter with a non empty selector is prohibited
error: unknown shorthand flag: 'b' in -bad:NoSchedule
See 'kubectl taint --help' for usage.
`,
    exitCode: 1,
  },
  {
    what: 'nodes closed to new Pods and opened again',
    script:
      'kubectl cordon node-1; kubectl cordon node/node-1 --dry-run=client; kubectl get nodes -o name --field-selector spec.unschedulable=true; kubectl uncordon node-1 --dry-run=server; kubectl uncordon -l kubernetes.io/hostname=node-1',
    stdout: `node/node-1 cordoned
node/node-1 already cordoned (dry run)
node/node-1
node/node-1 uncordoned (server dry run)
node/node-1 uncordoned
`,
  },
  {
    what: 'what is no node',
    script: 'kubectl cordon; kubectl cordon node-x; kubectl cordon node-1 -l a=b',
    stderr: `error: USAGE: cordon NODE [flags]
See 'kubectl cordon -h' for help and examples
Error from server (NotFound): nodes "node-x" not found
error: cannot specify both a node name and a --selector option
See 'kubectl cordon -h' for help and examples
`,
    exitCode: 1,
  },
  {
    what: 'a patch that is no JSON',
    script: "kubectl patch svc kubernetes -p '{bad'",
    stderr: "Error from server (BadRequest): invalid character 'b' looking for beginning of object key string\n",
    exitCode: 1,
  },
  {
    what: 'a patch of each type, on the workstation',
    script: `kubectl create svc clusterip s --tcp=80 --dry-run=client -o yaml > s.yaml; kubectl patch -f s.yaml --local -p '{"metadata":{"labels":{"c":"d"}}}' -o jsonpath='{.metadata.labels}'; kubectl patch -f s.yaml --local --type=json -p '[{"op":"add","path":"/metadata/labels/z","value":"y"}]' -o jsonpath='{.metadata.labels}'`,
    stdout: '{"app":"s","c":"d"}{"app":"s","z":"y"}',
  },
  {
    what: 'patches that change nothing',
    script: `kubectl patch svc kubernetes -p '{"metadata":{"labels":{"q":"r"}}}'; kubectl patch svc kubernetes -p '{"metadata":{"labels":{"q":"r"}}}'`,
    stdout: `service/kubernetes patched
service/kubernetes patched (no change)
`,
  },
  {
    what: 'labels that come and go at once',
    script:
      'kubectl label svc kubernetes a=1 provider- --overwrite; kubectl label svc kubernetes a=2 b=3; kubectl label svc kubernetes x=y=z; kubectl label svc kubernetes x=y x-',
    stdout: 'service/kubernetes modified\n',
    stderr: `error: 'a' already has a value (1), and --overwrite is false
error: invalid label spec: x=y=z
error: can not both modify and remove a label in the same command
`,
    exitCode: 1,
  },
  {
    what: 'labels of what the version does not fit',
    script: 'kubectl label svc kubernetes x=y --resource-version=1',
    stderr:
      'Error from server (Conflict): Operation cannot be fulfilled on services "kubernetes": the object has been modified; please apply your changes to the latest version and try again\n',
    exitCode: 1,
  },
  {
    what: 'labels without an object',
    script: 'kubectl label svc x=y; kubectl label x=y; kubectl label svc --all -l a=b x=y',
    stderr: `error: resource(s) were provided, but no name was specified
error: one or more resources must be specified as <resource> <name> or <resource>/<name>
error: cannot set --all and --selector at the same time
`,
    exitCode: 1,
  },
  {
    what: 'deletion under flags that exclude each other',
    script:
      'kubectl delete svc s --now --grace-period=3; kubectl delete svc s --force --grace-period=3; kubectl delete svc s --cascade=foo; kubectl delete svc s -o yaml',
    stderr: `error: --now and --grace-period cannot be specified together
error: --force and --grace-period greater than 0 cannot be specified together
error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"
error: unexpected -o output mode: yaml. We only support '-o name'
`,
    exitCode: 1,
  },
  {
    what: "deletion in a cluster's scope",
    script: 'kubectl delete node node-3 -n default',
    stdout: 'node "node-3" deleted\n',
    stderr: 'Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n',
  },
  {
    what: 'deletion that asks',
    script: 'echo y | kubectl delete cm kube-root-ca.crt -i; kubectl delete svc kubernetes -i </dev/null',
    stdout: `You are about to delete the following 1 resource(s):
configmap/kube-root-ca.crt
Do you want to continue? (y/N): configmap "kube-root-ca.crt" deleted from default namespace
You are about to delete the following 1 resource(s):
service/kubernetes
Do you want to continue? (y/N): deletion is cancelled
`,
  },
  {
    what: 'files that are no manifests',
    script:
      "printf 'apiVersion: v1\\nmetadata: {name: x}\\n' > k.yaml; kubectl delete -f k.yaml; kubectl create -f k.yaml; echo hello | kubectl apply -f -",
    stderr: `error: unable to decode "k.yaml": Object 'Kind' is missing in '{"apiVersion":"v1","metadata":{"name":"x"}}'
error: error validating "k.yaml": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false
error: error validating "STDIN": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false
`,
    exitCode: 1,
  },
  {
    what: 'a list with unknown kinds',
    script: `echo '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Foo","metadata":{"name":"l"}},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m"}}]}' | kubectl create -f -`,
    stdout: 'configmap/m created\n',
    stderr: 'unable to recognize no matches for kind "Foo" in version "v1"\n',
    exitCode: 1,
  },
  {
    what: 'an apply that is refused, alone and among others',
    script:
      "kubectl create svc clusterip s --tcp=80 --dry-run=client -o yaml > s.yaml; kubectl apply -f s.yaml; sed -i 's/port: 80/port: 0/' s.yaml; kubectl apply -f s.yaml; kubectl create cm c --dry-run=client -o yaml > c.yaml; kubectl apply -f s.yaml -f c.yaml -f nope.yaml; echo kind: x > x.yaml; kubectl apply -f s.yaml -f x.yaml",
    stdout: 'service/s created\n',
    stderr: `The Service "s" is invalid: spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
error: the path "nope.yaml" does not exist
error validating "x.yaml": error validating data: apiVersion not set; if you choose to ignore these errors, turn validation off with --validate=false
Error from server (Invalid): error when applying patch:
{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"Service\\",\\"metadata\\":{\\"annotations\\":{},\\"labels\\":{\\"app\\":\\"s\\"},\\"name\\":\\"s\\",\\"namespace\\":\\"default\\"},\\"spec\\":{\\"ports\\":[{\\"name\\":\\"80\\",\\"port\\":0,\\"protocol\\":\\"TCP\\",\\"targetPort\\":80}],\\"selector\\":{\\"app\\":\\"s\\"},\\"type\\":\\"ClusterIP\\"},\\"status\\":{\\"loadBalancer\\":{}}}\\n"}},"spec":{"$setElementOrder/ports":[{"port":0}],"ports":[{"name":"80","port":0,"protocol":"TCP","targetPort":80},{"$patch":"delete","port":80}]}}
to:
Resource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"
Name: "s", Namespace: "default"
for: "s.yaml": error when patching "s.yaml": Service "s" is invalid: spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
`,
    exitCode: 1,
  },
  {
    what: 'what is applied no longer, pruned',
    script:
      'for n in a b; do kubectl create cm $n --dry-run=client -o yaml | kubectl label --local -f - p=q -o yaml > $n.yaml; done; kubectl apply -f a.yaml -f b.yaml; kubectl apply -f a.yaml --prune -l p=q --prune-allowlist=core/v1/ConfigMap',
    stdout: `configmap/a created
configmap/b created
configmap/a unchanged
configmap/b pruned
`,
  },
  {
    what: 'an apply without a name',
    script:
      "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {generateName: g-}\\n' | kubectl apply -f -; printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {}\\n' | kubectl apply -f -",
    stderr: `error: from g-: cannot use generate name with apply
error: error when retrieving current configuration of:
Resource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"
Name: "", Namespace: "default"
from server for: "STDIN": resource name may not be empty
`,
    exitCode: 1,
  },
  {
    what: 'the way from client-side to server-side apply',
    script:
      'kubectl create cm c --from-literal=a=1 --dry-run=client -o yaml > c.yaml; kubectl apply -f c.yaml; kubectl apply --server-side -f c.yaml; kubectl apply --server-side -f c.yaml --field-manager=x',
    stdout: `configmap/c created
configmap/c serverside-applied
configmap/c serverside-applied
`,
  },
  {
    what: 'differences, with secrets hidden',
    script:
      "kubectl create secret generic s --from-literal=a=1 --from-literal=b=2; kubectl create secret generic s --from-literal=a=1 --from-literal=b=3 --from-literal=c=4 --dry-run=client -o yaml | kubectl diff -f - | grep '^[-+] '",
    stdout: `secret/s created
-  b: '*** (before)'
+  b: '*** (after)'
+  c: '***'
`,
  },
  {
    what: 'the exit codes of diff',
    script: 'kubectl diff -f nope.yaml; echo $?; kubectl diff --bogus; echo $?',
    stdout: `2
2
`,
    stderr: `error: the path "nope.yaml" does not exist
error: unknown flag: --bogus
See 'kubectl diff -h' for help and examples
`,
  },
  {
    what: 'replacement by force',
    script:
      'kubectl create cm c --dry-run=client -o yaml > c.yaml; kubectl create -f c.yaml; kubectl replace --force -f c.yaml; kubectl replace --force -f c.yaml --dry-run=server; kubectl replace -f c.yaml --timeout=3s',
    stdout: `configmap/c created
configmap "c" deleted from default namespace
configmap/c replaced
`,
    stderr: `error: --dry-run can not be used when --force is set
error: --timeout must have --force specified
`,
    exitCode: 1,
  },
  {
    what: 'edits of several objects',
    script:
      "kubectl create cm a --from-literal=k=old; kubectl create cm b --from-literal=k=new; EDITOR='sed -i s/old/fresh/' kubectl edit cm a b",
    stdout: `configmap/a created
configmap/b created
configmap/a edited
configmap/b skipped
`,
  },
  {
    what: 'editors that fail',
    script:
      'EDITOR=false kubectl edit svc kubernetes; EDITOR=true kubectl edit svc kubernetes; EDITOR=nosuchprogram kubectl edit svc kubernetes',
    stderr: `error: there was a problem with the editor "false"
Edit cancelled, no changes made.
error: unable to launch the editor "nosuchprogram"
`,
    exitCode: 1,
  },
  {
    what: 'a dry run as it was asked for in former times',
    script: "kubectl create cm x --dry-run 2>&1 | sed 's/^W.*]/W/'",
    stdout: `W --dry-run is deprecated and can be replaced with --dry-run=client.
configmap/x created (dry run)
`,
  },
];

describe('kubectl commands that write', () => {
  it.each(cases)('answers: $what', ({ script, stdout = '', stderr = '', exitCode = 0 }) => {
    const cluster = createCluster();
    cluster.settle();
    expect(runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, script)).toEqual({
      stdout,
      stderr,
      exitCode,
    });
  });
});
