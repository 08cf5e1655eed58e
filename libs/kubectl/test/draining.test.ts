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
    what: 'drains that are refused',
    script: `kubectl drain; kubectl drain nope; kubectl drain node-1 -l a=b; kubectl drain svc/x; kubectl drain node-1 --pod-selector='a in (b'; kubectl drain node-1 --timeout=x`,
    stderr: `error: USAGE: drain NODE [flags]
See 'kubectl drain -h' for help and examples
Error from server (NotFound): nodes "nope" not found
error: cannot specify both a node name and a --selector option
See 'kubectl drain -h' for help and examples
Error from server (NotFound): services "x" not found
error: --pod-selector=<pod_selector> must be a valid label selector
error: invalid argument "x" for "--timeout" flag: time: invalid duration "x"
See 'kubectl drain --help' for usage.
`,
    exitCode: 1,
  },
  {
    what: 'a node without Pods',
    script: `kubectl drain node-1 --ignore-daemonsets --pod-selector=nothing; kubectl drain node-1 --dry-run=client --pod-selector=nothing; kubectl get nodes -o jsonpath='{.items[*].spec.unschedulable}'`,
    stdout: `node/node-1 cordoned
node/node-1 drained
node/node-1 already cordoned (dry run)
node/node-1 drained (dry run)
true`,
  },
  {
    what: 'Pods that keep a node from being drained',
    script: `kubectl run bare --image=nginx --overrides='{"apiVersion":"v1","spec":{"nodeName":"node-1"}}'; kubectl drain node-1 --pod-selector=run=bare; kubectl drain node-1 --pod-selector=run=bare --force --dry-run=client; kubectl drain node-1 --pod-selector=run=bare --force --dry-run=server; kubectl drain node-1 --pod-selector=run=bare --force --grace-period=1`,
    stdout: `pod/bare created
node/node-1 cordoned
node/node-1 already cordoned (dry run)
evicting pod default/bare (dry run)
node/node-1 drained (dry run)
node/node-1 already cordoned (server dry run)
evicting pod default/bare (server dry run)
node/node-1 drained (server dry run)
node/node-1 already cordoned
evicting pod default/bare
pod/bare evicted
node/node-1 drained
`,
    stderr: `error: unable to drain node "node-1" due to error: cannot delete Pods that declare no controller (use --force to override): default/bare, continuing command...
There are pending nodes to be drained:
 node-1
cannot delete Pods that declare no controller (use --force to override): default/bare
Warning: deleting Pods that declare no controller: default/bare
Warning: deleting Pods that declare no controller: default/bare
Warning: deleting Pods that declare no controller: default/bare
`,
  },
  {
    what: 'a budget that lets nothing go',
    script: `kubectl create deployment web --image=nginx --replicas=3 >/dev/null; kubectl rollout status deployment web >/dev/null; kubectl create pdb p --selector=app=web --min-available=3; kubectl drain node-1 --pod-selector=app=web --timeout=2s 2>/dev/null | sed -E 's/web-[a-z0-9]+-[a-z0-9]+/web-x/g'; kubectl drain node-1 --pod-selector=app=web --disable-eviction --grace-period=1 | sed -E 's/web-[a-z0-9]+-[a-z0-9]+/web-x/g'`,
    stdout: `poddisruptionbudget.policy/p created
node/node-1 cordoned
evicting pod default/web-x
evicting pod default/web-x
node/node-1 already cordoned
pod/web-x deleted
node/node-1 drained
`,
  },
  {
    what: 'tokens that are refused',
    script:
      'kubectl create token; kubectl create token nope; kubectl create token default --duration=1s; kubectl create token default --duration=1500ms; kubectl create token default --duration=-1s; kubectl create token default --bound-object-kind=Foo; kubectl create token default --bound-object-kind=Pod; kubectl create token default --bound-object-name=x; kubectl create token default --audience=',
    stderr: `error: exactly one NAME is required, got 0
See 'kubectl create token -h' for help and examples
error: failed to create token: serviceaccounts "nope" not found
error: failed to create token: TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 1: may not specify a duration less than 10 minutes
error: --duration cannot be expressed in units less than seconds
error: --duration must be greater than or equal to 0
error: supported --bound-object-kind values are Node, Pod, Secret
error: --bound-object-name is required if --bound-object-kind is provided
error: --bound-object-name can only be set if --bound-object-kind is provided
error: --audience must not be an empty string
`,
    exitCode: 1,
  },
  {
    what: 'a token, and what it is for',
    script: `kubectl create token default | cut -c1-3; kubectl create token default --audience=a --duration=20m -o jsonpath='{.kind} {.spec.audiences} {.spec.expirationSeconds}'; kubectl create token default -o json | head -5`,
    stdout: `eyJ
TokenRequest ["a"] 1200{
    "kind": "TokenRequest",
    "apiVersion": "authentication.k8s.io/v1",
    "metadata": {
        "name": "default",
`,
  },
];

describe('kubectl drain and kubectl create token', () => {
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
