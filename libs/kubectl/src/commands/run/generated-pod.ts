import { environmentVariableName } from '@kubedrill/cluster-sim';
import type { JsonObject, StringMap } from '@kubedrill/kube-model';
import type { Flags } from '../../flags.ts';
import { CommandError } from '../../invocation.ts';
import { parseLabelSpec } from '../../label-spec.ts';
import { parsePairs } from '../set/pairs.ts';

export interface PodWish {
  readonly name: string;
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly restartPolicy: string;
}

/** kubectl/pkg/generate/versioned/run.go BasicPod. */
export function generatedPod({ name, args, flags, restartPolicy }: PodWish): JsonObject {
  const env = flags.all('env').map(variableOf);
  const annotations = Object.fromEntries(parsePairs(flags.all('annotations'), 'annotations'));
  const labels = podLabels(name, flags);
  const { port, imagePullPolicy } = { port: flags.text('port'), imagePullPolicy: flags.text('image-pull-policy') };
  const isInteractive = flags.isTrue('stdin');
  const container: JsonObject = {
    name,
    image: flags.text('image'),
    resources: {},
    ...(isInteractive ? { stdin: true } : {}),
    ...(isInteractive && !flags.isTrue('leave-stdin-open') ? { stdinOnce: true } : {}),
    ...(flags.isTrue('tty') ? { tty: true } : {}),
    ...(flags.isTrue('privileged') ? { securityContext: { privileged: true } } : {}),
    ...(args.length > 0 ? { [flags.isTrue('command') ? 'command' : 'args']: args } : {}),
    ...(env.length > 0 ? { env } : {}),
    ...(imagePullPolicy === '' ? {} : { imagePullPolicy }),
    ...(port === '' ? {} : { ports: [{ containerPort: numberOf(port) }] }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy },
    status: {},
  };
}

/** --labels, or the Pod's own name. */
export function podLabels(name: string, flags: Flags): StringMap {
  return flags.text('labels') === '' ? { run: name } : parseLabelSpec(flags.text('labels'));
}

/** strconv.Atoi. */
export function numberOf(text: string): number {
  if (!/^[-+]?\d+$/.test(text))
    throw new CommandError(`error: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

function variableOf(text: string): JsonObject {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0));
  if (name === '' || environmentVariableName(name).length > 0) throw new CommandError(`error: invalid env: ${text}`);
  const value = text.slice(equals + 1);
  return value === '' ? { name } : { name, value };
}
