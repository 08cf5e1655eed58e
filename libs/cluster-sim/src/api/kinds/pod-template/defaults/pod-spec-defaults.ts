import type { JsonObject } from '@kubedrill/kube-model';
import { defaultContainer } from './container-defaults.ts';
import type { Defaulter } from './defaulter.ts';
import { absent, all, inElements, inMember } from './defaulter.ts';
import { roundOverhead, roundResources } from './resource-defaults.ts';
import { defaultVolume } from './volume-defaults.ts';

/** What every pod spec gets, that of a pod and that of a template (SetObjectDefaults_Deployment and others). */
export const defaultPodSpec: Defaulter = all(
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

/** A host network's ports are the host's. pkg/apis/core/v1/defaults.go: templates too, unless DefaultHostNetworkHostPortsInPodTemplates is off. */
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

export const defaultPodTemplate: Defaulter = inMember('template', inMember('spec', defaultPodSpec));
