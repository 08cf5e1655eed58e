import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { Flags } from '../../flags.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

/** pkg/cmd/create/create_ingress.go. */
export const createIngress: KubectlCommand = {
  name: 'create ingress',
  aliases: ['create ing'],
  flags: {
    ...creationFlags,
    annotation: { value: 'required' },
    class: { value: 'required' },
    'default-backend': { value: 'required' },
    rule: { value: 'required' },
  },
  run(invocation) {
    const { flags } = invocation;
    const name = requiredName(invocation, 'create ingress');
    check(flags);
    const annotations = Object.fromEntries(flags.all('annotation').map(splitOnce));
    const content = {
      metadata: { name, ...(flags.has('annotation') ? { annotations } : {}) },
      spec: specOf(flags),
      status: { loadBalancer: {} },
    };
    sendCreated(invocation, resources.Ingress, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create ingress: ',
    });
  },
};

const ruleForm = /^[\w*\-.]*\/.*=[\w-]+:[\w-]+(,tls=?([\w-]+)?)?/;

function check(flags: Flags): void {
  const [rules, backend] = [flags.all('rule'), flags.text('default-backend')];
  if (backend === '' && rules.length === 0)
    throw new CommandError(
      'error: not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    );
  for (const rule of rules)
    if (!ruleForm.test(rule))
      throw new CommandError(
        `error: rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
      );
  for (const annotation of flags.all('annotation'))
    if (!annotation.includes('='))
      throw new CommandError(`error: annotation ${annotation} is invalid and should be in format key=[value]`);
  if (backend !== '' && backend.split(':').length !== 2)
    throw new CommandError('error: default-backend should be in format servicename:serviceport');
}

function splitOnce(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function specOf(flags: Flags): JsonObject {
  const [rules, backend] = [flags.all('rule'), flags.text('default-backend')];
  const tls = tlsOf(rules);
  return {
    ...(flags.text('class') === '' ? {} : { ingressClassName: flags.text('class') }),
    ...(backend === '' ? {} : { defaultBackend: backendOf(backend) }),
    ...(rules.length === 0 ? {} : { rules: rulesOf(rules) }),
    ...(tls.length === 0 ? {} : { tls }),
  };
}

/** A host counts for TLS once, where it is named first; hosts of one secret stand together. */
function tlsOf(rules: readonly string[]): readonly JsonObject[] {
  const entries: { readonly hosts: string[]; readonly secretName: string }[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const parts = rule.split(',');
    const host = rule.split('/', 1)[0] ?? '';
    if (parts.length !== 2 || seen.has(host)) continue;
    seen.add(host);
    const secretName = parts[1]?.split('=')[1] ?? '';
    const same = entries.find((entry) => entry.secretName === secretName);
    if (same) same.hosts.push(host);
    else if (host !== '' || secretName !== '') entries.push({ hosts: host === '' ? [] : [host], secretName });
  }
  return entries.map(({ hosts, secretName }) => ({
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(secretName === '' ? {} : { secretName }),
  }));
}

function rulesOf(rules: readonly string[]): readonly JsonObject[] {
  const paths = new Map<string, JsonObject[]>();
  for (const rule of rules) {
    const target = rule.split(',', 1)[0] ?? '';
    const slash = target.indexOf('/');
    const host = target.slice(0, slash);
    const listed = paths.get(host) ?? [];
    paths.set(host, listed);
    listed.push(pathOf(target.slice(slash)));
  }
  return [...paths].map(([host, listed]) => ({ ...(host === '' ? {} : { host }), http: { paths: listed } }));
}

function pathOf(text: string): JsonObject {
  const [path = '', service = ''] = text.split('=');
  const isPrefix = path.endsWith('*');
  return {
    path: isPrefix ? path.slice(0, -1) : path,
    pathType: isPrefix ? 'Prefix' : 'Exact',
    backend: backendOf(service),
  };
}

function backendOf(text: string): JsonObject {
  const [name = '', port = ''] = text.split(':');
  return { service: { name, port: /^[-+]?\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}
