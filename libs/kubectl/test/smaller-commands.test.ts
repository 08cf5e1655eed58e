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
    what: 'help of a command, of a group, of nothing that there is',
    script:
      'kubectl expose --help | head -3; kubectl help create service; kubectl set; kubectl help nope 2>&1 | head -6; kubectl options | head -4; kubectl help | grep -c .; kubectl get -h | tail -4',
    stdout: `Expose a resource as a new Kubernetes service.

 Looks up a deployment, service, replica set, replication controller or pod by name and uses the selector for that resource as the selector for a new service on the specified port. A deployment or replica set will be exposed as a service only if its selector is convertible to a selector that service supports, i.e. when the selector contains only the matchLabels component. Note that if no port is specified via --port and the exposed resource has multiple ports, all will be re-used by the new service. Also if no labels are specified, the new service will re-use the labels from the resource it exposes.
Create a service using a specified subcommand.

Aliases:
service, svc

Available Commands:
  clusterip      Create a ClusterIP service
  externalname   Create an ExternalName service
  loadbalancer   Create a LoadBalancer service
  nodeport       Create a NodePort service

Usage:
  kubectl create service [flags] [options]

Use "kubectl create service <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
Unknown help topic [\`nope\`]


Basic Commands (Beginner):
  create          Create a resource from a file or from stdin
  expose          Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service
The following options can be passed to any command:

    --as='':
	Username to impersonate for the operation. User could be a regular user or a service account in a namespace.
58
Usage:
  kubectl get [(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags] [options]

Use "kubectl options" for a list of global command-line options (applies to all commands).
`,
    stderr: `Configure application resources.

 These commands help you make changes to existing application resources.

Available Commands:
  env              Update environment variables on a pod template
  image            Update the image of a pod template
  resources        Update resource requests/limits on objects with pod templates
  selector         Set the selector on a resource
  serviceaccount   Update the service account of a resource
  subject          Update the user, group, or service account in a role binding or cluster role binding

Usage:
  kubectl set SUBCOMMAND [options]

Use "kubectl set <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
`,
  },
  {
    what: 'commands for what is not there',
    script:
      'kubectl alpha; kubectl plugin list; kubectl completion; kubectl completion tcsh; kubectl certificate approve; kubectl certificate approve a b; kubectl top node a b; kubectl top pod a -l b=c; kubectl top pod --sort-by=name; kubectl get svc --request-timeout=soon',
    stderr: `No alpha commands are available in this version of kubectl
error: unable to find any kubectl plugins in your PATH
error: Shell not specified.
See 'kubectl completion -h' for help and examples
error: Unsupported shell type "tcsh".
See 'kubectl completion -h' for help and examples
error: one or more CSRs must be specified as <name> or -f <filename>
Error from server (NotFound): certificatesigningrequests.certificates.k8s.io "a" not found
Error from server (NotFound): certificatesigningrequests.certificates.k8s.io "b" not found
error: node [NAME | -l label]
See 'kubectl top node -h' for help and examples
error: only one of NAME or selector can be provided
error: --sort-by accepts only cpu or memory
error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)
`,
    exitCode: 1,
  },
  {
    what: 'resources as documents',
    script: 'kubectl cluster-info dump --namespaces=none | head -8; kubectl cluster-info dump -o name',
    stdout: `{
    "kind": "NodeList",
    "apiVersion": "v1",
    "metadata": {
        "resourceVersion": "163"
    },
    "items": [
        {
`,
    stderr: `error: list types are not supported by name printing: *v1.NodeList
`,
    exitCode: 1,
  },
  {
    what: 'RBAC that is reconciled',
    script: `printf 'apiVersion: rbac.authorization.k8s.io/v1\\nkind: Role\\nmetadata: {name: r, namespace: default}\\nrules:\\n- {apiGroups: [""], resources: [pods, services], verbs: [get, list]}\\n---\\napiVersion: rbac.authorization.k8s.io/v1\\nkind: RoleBinding\\nmetadata: {name: rb, namespace: default}\\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\\nsubjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]\\n' > r.yaml; kubectl auth reconcile -f r.yaml; kubectl auth reconcile -f r.yaml; sed -i 's/services\\], verbs: \\[get, list/endpoints], verbs: [get/; s/jane/joe/' r.yaml; kubectl auth reconcile -f r.yaml --dry-run=client; kubectl auth reconcile -f r.yaml; kubectl auth reconcile -f r.yaml --remove-extra-permissions --remove-extra-subjects -o name; kubectl get role r -o jsonpath={.rules}; kubectl auth reconcile; kubectl auth reconcile -f r.yaml --dry-run=server`,
    stdout: `role.rbac.authorization.k8s.io/r reconciled
rolebinding.rbac.authorization.k8s.io/rb reconciled
role.rbac.authorization.k8s.io/r reconciled
rolebinding.rbac.authorization.k8s.io/rb reconciled
role.rbac.authorization.k8s.io/r reconciled (dry run)
rolebinding.rbac.authorization.k8s.io/rb reconciled (dry run)
role.rbac.authorization.k8s.io/r reconciled
rolebinding.rbac.authorization.k8s.io/rb reconciled
role.rbac.authorization.k8s.io/r
rolebinding.rbac.authorization.k8s.io/rb
[{"apiGroups":[""],"resources":["pods","endpoints"],"verbs":["get"]}]`,
    stderr: `	reconciliation required create
	missing rules added:
		{Verbs:[get list] APIGroups:[] Resources:[pods services] ResourceNames:[] NonResourceURLs:[]}
	reconciliation required create
	missing subjects added:
		{Kind:User APIGroup:rbac.authorization.k8s.io Name:jane Namespace:}
	reconciliation required update
	missing rules added:
		{Verbs:[get] APIGroups:[] Resources:[endpoints] ResourceNames:[] NonResourceURLs:[]}
	reconciliation required update
	missing subjects added:
		{Kind:User APIGroup:rbac.authorization.k8s.io Name:joe Namespace:}
	reconciliation required update
	missing rules added:
		{Verbs:[get] APIGroups:[] Resources:[endpoints] ResourceNames:[] NonResourceURLs:[]}
	reconciliation required update
	missing subjects added:
		{Kind:User APIGroup:rbac.authorization.k8s.io Name:joe Namespace:}
	reconciliation required update
	extra rules removed:
		{Verbs:[list] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}
		{Verbs:[get] APIGroups:[] Resources:[services] ResourceNames:[] NonResourceURLs:[]}
		{Verbs:[list] APIGroups:[] Resources:[services] ResourceNames:[] NonResourceURLs:[]}
	reconciliation required update
	extra subjects removed:
		{Kind:User APIGroup:rbac.authorization.k8s.io Name:jane Namespace:}
error: must specify one of -f and -k
error: --dry-run=server for command reconcile is not supported yet
`,
    exitCode: 1,
  },
  {
    what: 'logs that cannot be',
    script:
      'kubectl logs; kubectl logs nope --tail=x; kubectl logs nope; kubectl logs -l a=b; kubectl logs deploy/nope; kubectl run a --image=busybox -- sleep 100 >/dev/null; kubectl wait --for=condition=Ready pod/a >/dev/null; kubectl logs a --limit-bytes=-1; kubectl logs a --since=1h --since-time=2020-01-01T00:00:00Z; kubectl logs a -c b --all-containers; kubectl logs a b -c c; kubectl logs a --tail=-2; kubectl logs a -c b',
    stderr: `error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command
See 'kubectl logs -h' for help and examples
error: invalid argument "x" for "--tail" flag: strconv.ParseInt: parsing "x": invalid syntax
See 'kubectl logs --help' for usage.
error: error from server (NotFound): pods "nope" not found in namespace "default"
No resources found in default namespace.
error: error from server (NotFound): deployments.apps "nope" not found in namespace "default"
error: --limit-bytes must be greater than 0
error: at most one of \`sinceTime\` or \`sinceSeconds\` may be specified
error: --all-containers=true should not be specified with container name b
error: only one of -c or an inline [CONTAINER] arg is allowed
error: --tail must be greater than or equal to -1
error: container b is not valid for pod a out of: a
`,
    exitCode: 1,
  },
  {
    what: 'a flag of former times, and a directory without manifests',
    script: 'mkdir empty; kubectl apply -f empty; kubectl scale deploy x --replicas=1 --record',
    stderr: `error: error reading [empty]: recognized file extensions are [.json .yaml .yml]
Flag --record has been deprecated, --record will be removed in the future
Error from server (NotFound): deployments.apps "x" not found
`,
    exitCode: 1,
  },
  {
    what: 'what --record writes down',
    script: `kubectl create deployment web --image=nginx:1; kubectl set image deployment/web nginx=nginx:2 --record; kubectl set env deploy web A=b --record; kubectl get deploy web -o jsonpath='{.metadata.annotations.kubernetes\\.io/change-cause}{"\\n"}'; kubectl create cm c --from-literal=a=b --dry-run=client -o yaml > c.yaml; kubectl create -f c.yaml --record; kubectl get cm c -o jsonpath='{.metadata.annotations}{"\\n"}'; kubectl apply -f c.yaml --record=false; kubectl apply --record -f c.yaml 2>/dev/null; kubectl get cm c -o jsonpath='{.metadata.annotations.kubernetes\\.io/change-cause}{"\\n"}'`,
    stdout: `deployment.apps/web created
deployment.apps/web image updated
kubectl set image deployment/web nginx=nginx:2 --record=true
configmap/c created
{"kubernetes.io/change-cause":"kubectl create --filename=c.yaml --record=true"}
configmap/c configured
configmap/c configured
kubectl apply --record=true --filename=c.yaml
`,
    stderr: `Flag --record has been deprecated, --record will be removed in the future
error: unknown flag: --record
See 'kubectl set env --help' for usage.
Flag --record has been deprecated, --record will be removed in the future
Flag --record has been deprecated, --record will be removed in the future
Warning: resource configmaps/c is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.
`,
  },
  {
    what: 'a selector that a Service cannot have',
    script: `kubectl set selector svc kubernetes 'a!=b'; kubectl set selector svc kubernetes 'a notin (b)'`,
    stderr: `error: "!=" is not a valid label selector operator
error: match expression [{a NotIn [b]}] not supported on this object
`,
    exitCode: 1,
  },
  {
    what: 'a list whose items do not say what they are',
    script: `echo '{"apiVersion":"v1","kind":"ConfigMapList","items":[{"metadata":{"name":"q"}},{"metadata":{"name":"r"}}]}' | kubectl apply -f -`,
    stdout: `configmap/q created
configmap/r created
`,
  },
  {
    what: 'flags that a command does not take',
    script: 'kubectl set env deploy web A=b --record',
    stderr: `error: unknown flag: --record
See 'kubectl set env --help' for usage.
`,
    exitCode: 1,
  },
];

describe('kubectl help and smaller commands', () => {
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
