import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

/** Texts of cobra (command.go), pflag (errors.go), strconv and time, as kubectl v1.36 prints them. */
const refusals: readonly (readonly [line: string, stderr: string])[] = [
  ['frobnicate', 'error: unknown command "frobnicate" for "kubectl"'],
  ['gett pods', 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget'],
  ['rm pods', 'error: unknown command "rm" for "kubectl"\n\nDid you mean this?\n\trun\n\tdelete\n\tcp'],
  ['lis pods', 'error: unknown command "lis" for "kubectl"\n\nDid you mean this?\n\tlogs'],
  ['-n kube-system nothing', 'Error: flags cannot be placed before plugin name: -n'],
  ['get pods --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage."],
  ['get pods -Z', "error: unknown shorthand flag: 'Z' in -Z\nSee 'kubectl get --help' for usage."],
  ['get pods -n', "error: flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage."],
  ['get pods --namespace', "error: flag needs an argument: --namespace\nSee 'kubectl get --help' for usage."],
  ['get pods ---x', "error: bad flag syntax: ---x\nSee 'kubectl get --help' for usage."],
  [
    'get pods --all-namespaces=maybe',
    'error: invalid argument "maybe" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "maybe": invalid syntax\nSee \'kubectl get --help\' for usage.',
  ],
  [
    'get pods -v x',
    'error: invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee \'kubectl get --help\' for usage.',
  ],
  ['rollout sideways', 'error: unknown command "sideways"\nSee \'kubectl rollout -h\' for help and examples'],
  ['--zork', "error: unknown flag: --zork\nSee 'kubectl --help' for usage."],
  ['-A get', "error: unknown shorthand flag: 'A' in -A\nSee 'kubectl --help' for usage."],
  ['debug node/a --image=b', 'kubedrill: kubectl debug is not available on this workstation'],
];

describe("kubectl's command line", () => {
  it.each(refusals)('kubectl %s', (line, stderr) => {
    const cluster = createCluster({ nodes: [{ name: 'node-1', address: '192.168.49.2' }] });
    expect(runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, `kubectl ${line}`)).toEqual({
      stdout: '',
      stderr: `${stderr}\n`,
      exitCode: 1,
    });
  });
});

/** apiserver/pkg/endpoints/filters/impersonation, plugin/pkg/auth/authorizer/rbac. */
const asOthers: readonly (readonly [script: string, output: string])[] = [
  [
    'kubectl get pods --as=jane',
    'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"\n',
  ],
  [
    'kubectl get ns default --as jane --as-group dev',
    'Error from server (Forbidden): namespaces "default" is forbidden: User "jane" cannot get resource "namespaces" in API group "" in the namespace "default"\n',
  ],
  ['kubectl get svc -o name --as=jane --as-group=system:masters', 'service/kubernetes\n'],
];

describe('kubectl --as', () => {
  it.each(asOthers)('%s', (script, output) => {
    const cluster = createCluster({ nodes: [{ name: 'node-1', address: '192.168.49.2' }] });
    const { stdout, stderr } = runOnWorkstation(cluster, { namespace: 'default', files: new Map() }, script);
    expect(stdout + stderr).toBe(output);
  });
});
