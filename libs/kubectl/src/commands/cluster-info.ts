import { kubectlErrorText } from '@kubedrill/cluster-sim';
import type { KubeObject, Service } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import type { KubectlCommand } from '../invocation.ts';
import { chosenContext, readKubeconfig } from '../kubeconfig.ts';

const furtherHelp = "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.";

/** kubectl/pkg/cmd/clusterinfo/clusterinfo.go. */
export const clusterInfo: KubectlCommand = {
  name: 'cluster-info',
  flags: {},
  run({ cluster, console, flags, host, isNamespaceGiven, namespace }) {
    const { server } = chosenContext(flags, readKubeconfig(flags, host));
    const response = cluster.api.handle({
      verb: 'list',
      resource: resources.Service,
      namespace: isNamespaceGiven ? namespace : 'kube-system',
      labelSelector: 'kubernetes.io/cluster-service=true',
    });
    if (!response.ok) {
      console.print(furtherHelp);
      console.fail(kubectlErrorText(response.status, { kind: 'other' }));
      return;
    }
    console.print(`Kubernetes control plane is running at ${server}`);
    for (const object of 'items' in response ? response.items : [])
      if (isService(object)) console.print(`${nameOf(object)} is running at ${linkOf(object, server)}`);
    console.print(furtherHelp);
  },
};

function isService(object: KubeObject): object is Service {
  return object.kind === 'Service';
}

function nameOf({ metadata }: Service): string {
  return metadata.labels?.['kubernetes.io/name'] ?? metadata.name;
}

function linkOf({ metadata, spec, status }: Service, server: string): string {
  const [ingress] = status.loadBalancer.ingress ?? [];
  if (ingress)
    return (spec.ports ?? []).map(({ port }) => `http://${ingress.ip ?? ingress.hostname ?? ''}:${port} `).join('');
  const [port] = spec.ports ?? [];
  const scheme = port && (port.name === 'https' || port.port === 443) ? 'https:' : '';
  const portName = port?.name ?? '';
  const name = port
    ? `${scheme}${metadata.name}${portName === '' && scheme === '' ? '' : `:${portName}`}`
    : metadata.name;
  return `${server}/api/v1/namespaces/${metadata.namespace ?? ''}/services/${name}/proxy`;
}
