import type { Pod, Service } from '@kubedrill/kube-model';
import { attachablePod, namedTarget } from '../attachable-pod.ts';
import { faultText } from '../fault.ts';
import { durationOf } from '../go-duration.ts';
import type { KubectlCommand } from '../invocation.ts';
import { CommandError, NotModelled, usageError } from '../invocation.ts';

/** kubectl/pkg/cmd/portforward/portforward.go, as far as it refuses: no program of the workstation reaches a forwarded port. */
export const portForward: KubectlCommand = {
  name: 'port-forward',
  flags: { address: { value: 'required' }, 'pod-running-timeout': { value: 'required', type: 'duration' } },
  run(invocation) {
    const { flags, operands } = invocation;
    const [word = '', ...ports] = operands;
    if (operands.length < 2)
      throw usageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
    const target = namedTarget(invocation, [word]);
    const timeout = flags.text('pod-running-timeout');
    const pod =
      timeout === '' ? attachablePod(invocation, target) : attachablePod(invocation, target, durationOf(timeout));
    if (pod.kind !== 'Pod') throw new CommandError(faultText(pod));
    for (const port of ports)
      refuseUnknownName(port, target.resource.kind === 'Service' ? (target.object as unknown as Service) : pod);
    const { phase = '' } = pod.status;
    if (phase !== 'Running')
      throw new CommandError(`error: unable to forward port because pod is not running. Current status=${phase}`);
    throw new NotModelled('kubectl port-forward');
  },
};

/** A port by name has to be there. */
function refuseUnknownName(text: string, target: Pod | Service): void {
  const remote = text.slice(text.indexOf(':') + 1);
  if (/^[-+]?\d+$/.test(remote)) return;
  const { name } = target.metadata;
  const isKnown =
    target.kind === 'Pod'
      ? target.spec.containers.some(({ ports = [] }) => ports.some((port) => port.name === remote))
      : (target.spec.ports ?? []).some((port) => port.name === remote);
  if (!isKnown) throw new CommandError(`error: ${target.kind} '${name}' does not have a named port '${remote}'`);
}
