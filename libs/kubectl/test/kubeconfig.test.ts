import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

interface ConfigCase {
  readonly what: string;
  readonly script: string;
  readonly output: string;
}

/** What kubectl v1.36 says on the same command lines (kubectl/pkg/cmd/config, client-go/tools/clientcmd). */
const cases: readonly ConfigCase[] = [
  { what: 'the context', script: 'kubectl config current-context', output: 'kubedrill\n' },
  {
    what: 'another namespace for the context',
    script: 'kubectl config set-context --current --namespace=team; kubectl get pods',
    output: 'Context "kubedrill" modified.\nNo resources found in team namespace.\n',
  },
  {
    what: 'the namespace of a smaller view',
    script: `kubectl config set-context --current --namespace=team >/dev/null
kubectl config view --minify -o jsonpath='{..namespace}'`,
    output: 'team',
  },
  {
    what: 'another context',
    script: `kubectl config set-context dev --cluster=kubedrill --user=kubernetes-admin --namespace=dev
kubectl config use-context dev; kubectl get pods; kubectl get pods --context kubedrill; kubectl config get-contexts`,
    output: `Context "dev" created.
Switched to context "dev".
CURRENT   NAME        CLUSTER     AUTHINFO           NAMESPACE
*         dev         kubedrill   kubernetes-admin   dev
          kubedrill   kubedrill   kubernetes-admin${' '.repeat(3)}
No resources found in dev namespace.
No resources found in default namespace.
`,
  },
  {
    what: 'a context that is not there',
    script: 'kubectl config use-context nope; kubectl get pods --context=nope',
    output: `error: no context exists with the name: "nope"
Error in configuration: context was not found for specified context: nope
`,
  },
  {
    what: 'no cluster to talk to',
    script:
      'KUBECONFIG=/tmp/none kubectl get pods; kubectl get pods --kubeconfig=/tmp/none; kubectl get pods --cluster=x',
    output: `No resources found in default namespace.
error: stat /tmp/none: no such file or directory
error: no server found for cluster "x"
`,
  },
  {
    what: 'properties',
    script: `kubectl config set contexts.kubedrill.namespace a; kubectl config view -o jsonpath='{.contexts[0].context.namespace}{"\\n"}'
kubectl config unset contexts.kubedrill.namespace; kubectl config set users x`,
    output: `Property "contexts.kubedrill.namespace" set.
a
Property "contexts.kubedrill.namespace" unset.
error: can't set a map to a value
`,
  },
];

describe('kubectl config', () => {
  it.each(cases)('$what', ({ script, output }) => {
    const cluster = createCluster({ nodes: [{ name: 'node-1', address: '192.168.49.2' }] });
    const { stdout, stderr } = runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, script);
    expect(stdout + stderr).toBe(output);
  });
});
