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
    what: 'a ConfigMap of literals, with a hash behind its name',
    script: 'kubectl create cm a --append-hash --from-literal=a=1 --dry-run=client -o yaml',
    stdout: `apiVersion: v1
data:
  a: "1"
kind: ConfigMap
metadata:
  name: a-8d28446b8b
`,
  },
  {
    what: 'a Secret that a registry wants',
    script:
      "kubectl create secret docker-registry d --docker-username=u --docker-password='p<&>' --docker-email=e@x --dry-run=client -o jsonpath={.data}",
    stdout:
      '{".dockerconfigjson":"eyJhdXRocyI6eyJodHRwczovL2luZGV4LmRvY2tlci5pby92MS8iOnsidXNlcm5hbWUiOiJ1IiwicGFzc3dvcmQiOiJwXHUwMDNjXHUwMDI2XHUwMDNlIiwiZW1haWwiOiJlQHgiLCJhdXRoIjoiZFRwd1BDWSsifX19"}',
  },
  {
    what: 'TLS files that hold no certificate',
    script: 'echo x > f; kubectl create secret tls t --cert=f --key=f',
    stderr: 'error: tls: failed to find any PEM data in certificate input\n',
    exitCode: 1,
  },
  {
    what: 'an Ingress of rules that share hosts and secrets',
    script:
      "kubectl create ingress i --rule='a/b=c:d,tls' --rule='a/c*=c:80' --rule='/=x:1,tls=s' --rule='e/=x:1,tls=s' --dry-run=client -o yaml",
    stdout: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i
spec:
  rules:
  - host: a
    http:
      paths:
      - backend:
          service:
            name: c
            port:
              name: d
        path: /b
        pathType: Exact
      - backend:
          service:
            name: c
            port:
              number: 80
        path: /c
        pathType: Prefix
  - http:
      paths:
      - backend:
          service:
            name: x
            port:
              number: 1
        path: /
        pathType: Exact
  - host: e
    http:
      paths:
      - backend:
          service:
            name: x
            port:
              number: 1
        path: /
        pathType: Exact
  tls:
  - hosts:
    - a
  - hosts:
    - e
    secretName: s
status:
  loadBalancer: {}
`,
  },
  {
    what: 'a rule that is none',
    script: 'kubectl create ingress bad --rule=foo',
    stderr: 'error: rule foo is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]\n',
    exitCode: 1,
  },
  {
    what: 'a Role for each group',
    script:
      'kubectl create role r --verb=get,list,get --resource=pods,deploy,rs.apps,pods/log --resource-name=a --dry-run=client -o yaml',
    stdout: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: r
rules:
- apiGroups:
  - ""
  resourceNames:
  - a
  resources:
  - pods
  - pods/log
  verbs:
  - get
  - list
- apiGroups:
  - apps
  resourceNames:
  - a
  resources:
  - deployments
  - replicasets
  verbs:
  - get
  - list
`,
  },
  {
    what: 'a verb that the resource has not',
    script: 'kubectl create role r --verb=bind --resource=pods',
    stderr: "error: can not perform 'bind' on 'pods' in group ''\n",
    exitCode: 1,
  },
  {
    what: 'a resource that nobody knows',
    script: 'kubectl create role r --verb=get --resource=frobs.x.y',
    stderr: `the server doesn't have a resource type "frobs" in group "x.y"
`,
    exitCode: 1,
  },
  {
    what: 'a budget of a selector with sets',
    script: "kubectl create pdb p --selector='a in (b,c),d' --max-unavailable=50% --dry-run=client -o yaml",
    stdout: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: p
spec:
  maxUnavailable: 50%
  selector:
    matchExpressions:
    - key: a
      operator: In
      values:
      - b
      - c
    - key: d
      operator: Exists
status:
  currentHealthy: 0
  desiredHealthy: 0
  disruptionsAllowed: 0
  expectedPods: 0
`,
  },
  {
    what: 'a quota of amounts',
    script: 'kubectl create quota q --hard=pods=2,cpu=1000m --dry-run=client -o yaml',
    stdout: `apiVersion: v1
kind: ResourceQuota
metadata:
  name: q
spec:
  hard:
    cpu: "1"
    pods: "2"
status: {}
`,
  },
  {
    what: 'a Job of what is no CronJob',
    script: 'kubectl create job j --from=foo/x',
    stderr: `error: the server doesn't have a resource type "foo"
`,
    exitCode: 1,
  },
  {
    what: 'flags that are required',
    script: 'kubectl create cronjob c',
    stderr: 'error: required flag(s) "image", "schedule" not set\n',
    exitCode: 1,
  },
  {
    what: 'names that are missing',
    script: 'kubectl create cm a b',
    stderr: `error: exactly one NAME is required, got 2
See 'kubectl create configmap -h' for help and examples
`,
    exitCode: 1,
  },
];

describe('kubectl create', () => {
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
