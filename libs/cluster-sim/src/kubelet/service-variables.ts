import type { Pod, Service } from '@kubedrill/kube-model';
import type { ObjectView } from '../store/object-view.ts';

type Variables = ReadonlyMap<string, string>;

/** pkg/kubelet/kubelet_pods.go getServiceEnvVarMap: the Services of the Pod's namespace, and the API server's in any case. */
export function serviceVariables({ metadata, spec }: Pod, view: ObjectView): Variables {
  const { namespace = '' } = metadata;
  const links = spec.enableServiceLinks ?? true;
  const services = links ? view.list('Service', namespace).filter(hasAddress) : [];
  const apiServer = view.get('Service', 'default', 'kubernetes');
  const hasOwn = services.some((service) => service.metadata.name === 'kubernetes');
  const variables = new Map<string, string>();
  if (apiServer && !hasOwn) addVariables(variables, apiServer);
  for (const service of services) addVariables(variables, service);
  return variables;
}

function hasAddress({ spec }: Service): boolean {
  return spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None';
}

/** pkg/kubelet/envvars/envvars.go FromServices. */
function addVariables(variables: Map<string, string>, { metadata, spec }: Service): void {
  const { clusterIP = '', ports = [] } = spec;
  const prefix = variableName(metadata.name);
  const [first] = ports;
  if (!first) return;
  variables.set(`${prefix}_SERVICE_HOST`, clusterIP);
  variables.set(`${prefix}_SERVICE_PORT`, String(first.port));
  variables.set(`${prefix}_PORT`, `${first.protocol.toLowerCase()}://${clusterIP}:${first.port}`);
  for (const { name, port, protocol } of ports) {
    if (name) variables.set(`${prefix}_SERVICE_PORT_${variableName(name)}`, String(port));
    const transport = protocol.toLowerCase();
    const link = `${prefix}_PORT_${port}_${protocol}`;
    variables.set(link, `${transport}://${clusterIP}:${port}`);
    variables.set(`${link}_PROTO`, transport);
    variables.set(`${link}_PORT`, String(port));
    variables.set(`${link}_ADDR`, clusterIP);
  }
}

function variableName(text: string): string {
  return text.replaceAll('-', '_').toUpperCase();
}
