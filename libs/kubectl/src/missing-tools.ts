import { fail, type Program } from '@kubedrill/cluster-sim';

/** What people have beside kubectl, and what no simulation of a workstation runs. */
const missing = [
  ...[
    'curl',
    'dig',
    'docker',
    'git',
    'helm',
    'jq',
    'k9s',
    'kubectx',
    'kubens',
    'kustomize',
    'less',
    'make',
    'man',
    'more',
  ],
  ...[
    'nano',
    'nc',
    'node',
    'nslookup',
    'openssl',
    'perl',
    'ping',
    'python',
    'python3',
    'ssh',
    'sudo',
    'vi',
    'vim',
    'wget',
    'yq',
  ],
];

/** Stand where those tools would, and unmodelled ones: each says that it is not here, and tells `note` that somebody wanted it. */
export function missingTools(unmodelled: readonly Program[], note: (tool: string) => void): readonly Program[] {
  return [...missing, ...unmodelled.map(({ name }) => name)].map((name) => ({
    name,
    run() {
      note(name);
      return fail(127, `bash: ${name}: command not found\n`);
    },
  }));
}
