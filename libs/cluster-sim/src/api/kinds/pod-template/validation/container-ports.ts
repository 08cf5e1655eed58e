import type { ContainerPort } from '@kubedrill/kube-model';
import { duplicate, invalid, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { each, field, formatted, inOrder, nonEmpty, numeric, oneOf, requiredText } from '../../../validation/rule.ts';
import { portName, portNumber } from '../../../validation/text-format.ts';
import type { FieldError } from '../../../validation/field-error.ts';
import type { FullContainer } from './pod-spec-shape.ts';

const port = inOrder<ContainerPort>(
  field('containerPort', (value, at, report) => {
    if (value === 0) report.push(required(at));
    else numeric(portNumber)(value, at, report);
  }),
  field('hostPort', nonEmpty(numeric(portNumber))),
  field('protocol', requiredText(oneOf(['SCTP', 'TCP', 'UDP']))),
);

/** validateContainerPorts: names are unique in their container. */
export const containerPorts: Rule<readonly ContainerPort[] | undefined> = (ports, at, report) => {
  if (!ports) return;
  const names = new Set<string>();
  for (const [index, element] of ports.entries()) {
    if (element.name) nameOfPort(element.name, at.index(index).child('name'), names, report);
    port(element, at.index(index), report);
  }
};

function nameOfPort(name: string, at: Path, names: Set<string>, report: FieldError[]): void {
  const messages = portName(name);
  for (const message of messages) report.push(invalid(at, name, message));
  if (messages.length > 0) return;
  if (names.has(name)) report.push(duplicate(at, name));
  names.add(name);
}

/** checkHostPortConflicts: one port, protocol and address of the host, one container. */
export function hostPortConflicts(
  containers: readonly FullContainer[],
  at: Path,
  report: FieldError[],
  first = 0,
): void {
  const taken = new Set<string>();
  for (const [index, { ports }] of containers.entries()) {
    for (const [place, { hostPort, hostIP, protocol }] of (ports ?? []).entries()) {
      if (!hostPort) continue;
      const use = `${protocol}/${hostIP ?? ''}/${hostPort}`;
      if (taken.has(use))
        report.push(
          duplicate(
            at
              .index(first + index)
              .child('ports')
              .index(place)
              .child('hostPort'),
            use,
          ),
        );
      taken.add(use);
    }
  }
}

/** A port by number or by the name that a container gives it. */
export const portNumberOrName: Rule<number | string> = (value, at, report) => {
  if (typeof value === 'number') numeric(portNumber)(value, at, report);
  else formatted(portName)(value, at, report);
};

/** validatePodHostNetworkDeps: on the host's network a container's port is the host's. */
export function hostNetworkPorts(containers: readonly FullContainer[], isPod: boolean): Rule<unknown> {
  return (_, at, report) => {
    const rule: Rule<ContainerPort> = ({ hostPort = 0, containerPort }, place, found) => {
      if ((isPod || hostPort !== 0) && hostPort !== containerPort) {
        found.push(invalid(place.child('hostPort'), hostPort, 'must match `containerPort` when `hostNetwork` is true'));
      }
    };
    each<FullContainer>((container, place, found) => each(rule)(container.ports, place.child('ports'), found))(
      containers,
      at,
      report,
    );
  };
}
