import type { ObjectSchema } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject, resources } from '@kubedrill/kube-model';
import { requiredName } from '../../created-object.ts';
import type { Flags } from '../../flags.ts';
import { durationOf } from '../../go-duration.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { printTyped } from '../../object-printer.ts';
import { outputFormatOf } from '../../output-format.ts';
import { printFlags } from '../../print-flags.ts';

const boundKinds = ['Node', 'Pod', 'Secret'];

/** kubectl/pkg/cmd/create/create_token.go. */
export const createToken: KubectlCommand = {
  name: 'create token',
  flags: {
    ...printFlags,
    audience: { value: 'required' },
    'bound-object-kind': { value: 'required' },
    'bound-object-name': { value: 'required' },
    'bound-object-uid': { value: 'required' },
    duration: { value: 'required', type: 'duration' },
  },
  run(invocation) {
    const { cluster, console, flags, namespace } = invocation;
    const name = requiredName(invocation, 'create token');
    const format = outputFormatOf(invocation);
    const fault = faultOf(flags);
    if (fault !== undefined) throw new CommandError(`error: ${fault}`);
    const response = cluster.api.handle({
      verb: 'create',
      resource: resources.ServiceAccount,
      namespace,
      name,
      subresource: 'token',
      body: requestOf(flags),
    });
    if (!response.ok) throw new CommandError(`error: failed to create token: ${response.status.message}`);
    const answer = 'object' in response ? (response.object as JsonObject) : {};
    const { status } = answer;
    if (format.kind !== 'table')
      console.stdout += printTyped(answer, format, () => tokenRequest(cluster.api.schemaOf('ServiceAccount')));
    // Nobody sits at a terminal, so no line end follows.
    else console.stdout += isJsonObject(status) && typeof status.token === 'string' ? status.token : '';
  },
};

/** authentication/v1 TokenRequest; its metadata are those of all kinds. */
function tokenRequest({ fields }: ObjectSchema): ObjectSchema {
  const text = { type: 'string' } as const;
  const struct = (goType: string, members: ObjectSchema['fields']) =>
    ({ type: 'object', goType, fields: members }) as const;
  const boundObjectRef = struct('BoundObjectReference', { kind: text, apiVersion: text, name: text, uid: text });
  return struct('TokenRequest', {
    metadata: fields['metadata'] ?? text,
    spec: struct('TokenRequestSpec', { audiences: text, expirationSeconds: text, boundObjectRef }),
    status: struct('TokenRequestStatus', { token: text, expirationTimestamp: text }),
  });
}

function faultOf(flags: Flags): string | undefined {
  const [kind, name] = [flags.text('bound-object-kind'), flags.text('bound-object-name')];
  const duration = durationOf(flags.text('duration'));
  if (duration < 0) return '--duration must be greater than or equal to 0';
  if (duration % 1_000 !== 0) return '--duration cannot be expressed in units less than seconds';
  if (flags.all('audience').includes('')) return '--audience must not be an empty string';
  if (kind === '' && name !== '') return '--bound-object-name can only be set if --bound-object-kind is provided';
  if (kind === '' && flags.text('bound-object-uid') !== '')
    return '--bound-object-uid can only be set if --bound-object-kind is provided';
  if (kind !== '' && !boundKinds.includes(kind))
    return `supported --bound-object-kind values are ${boundKinds.join(', ')}`;
  return kind !== '' && name === '' ? '--bound-object-name is required if --bound-object-kind is provided' : undefined;
}

function requestOf(flags: Flags): JsonObject {
  const [kind, uid] = [flags.text('bound-object-kind'), flags.text('bound-object-uid')];
  const duration = durationOf(flags.text('duration'));
  const audiences = flags.all('audience');
  return {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {
      audiences: audiences.length > 0 ? audiences : null,
      ...(duration > 0 ? { expirationSeconds: duration / 1_000 } : {}),
      ...(kind === ''
        ? {}
        : {
            boundObjectRef: {
              kind,
              apiVersion: 'v1',
              name: flags.text('bound-object-name'),
              ...(uid === '' ? {} : { uid }),
            },
          }),
    },
  };
}
