import type { JsonObject } from '@kubedrill/kube-model';
import { defaultContainer } from './container-defaults.ts';
import type { Defaulter } from './defaulter.ts';
import { absent, all, inElements, inMember, once } from './defaulter.ts';
import { roundOverhead, roundResources } from './resource-defaults.ts';
import { defaultVolume } from './volume-defaults.ts';

/** Convert_v1_PodSpec_To_core_PodSpec: the account's old name is an alias. */
const serviceAccountAlias: Defaulter = (spec) => {
  const name = spec.serviceAccountName ?? spec.serviceAccount;
  if (name === undefined || (spec.serviceAccountName === name && spec.serviceAccount === name)) return spec;
  return { ...spec, serviceAccountName: name, serviceAccount: name };
};

/** What every pod spec gets, that of a pod and that of a template (SetObjectDefaults_Deployment and others). */
export const defaultPodSpec: Defaulter = all(
  serviceAccountAlias,
  absent({
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  }),
  inElements('volumes', defaultVolume),
  inElements('initContainers', defaultContainer),
  inElements('containers', defaultContainer),
  inElements('ephemeralContainers', defaultContainer),
  roundOverhead,
  inMember('resources', roundResources),
);

/** On the host's network the ports of pods are the host's; templates stay as they are. */
export const hostPorts: Defaulter = (spec) => (spec.hostNetwork === true ? portsOfAllContainers(spec) : spec);

const portsOfAllContainers = all(
  inElements('containers', inElements('ports', hostPort)),
  inElements('initContainers', inElements('ports', hostPort)),
);

function hostPort(port: JsonObject): JsonObject {
  return port.hostPort === undefined && port.containerPort !== undefined
    ? { ...port, hostPort: port.containerPort }
    : port;
}

export const defaultPodTemplate: Defaulter = inMember('template', inMember('spec', once(defaultPodSpec)));
