import type { JsonObject } from '@kubedrill/kube-model';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError, usageError } from '../../invocation.ts';
import type { Kubeconfig } from '../../kubeconfig.ts';
import { kubeconfigDocument, readKubeconfig, textOf } from '../../kubeconfig.ts';
import { printDocuments } from '../../object-printer.ts';
import { outputFormatOf } from '../../output-format.ts';
import { printFlags } from '../../print-flags.ts';
import { formatYaml } from '../../yaml-text.ts';

/** kubectl/pkg/cmd/config/view.go. */
export const view: KubectlCommand = {
  name: 'config view',
  flags: {
    ...printFlags,
    flatten: { value: 'none' },
    merge: { value: { whenBare: 'true' }, type: 'bool' },
    minify: { value: 'none' },
    raw: { value: 'none' },
  },
  run(invocation) {
    const { console, flags, host, operands } = invocation;
    if (operands.length > 0) throw usageError('config view', `unexpected arguments: [${operands.join(' ')}]`);
    const read = readKubeconfig(flags, host);
    const config = flags.isTrue('minify') ? minified(read, flags.text('context')) : read;
    const shown = flags.isTrue('raw') || flags.isTrue('flatten') ? config : redacted(config);
    const document = kubeconfigDocument(shown);
    const format = outputFormatOf(invocation);
    if (format.kind === 'json') console.print(JSON.stringify(document, undefined, 4));
    else console.stdout += format.kind === 'table' ? formatYaml(document) : printDocuments([document], format, false);
  },
};

/** MinifyConfig: only what the context needs. */
function minified({ clusters, users, contexts, currentContext }: Kubeconfig, asked: string): Kubeconfig {
  const name = asked === '' ? currentContext : asked;
  if (name === '') throw new CommandError('error: current-context must exist in order to minify');
  const context = contexts.get(name);
  if (!context) throw new CommandError(`error: cannot locate context ${name}`);
  return {
    clusters: only(clusters, textOf(context, 'cluster')),
    users: only(users, textOf(context, 'user')),
    contexts: only(contexts, name),
    currentContext: name,
  };
}

function only(elements: ReadonlyMap<string, JsonObject>, name: string): Map<string, JsonObject> {
  const element = elements.get(name);
  return new Map(element ? [[name, element]] : []);
}

const secrets: Readonly<Record<string, string>> = {
  token: 'REDACTED',
  password: 'REDACTED',
  'client-key-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'certificate-authority-data': 'DATA+OMITTED',
};

/** RedactSecrets and ShortenConfig. */
function redacted(config: Kubeconfig): Kubeconfig {
  return { ...config, clusters: withoutSecrets(config.clusters), users: withoutSecrets(config.users) };
}

function withoutSecrets(elements: ReadonlyMap<string, JsonObject>): Map<string, JsonObject> {
  return new Map(
    [...elements].map(([name, element]) => [
      name,
      Object.fromEntries(
        Object.entries(element).map(([field, value]) => [field, value === '' ? value : (secrets[field] ?? value)]),
      ),
    ]),
  );
}
