import type { Service, ServicePort } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { duplicate, forbidden, required } from '../../validation/field-error.ts';
import { goStruct, type GoValue } from '../../validation/go-quote.ts';
import { specPath } from '../../validation/path.ts';
import { field, formatted, given, inOrder, numeric, oneOf, requiredText, type Rule } from '../../validation/rule.ts';
import { dns1123Label, portName, portNumber, qualifiedName } from '../../validation/text-format.ts';
import { isHeadless } from './service-traits.ts';

/** Service ports: validateServicePort and the checks over all ports of pkg/apis/core/validation. */

export const protocols = ['SCTP', 'TCP', 'UDP'];

const portsPath = specPath.child('ports');

const portNumberOrName: Rule<ServicePort['targetPort']> = (value, at, report) => {
  if (typeof value === 'number') numeric(portNumber)(value, at, report);
  else formatted(portName)(value, at, report);
};

const portRule = inOrder<ServicePort>(
  field('port', numeric(portNumber)),
  field('protocol', requiredText(oneOf(protocols))),
  field('targetPort', portNumberOrName),
  field('appProtocol', given(formatted(qualifiedName))),
);

export function validatePortsAreThere(service: Service, report: FieldError[]): void {
  const { ports, type } = service.spec;
  if ((ports?.length ?? 0) === 0 && !isHeadless(service) && type !== 'ExternalName') report.push(required(portsPath));
}

export function validatePorts({ spec: { ports = [] } }: Service, report: FieldError[]): void {
  const names = new Set<string>();
  ports.forEach((port, index) => {
    const at = portsPath.index(index);
    const name = port.name ?? '';
    if (name === '') {
      if (ports.length > 1) report.push(required(at.child('name')));
    } else {
      formatted(dns1123Label)(name, at.child('name'), report);
      if (names.has(name)) report.push(duplicate(at.child('name'), name));
      names.add(name);
    }
    portRule(port, at, report);
  });
}

export function validateNodePorts({ spec: { type, ports = [] } }: Service, report: FieldError[]): void {
  if (type === 'ClusterIP')
    ports.forEach(({ nodePort }, index) => {
      if (nodePort)
        report.push(forbidden(portsPath.index(index).child('nodePort'), "may not be used when `type` is 'ClusterIP'"));
    });
  const seen = new Set<string>();
  ports.forEach(({ nodePort, protocol }, index) => {
    if (!nodePort) return;
    const identity = `${protocol}/${nodePort}`;
    if (seen.has(identity)) report.push(duplicate(portsPath.index(index).child('nodePort'), nodePort));
    seen.add(identity);
  });
}

export function validatePortsDiffer({ spec: { ports = [] } }: Service, report: FieldError[]): void {
  const seen = new Set<string>();
  ports.forEach(({ port, protocol }, index) => {
    const identity = `${protocol}/${port}`;
    if (seen.has(identity)) report.push(duplicate(portsPath.index(index), internalPort(protocol, port)));
    seen.add(identity);
  });
}

/** The key that Go compares is the internal struct, and it is what the error shows. */
function internalPort(protocol: string, port: number): GoValue {
  return goStruct({ Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 });
}
