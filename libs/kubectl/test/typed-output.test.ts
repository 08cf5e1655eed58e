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
    what: 'JSON of a Service that create made, in the order of the Go struct',
    script: 'kubectl create service nodeport a --tcp=80:8080 --dry-run=client -o json',
    stdout: `{
    "kind": "Service",
    "apiVersion": "v1",
    "metadata": {
        "name": "a",
        "labels": {
            "app": "a"
        }
    },
    "spec": {
        "ports": [
            {
                "name": "80-8080",
                "protocol": "TCP",
                "port": 80,
                "targetPort": 8080
            }
        ],
        "selector": {
            "app": "a"
        },
        "type": "NodePort"
    },
    "status": {
        "loadBalancer": {}
    }
}
`,
  },
  {
    what: 'JSON of a Deployment',
    script: 'kubectl create deployment a --image=nginx:1 --port=80 --replicas=2 --dry-run=client -o json',
    stdout: `{
    "kind": "Deployment",
    "apiVersion": "apps/v1",
    "metadata": {
        "name": "a",
        "labels": {
            "app": "a"
        }
    },
    "spec": {
        "replicas": 2,
        "selector": {
            "matchLabels": {
                "app": "a"
            }
        },
        "template": {
            "metadata": {
                "labels": {
                    "app": "a"
                }
            },
            "spec": {
                "containers": [
                    {
                        "name": "nginx",
                        "image": "nginx:1",
                        "ports": [
                            {
                                "containerPort": 80
                            }
                        ],
                        "resources": {}
                    }
                ]
            }
        },
        "strategy": {}
    },
    "status": {}
}
`,
  },
  {
    what: 'a configuration that is saved',
    script: `kubectl create deployment a --image=nginx --save-config --dry-run=client -o json | grep last-applied; kubectl run a --image=nginx --save-config -o jsonpath='{.metadata.annotations}'`,
    stdout: `            "kubectl.kubernetes.io/last-applied-configuration": "{\\"kind\\":\\"Deployment\\",\\"apiVersion\\":\\"apps/v1\\",\\"metadata\\":{\\"name\\":\\"a\\",\\"labels\\":{\\"app\\":\\"a\\"}},\\"spec\\":{\\"replicas\\":1,\\"selector\\":{\\"matchLabels\\":{\\"app\\":\\"a\\"}},\\"template\\":{\\"metadata\\":{\\"labels\\":{\\"app\\":\\"a\\"}},\\"spec\\":{\\"containers\\":[{\\"name\\":\\"nginx\\",\\"image\\":\\"nginx\\",\\"resources\\":{}}]}},\\"strategy\\":{}},\\"status\\":{}}\\n"
{"kubectl.kubernetes.io/last-applied-configuration":"{\\"kind\\":\\"Pod\\",\\"apiVersion\\":\\"v1\\",\\"metadata\\":{\\"name\\":\\"a\\",\\"labels\\":{\\"run\\":\\"a\\"}},\\"spec\\":{\\"containers\\":[{\\"name\\":\\"a\\",\\"image\\":\\"nginx\\",\\"resources\\":{}}],\\"restartPolicy\\":\\"Always\\",\\"dnsPolicy\\":\\"ClusterFirst\\"},\\"status\\":{}}\\n"}`,
  },
  {
    what: 'JSON of a Service that expose made',
    script:
      'kubectl create deployment a --image=nginx; kubectl expose deployment a --port=80 --session-affinity=ClientIP --dry-run=client -o json',
    stdout: `deployment.apps/a created
{
    "kind": "Service",
    "apiVersion": "v1",
    "metadata": {
        "name": "a",
        "labels": {
            "app": "a"
        }
    },
    "spec": {
        "ports": [
            {
                "protocol": "TCP",
                "port": 80,
                "targetPort": 80
            }
        ],
        "selector": {
            "app": "a"
        },
        "sessionAffinity": "ClientIP"
    },
    "status": {
        "loadBalancer": {}
    }
}
`,
  },
  {
    what: 'JSON of what only maps hold',
    script:
      'kubectl create deployment a --image=nginx --dry-run=client -o json | kubectl label -f - --local b=c -o json | head -12; kubectl create deployment a --image=nginx --dry-run=client -o json | kubectl set image -f - --local nginx=x -o json | head -12',
    stdout: `{
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
        "labels": {
            "app": "a",
            "b": "c"
        },
        "name": "a"
    },
    "spec": {
        "replicas": 1,
{
    "kind": "Deployment",
    "apiVersion": "apps/v1",
    "metadata": {
        "name": "a",
        "labels": {
            "app": "a"
        }
    },
    "spec": {
        "replicas": 1,
        "selector": {
`,
  },
  {
    what: 'who asks',
    script: 'kubectl auth whoami -o json --as=jane --as-group=g | grep -v creationTimestamp',
    stdout: `{
    "kind": "SelfSubjectReview",
    "apiVersion": "authentication.k8s.io/v1",
    "metadata": {
    },
    "status": {
        "userInfo": {
            "username": "jane",
            "groups": [
                "g",
                "system:authenticated"
            ]
        }
    }
}
`,
  },
];

describe('kubectl -o json of what it holds as Go structs', () => {
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
