import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

interface WatchCase {
  readonly what: string;
  readonly script: string;
  readonly stdout: string;
  readonly exitCode: number;
}

const columns = `-o custom-columns=NAME:.metadata.name --no-headers`;

/** kubectl/pkg/cmd/get/get.go watch; bash's jobs run beside it. */
const cases: readonly WatchCase[] = [
  {
    what: 'what comes while it watches',
    script: `(sleep 1; kubectl create cm a; sleep 1; kubectl delete cm a) >/dev/null & timeout 4 kubectl get cm -w -l '!x' ${columns}`,
    stdout: 'kube-root-ca.crt\na\na\n',
    exitCode: 124,
  },
  {
    what: 'names, without what was there',
    script: '(sleep 1; kubectl create cm a) >/dev/null & timeout 3 kubectl get cm --watch-only -o name',
    stdout: 'configmap/a\n',
    exitCode: 124,
  },
  {
    what: 'no longer than a request may take',
    script: 'kubectl get svc -w -o name --request-timeout=2s',
    stdout: 'service/kubernetes\n',
    exitCode: 0,
  },
  {
    what: 'interrupted when nothing happens any more',
    script: 'kubectl get svc -w -o name',
    stdout: 'service/kubernetes\n',
    exitCode: 130,
  },
  {
    what: 'jobs that the shell waits for',
    script: '(sleep 2; echo first) & sleep 1; echo second; wait; echo third',
    stdout: 'second\nfirst\nthird\n',
    exitCode: 0,
  },
];

describe('kubectl get --watch', () => {
  it.each(cases)('$what', ({ script, stdout, exitCode }) => {
    const cluster = createCluster({ nodes: [{ name: 'node-1', address: '192.168.49.2' }] });
    cluster.settle();
    const result = runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, script);
    expect({ stdout: result.stdout, exitCode: result.exitCode }).toEqual({ stdout, exitCode });
  });
});
