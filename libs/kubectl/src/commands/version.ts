import type { JsonObject } from '@kubedrill/kube-model';
import { servedDocument } from '../discovery.ts';
import type { KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { formatYaml } from '../yaml-text.ts';

/** Of the release that this kubectl follows, as k8s.io/component-base/version tells it. */
const clientVersion: JsonObject = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.2',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-06-01T00:00:00Z',
  goVersion: 'go1.26.0',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const kustomizeVersion = 'v5.8.1';

/** kubectl/pkg/cmd/version/version.go. */
export const version: KubectlCommand = {
  name: 'version',
  flags: { client: { value: 'none' }, output: { short: 'o', value: 'required' } },
  run(invocation) {
    const { console, flags, operands } = invocation;
    const isClientOnly = flags.isTrue('client');
    if (operands.length > 0 && !isClientOnly) throw new CommandError(`error: extra arguments: [${operands.join(' ')}]`);
    const output = flags.text('output');
    if (!['', 'json', 'yaml'].includes(output)) throw new CommandError("error: --output must be 'yaml' or 'json'");
    const server = isClientOnly
      ? undefined
      : (JSON.parse(servedDocument(invocation, '/version', 'application/json', 'kubectl version').text) as JsonObject);
    const document = { clientVersion, kustomizeVersion, ...(server ? { serverVersion: server } : {}) };
    if (output === 'json') console.print(JSON.stringify(document, undefined, 2));
    else if (output === 'yaml') console.print(formatYaml(document));
    else {
      console.print(`Client Version: ${textOf(clientVersion)}`);
      console.print(`Kustomize Version: ${kustomizeVersion}`);
      if (server) console.print(`Server Version: ${textOf(server)}`);
    }
  },
};

function textOf({ gitVersion }: JsonObject): string {
  return typeof gitVersion === 'string' ? gitVersion : '';
}
