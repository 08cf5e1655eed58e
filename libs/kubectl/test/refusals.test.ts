import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

/** What kubectl v1.36.2 said on the same command lines, before a served cluster. */
describe('refusals of kubectl', () => {
  it.each<[string, string]>([
    ['set env svc/web X=1', 'Error from server (NotFound): services "web" not found\n'],
    ['set env', 'error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n'],
    [
      'set env deploy/web A=1 A-',
      'error: can not both modify and remove the same environment variable in the same command\n',
    ],
    ['set env A=1 deploy/web', 'error: all resources must be specified before environment changes: A=1 deploy/web\n'],
    ['set image deploy/web x=nginx', 'error: unable to find container named "x"\n'],
    ['set image deploy/web', 'error: at least one image update is required\n'],
    [
      'set image deploy/web nginx=',
      'error: failed to patch image update to pod template: Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value\n',
    ],
    ['set image svc/web a=b', 'Error from server (NotFound): services "web" not found\n'],
    [
      'set image',
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n",
    ],
    ['set image nope/x a=b', 'error: the server doesn\'t have a resource type "nope"\n'],
    [
      'set resources deploy web --limits=cpu=1x',
      "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'\n",
    ],
    ['set resources deploy web --limits=cpu', 'error: Invalid argument syntax cpu, expected <resource>=<value>\n'],
    ['set serviceaccount', 'error: serviceaccount is required\n'],
    ['set selector deploy/web a=b', 'error: setting a selector is only supported for Services\n'],
    ['set selector', 'error: one selector is required\n'],
    [
      'set subject deploy web --user=x',
      'error: deployments/web setting subjects is only supported for RoleBinding/ClusterRoleBinding\n',
    ],
    ['set bogus', 'error: unknown command "bogus"\nSee \'kubectl set -h\' for help and examples\n'],
    ['rollout history pod/tool', 'error: no history viewer has been implemented for "Pod"\n'],
    ['rollout history', 'error: required resource not specified\n'],
    ['rollout status pod/tool', 'error: no status viewer has been implemented for Pod\n'],
    ['rollout bogus', 'error: unknown command "bogus"\nSee \'kubectl rollout -h\' for help and examples\n'],
    [
      'scale deploy/web --replicas=-1',
      'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0\n',
    ],
    ['scale deploy --replicas=1', 'error: resource(s) were provided, but no name was specified\n'],
    [
      'scale --replicas=2',
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n",
    ],
    ['autoscale deploy nope --max=3', 'Error from server (NotFound): deployments.apps "nope" not found\n'],
    ['autoscale deploy web', 'error: required flag(s) "max" not set\n'],
    ['autoscale deploy web --max=0', 'error: --max=MAXPODS is required and must be at least 1, max: 0\n'],
    ['autoscale deploy web --max=3 --cpu=abc', 'error: invalid resource cpu value: abc\n'],
    ['autoscale deploy web --max=3 --cpu=x%', 'error: invalid percentage value: x\n'],
    [
      'wait pod/tool --for=condition=Ready=false --timeout=1s',
      'error: timed out waiting for the condition on pods/tool\n',
    ],
    ['wait pod/tool --for=condition=Nope --timeout=0', 'error: condition not met for pods/tool\n'],
    [
      "wait pod/tool '--for=jsonpath={.status.phase}=Run=x'",
      "error: jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'\n",
    ],
    [
      "wait pod/tool '--for=jsonpath={.status}=x'",
      'error: jsonpath leads to a nested object or list which is not supported\n',
    ],
    ['wait pod/tool --for=jsonpath=', 'error: jsonpath expression cannot be empty\n'],
    [
      "wait pod/tool '--for=jsonpath={.status.phase}='",
      "error: jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3\n",
    ],
    ['wait pod/tool --for=delete --timeout=0', 'error: condition not met for pods/tool\n'],
    ['wait pod/nope --for=create --timeout=1s', 'error: timed out waiting for the condition\n'],
    ['wait pods --for=condition=Ready --timeout=1s', 'error: resource(s) were provided, but no name was specified\n'],
    [
      'wait --for=condition=Ready --timeout=1s',
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n",
    ],
    ['run', 'error: required flag(s) "image" not set\n'],
    ['run x', 'error: required flag(s) "image" not set\n'],
    ['run x --image=A', 'error: Invalid image name "A": invalid reference format\n'],
    [
      'run x --image=nginx --restart=No',
      "error: invalid restart policy: No\nSee 'kubectl run -h' for help and examples\n",
    ],
    [
      'run x --image=nginx --rm',
      "error: --rm should only be used for attached containers\nSee 'kubectl run -h' for help and examples\n",
    ],
    [
      'run x --image=nginx -t',
      "error: -i/--stdin is required for containers with -t/--tty=true\nSee 'kubectl run -h' for help and examples\n",
    ],
    ['run x --image=nginx --env=1x=2', 'error: invalid env: 1x=2\n'],
    ['run x --image=nginx --env=a', 'error: invalid env: a\n'],
    ['run x --image=nginx --labels=a', 'error: unexpected label spec: a\n'],
    [
      'run x --image=nginx --image-pull-policy=x',
      "error: invalid image pull policy: x\nSee 'kubectl run -h' for help and examples\n",
    ],
    ["run x --image=nginx '--overrides={' --dry-run=client", 'error: Invalid JSON Patch\n'],
    ["run x --image=nginx --override-type=z '--overrides={}' --dry-run=client", 'error: invalid override type: z\n'],
  ])('kubectl %s', (words, stderr) => {
    const cluster = createCluster();
    const run = (line: string): ReturnType<typeof runOnWorkstation> =>
      runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, line);
    run('kubectl create deployment web --image=nginx:1.25 --replicas=2');
    run('kubectl run tool --image=busybox:1.36 -- sleep 3600');
    cluster.advance(30_000);
    expect(run(`kubectl ${words}`)).toMatchObject({ stderr, exitCode: 1 });
  });
});
